//! What a user of the solver relies on, one module a topic.

#![expect(clippy::unwrap_used, reason = "in a test, a panic with a line number is the report")]

mod determined;
mod explained;
mod program;
mod sound;

use assembly::{FormSet, Problem};
use assembly_solver::{Options, assemble};

fn seed(number: u8) -> [u8; 32] {
    [number; 32]
}

/// The forms of a problem that has some.
fn forms_of(problem: &Problem, number: u8) -> FormSet {
    assemble(problem, seed(number), Options::default()).unwrap_or_else(|error| panic!("{error}"))
}
