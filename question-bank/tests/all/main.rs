//! What users of `question-bank` rely on, one module a topic.

#![expect(clippy::unwrap_used, reason = "in a test, a panic with a line number is the report")]

mod assembly;
mod audit;
mod chance;
mod draw;
mod elsewhere;
mod fixture;
mod hashes;
mod hostile;
mod kinds;
mod lint;
mod load;
mod pool;
mod pools;
mod practice;
mod refusals;
mod retake;
mod scheme;
mod scoring;
mod vectors;
