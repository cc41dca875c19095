//! Questions of other systems read into one neutral model, and item lists written for people.
//!
//! [`gift::read`] and [`moodle::read`] take a file's bytes and give an [`Import`]: for each question whether it was
//! imported, imported with a list of what was lost, or refused, with every reason and its place. What is read, lost and
//! refused stands in `docs/INTERCHANGE.md`. The crate is pure: no I/O, no clock, no randomness; nothing outside the
//! bytes is looked at.

pub mod bounds;
mod category;
mod content;
mod decimal;
mod fault;
pub mod gift;
mod import;
mod loss;
pub mod moodle;
mod position;
mod question;
mod source;
pub mod table;
mod text;

pub use content::{Block, Cell, Content, Inline};
pub use decimal::Decimal;
pub use fault::FaultKind;
pub use import::{Fault, Import, Loss, Outcome, Record};
pub use loss::LossKind;
pub use position::Position;
pub use question::{
    AcceptedNumber, AcceptedText, Asset, Choice, ChoiceOption, ExtendedText, Feedback, Gap, GapKind, GapMatch,
    Interaction, Match, NumberRange, Numeric, Pair, Question, TextEntry, TextPattern, Tile, TileGap, TrueFalse,
};
