//! Parallel forms by mixed-integer programming (docs/ASSEMBLY.md).
//!
//! The way through: a [`Problem`] says what is wanted; [`assemble`] makes a [`FormSet`], or says which rules exclude one
//! another ([`Conflict`]); [`Verifier`] checks forms by whole numbers alone; [`pool::FormPool`] gives each candidate one of
//! them; [`report::Report`] shows what they are like.
//!
//! Architecture invariant: no I/O, no clock, no ambient randomness. The solver is C++ and native: nothing that is compiled
//! for the browser may depend on this crate.

mod assemble;
mod bound;
mod check;
mod constraint;
mod explain;
mod forms;
pub mod irt;
mod milp;
pub mod pool;
mod prepared;
mod problem;
pub mod report;
mod rows;
pub mod sample;
mod search;
mod target;
mod verify;

pub use assemble::{AssemblyError, assemble, least_overlap};
pub use check::{MAX_FORM_ITEMS, MAX_FORMS, MAX_ITEMS, ProblemFault};
pub use constraint::Constraint;
pub use explain::Conflict;
pub use forms::{AssembledForm, FormSet, FormSetFault, Target};
pub use problem::{Blueprint, InformationTarget, Item, Problem, Quota, Range, Scenarios};
pub use search::Options;
pub use verify::{Form, Found, Verifier, Violation};
