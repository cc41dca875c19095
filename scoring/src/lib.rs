//! How a response is compared with the key of its item, and practice sets: items whose keys are public (docs/PRACTICE.md).
//!
//! Architecture invariant: no key is in here. Those of exams are in `question-bank`, which nothing on a candidate's device
//! depends on; those of a practice set come in its document. Pure: no I/O, no clock, no randomness.

mod decimal;
mod practice_set;
mod rule;
mod text_key;

pub use decimal::Decimal;
pub use practice_set::{Because, PracticeAnswer, PracticeFault, PracticeSet, Source, Topic};
pub use rule::{Criterion, Rule, Worth};
pub use text_key::{TextKey, folded};
