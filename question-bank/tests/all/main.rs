//! What users of `question-bank` rely on, one module a topic.

#![expect(clippy::unwrap_used, reason = "in a test, a panic with a line number is the report")]

mod assembly;
mod audit;
mod audit2;
mod chance;
mod check2;
mod draw;
mod draw2;
mod drawing;
mod elsewhere;
mod fixture;
mod hashes;
mod hostile;
mod lint;
mod load;
mod pool;
mod pools;
mod pools2;
mod practice;
mod refusals;
mod retake;
mod sampler;
mod scheme;
mod scoring;
mod uniform;
mod vectors;
mod vectors2;
