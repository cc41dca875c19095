//! GIFT, Moodle's notation for questions in plain text.
//!
//! Source: <https://docs.moodle.org/en/GIFT_format>; where that leaves something open, the parser `gift-pegjs` 1.0.2
//! and Moodle's import, in this order.

mod answers;
mod blocks;
mod json;
mod map;
mod numeric;
mod parse;
mod part;
mod syntax;

pub use crate::text::Format;
pub use json::to_json;
pub use parse::{CommentLines, parse};
pub use syntax::{Answers, Choice, Entry, GiftQuestion, Number, Text};

use crate::{Import, Outcome, Record, bounds, category, import::beginning, source};

/// Reads a GIFT file.
///
/// Never fails as a whole but for what [`Import::faults`] says; bounds are in [`bounds`].
pub fn read(bytes: &[u8]) -> Import {
    let text = match source::utf8(bytes, bounds::GIFT_BYTES) {
        Ok(text) => text,
        Err(fault) => return Import { records: Vec::new(), faults: vec![fault] },
    };
    let entries = match parse(text, CommentLines::Ignored) {
        Ok(entries) => entries,
        Err(fault) => return Import { records: Vec::new(), faults: vec![fault] },
    };
    let mut category = Vec::new();
    let mut records = Vec::new();
    for entry in entries {
        match entry {
            Entry::Category { title, .. } => category = category::path(&title),
            Entry::Question(question) => records.push(map::record(*question, &category)),
            Entry::Faulty { at, name, faults } => {
                let kind = "question".to_owned();
                records.push(Record { at, kind, name: beginning(&name), outcome: Outcome::Refused { faults } });
            }
        }
    }
    Import::of(records)
}
