//! QTI 3.0 and 2.x: items, stimuli, tests and packages, read and written; response processing, scored.
//!
//! What is read, lost and refused, and where the bounds lie, is in `docs/QTI.md`. The crate is pure: no files, no clock;
//! the seed of what is drawn is a parameter.

pub mod cases;
pub mod fault;
pub mod fuzz;
pub mod model;
mod number;
pub mod package;
pub mod read;
pub mod report;
pub mod score;
pub mod write;
mod xml;

pub use fault::{Fault, Loss, Lost, Place, What};
pub use number::RoundingMode;
pub use report::Import;
pub use xml::{MAX_ATTRIBUTES, MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, MAX_NAMESPACES, Version};
