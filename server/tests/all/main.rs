//! What users of the server rely on, one module a topic.

#![expect(clippy::unwrap_used, reason = "in a test, a panic with a line number is the report")]

mod admission;
mod fixture;
mod journal;
mod journey;
mod leaks;
