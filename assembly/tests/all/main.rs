//! What a user of this crate relies on, one module a topic.

#![expect(clippy::unwrap_used, reason = "in a test, a panic with a line number is the report")]

mod answered;
mod hostile;
mod known;
mod reported;
mod verified;
