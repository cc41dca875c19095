//! In whose function somebody acts.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A function in the life of an item. Who holds which is the exam body's to decide and to check; a history records claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Writes items.
    Author,
    /// Reviews what somebody else wrote.
    Reviewer,
    /// Puts items to use, and takes them out.
    Releaser,
    /// Answers for what becomes known outside.
    Security,
}

impl Role {
    /// Every role.
    pub const ALL: &'static [Self] = &[Self::Author, Self::Reviewer, Self::Releaser, Self::Security];

    /// The name in histories.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Reviewer => "reviewer",
            Self::Releaser => "releaser",
            Self::Security => "security",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
