//! Why the engine did not do what it was asked.

use api::{Problem, ProblemCode};
use storage::StoreError;

/// A problem that the asker can act on, or a fault that only the operator can.
#[derive(Debug)]
pub enum Failure {
    /// For the asker.
    Problem(Box<Problem>),
    /// For the operator's log; the asker learns only that it did not work and that nothing was lost.
    Fault(String),
}

impl Failure {
    /// A problem with its detail.
    pub fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self::Problem(Box::new(Problem::new(code, detail)))
    }

    /// The same, at a journal line.
    pub fn at_line(code: ProblemCode, seq: u64, detail: impl Into<String>) -> Self {
        Self::Problem(Box::new(Problem { seq: Some(seq), ..Problem::new(code, detail) }))
    }

    /// A fault with what went wrong.
    pub fn fault(what: impl std::fmt::Display) -> Self {
        Self::Fault(what.to_string())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::fault(error)
    }
}

impl From<crate::random::NoRandomness> for Failure {
    fn from(error: crate::random::NoRandomness) -> Self {
        Self::fault(error)
    }
}
