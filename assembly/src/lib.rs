//! Parallel forms (docs/ASSEMBLY.md): everything about them but the making.
//!
//! The way through: a [`Problem`] says what is wanted; a solver that runs as a program of its own is handed a
//! [`solver::Request`] and gives a [`solver::Answer`], of which nothing is taken on trust: [`solver::Answer::forms`] puts its forms
//! beside the problem that was asked, and [`Verifier`] counts them in whole numbers; [`report::Report`] shows what they are
//! like. Candidates draw one of them by `invigil-draw-3` (docs/DRAW3.md), which is `question-bank`'s.
//!
//! Architecture invariant: no I/O, no clock, no ambient randomness, and no solver. The one of this project is
//! `assembly/solver/`.

mod check;
mod conflict;
mod constraint;
mod forms;
pub mod irt;
mod made;
mod problem;
pub mod report;
pub mod sample;
pub mod solver;
mod targets;
mod verify;

pub use check::ProblemFault;
pub use conflict::{Conflict, NotFound};
pub use constraint::Constraint;
pub use forms::{AssembledForm, FormSet, FormSetFault, Target};
pub use made::Made;
pub use problem::{Blueprint, InformationTarget, Item, Problem, Quota, Range, Scenarios};
pub use verify::{Form, Found, Verifier, Violation};
