//! The history of one item: read, checked, continued.

use chrono::{DateTime, SubsecRound as _, Utc};

use super::{Entry, Refusal, Role, rules};
use crate::bank::Status;

/// The most lines that are read.
const MAX_LINES: usize = 1_000;

/// All that happened to one item or scenario set, in order. Every line keeps the rules and holds on to the one before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    entries: Vec<Entry>,
    /// SHA-256 of the last line.
    head: Option<String>,
}

/// A transition that somebody wants to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The state after.
    pub to: Status,
    /// Who.
    pub by: String,
    /// In which function.
    pub role: Role,
    /// When; fractions of a second are cut off.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// A line that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault}")]
pub struct Broken {
    /// Which, counted from 1.
    pub line: u32,
    /// Why.
    pub fault: HistoryFault,
}

/// Why a line does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HistoryFault {
    /// Not an entry.
    #[error("the line is no entry of a history: {0}")]
    Shape(String),
    /// Another format or version.
    #[error("the document is {format:?} version {version}")]
    Format {
        /// Its format.
        format: String,
        /// Its version.
        version: u32,
    },
    /// Not in RFC 8785 form.
    #[error("the line is not in RFC 8785 form, or its last line end is missing")]
    NotCanonical,
    /// Of another item.
    #[error("the line is of {0:?}")]
    OtherItem(String),
    /// It does not hold on to the line before.
    #[error("the line does not follow on the one before: a line was changed, removed or inserted")]
    Chain,
    /// It breaks a rule.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// More lines than are read.
    #[error("the history has more than {MAX_LINES} lines")]
    TooLong,
}

impl History {
    /// Reads and checks a history. The text of a new item's is empty.
    ///
    /// # Errors
    /// The first line that does not hold.
    pub fn read(item: &str, text: &str) -> Result<Self, Broken> {
        let mut history = Self::default();
        for (at, line) in text.split_inclusive('\n').enumerate() {
            let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
            history.take(item, line).map_err(|fault| Broken { line: number, fault })?;
        }
        Ok(history)
    }

    fn take(&mut self, item: &str, line: &str) -> Result<(), HistoryFault> {
        if self.entries.len() == MAX_LINES {
            return Err(HistoryFault::TooLong);
        }
        let bare = line.strip_suffix('\n').ok_or(HistoryFault::NotCanonical)?;
        let entry: Entry = serde_json::from_str(bare).map_err(|error| HistoryFault::Shape(error.to_string()))?;
        if entry.format != Entry::FORMAT || entry.version != Entry::VERSION {
            return Err(HistoryFault::Format { format: entry.format, version: entry.version });
        }
        if entry.line() != bare {
            return Err(HistoryFault::NotCanonical);
        }
        if entry.item != item {
            return Err(HistoryFault::OtherItem(entry.item));
        }
        if entry.prev != self.head {
            return Err(HistoryFault::Chain);
        }
        rules::check(&self.entries, &entry)?;
        self.head = Some(Entry::digest(bare));
        self.entries.push(entry);
        Ok(())
    }

    /// What happened, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What happened last.
    pub fn last(&self) -> Option<&Entry> {
        self.entries.last()
    }

    /// The line to append, if the rules allow it. `revision` and `content_hash` are those of the item's file now.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn next(&self, item: &str, revision: u32, content_hash: String, request: Request) -> Result<Entry, Refusal> {
        let Request { to, by, role, at, reason } = request;
        let entry = Entry {
            format: Entry::FORMAT.into(),
            version: Entry::VERSION,
            item: item.to_owned(),
            revision,
            content_hash,
            from: self.last().map(|last| last.to),
            to,
            by,
            role,
            at: at.trunc_subsecs(0),
            reason,
            prev: self.head.clone(),
        };
        rules::check(&self.entries, &entry)?;
        Ok(entry)
    }
}
