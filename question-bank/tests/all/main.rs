//! What users of `question-bank` rely on, one module a topic.

#![expect(clippy::unwrap_used, reason = "in a test, a panic with a line number is the report")]

mod assembly;
mod audit;
mod audit2;
mod audit3;
mod caisp;
mod chance;
mod check2;
mod draw;
mod draw2;
mod draw3;
mod drawing;
mod drawing3;
mod elsewhere;
mod fixture;
mod hashes;
mod histories;
mod hostile;
mod kinds;
mod lifecycle;
mod lint;
mod load;
mod near_duplicates;
mod open_book;
mod pool;
mod pools;
mod pools2;
mod pools3;
mod practice;
mod refusals;
mod retake;
mod rules;
mod sampler;
mod scheme;
mod scoring;
mod sound_bank;
mod uniform;
mod vectors;
mod vectors2;
mod vectors3;
