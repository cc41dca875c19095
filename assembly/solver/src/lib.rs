//! Parallel forms by mixed-integer programming with HiGHS (docs/ASSEMBLY.md).
//!
//! [`answer`] takes a request up; [`assemble`] makes forms with a limit on what two of them share, [`assemble_apart`] finds
//! the least such limit. What comes out is checked here, and again by whoever asked: a solver reckons in fractions.
//!
//! Architecture invariant: the solver is C++ and native, and runs in a process of its own, `invigil-assemble`. Nothing
//! depends on this crate. No clock, no ambient randomness.

mod answer;
mod assemble;
mod bound;
mod explain;
mod milp;
mod prepared;
mod progress;
mod rows;
mod search;
mod target;

pub use answer::answer;
pub use assemble::{AssemblyError, assemble, assemble_apart, assemble_apart_telling, assemble_telling, least_overlap};
pub use progress::Event;
pub use search::Options;
