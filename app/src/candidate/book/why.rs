//! Why there is no book to show.

use crate::catalogue::{text, text_with};

/// So many digits of a hash tell two documents apart by eye.
const SHOWN_DIGITS: usize = 12;

/// Why there is no book to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::candidate) enum Why {
    /// It is not on this computer, and no server can be reached.
    Away,
    /// The server answers, and has no such book.
    None,
    /// Something else is in its place, with this SHA-256.
    Other(String),
    /// It is the right one, and this page cannot read it.
    Unreadable,
}

impl Why {
    /// In a sentence.
    pub(in crate::candidate) fn words(&self) -> String {
        match self {
            Self::Away => text("book-away"),
            Self::None => text("book-none"),
            Self::Other(sha256) => {
                let digits: String = sha256.chars().take(SHOWN_DIGITS).collect();
                text_with("book-changed", [("digits", digits.into())])
            }
            Self::Unreadable => text("book-newer"),
        }
    }
}
