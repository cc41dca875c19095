//! The document of an open book (docs/OPEN-BOOK.md): what a candidate may look up in an exam.

mod documents;
mod search;

use serde::{Deserialize, Serialize};

use crate::{Direction, RichText};
pub use search::Index;

/// An open book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenBook {
    /// Always `invigil-open-book`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// What it is called.
    pub title: String,
    /// BCP 47 tag of its language.
    pub lang: String,
    /// Its base direction.
    pub dir: Direction,
    /// The sections in reading order.
    pub sections: Vec<BookSection>,
}

/// A section of a book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BookSection {
    /// Its name, unique within the book.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// BCP 47 tag of its language, if it is not the book's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Its base direction, if it is not the book's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dir: Option<Direction>,
    /// The entries in reading order.
    pub entries: Vec<BookEntry>,
}

/// An entry of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BookEntry {
    /// Its name, unique within the section.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Other names of it.
    pub also: Vec<String>,
    /// Entries that belong beside it, as `section/entry`.
    pub see: Vec<String>,
    /// The text.
    pub text: RichText,
    /// What it rests on.
    pub sources: Vec<BookSource>,
}

/// A document that an entry rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BookSource {
    /// The document.
    pub source: String,
    /// Its edition.
    pub edition: String,
}

/// Where an entry stands: section and entry, counted from 0.
pub type BookPlace = (usize, usize);

impl OpenBook {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-open-book";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;
    /// The longest document that is read, in bytes.
    pub const MAX_BYTES: usize = 4 * 1024 * 1024;

    /// Where the entry stands that a cross reference names.
    pub fn find(&self, name: &str) -> Option<BookPlace> {
        let (section, entry) = name.split_once('/')?;
        let at = self.sections.iter().position(|candidate| candidate.id == section)?;
        Some((at, self.sections[at].entries.iter().position(|candidate| candidate.id == entry)?))
    }

    /// Language and base direction of a section; those of the book where it does not say, or is not there.
    pub fn language(&self, section: usize) -> (&str, Direction) {
        let section = self.sections.get(section);
        let lang = section.and_then(|section| section.lang.as_deref()).unwrap_or(&self.lang);
        (lang, section.and_then(|section| section.dir).unwrap_or(self.dir))
    }

    /// The entry at a place.
    pub fn entry(&self, (section, entry): BookPlace) -> Option<&BookEntry> {
        self.sections.get(section)?.entries.get(entry)
    }
}
