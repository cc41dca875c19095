//! One line of a history.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Role;
use crate::{
    bank::Status,
    canonical::{canonical_json, sha256_hex},
};

/// The longest name of a person or function.
pub const MAX_BY_CHARS: usize = 200;
/// The longest reason.
pub const MAX_REASON_CHARS: usize = 2_000;

/// One transition, as it stands in a history: one line of RFC 8785 JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Always `invigil-item-history`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// The item or scenario set.
    pub item: String,
    /// Its revision.
    pub revision: u32,
    /// [`content_hash`](super::content_hash) of this revision at that time.
    pub content_hash: String,
    /// The state before; `null` for the first line.
    pub from: Option<Status>,
    /// The state after.
    pub to: Status,
    /// Who did it.
    pub by: String,
    /// In which function.
    pub role: Role,
    /// When (UTC, whole seconds).
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// SHA-256 of the line before, without its line end; `null` for the first line.
    pub prev: Option<String>,
}

impl Entry {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-item-history";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;

    /// The line without its line end.
    pub fn line(&self) -> String {
        String::from_utf8_lossy(&canonical_json(self)).into_owned()
    }

    /// SHA-256 of a line, in lower-case hex.
    pub(crate) fn digest(line: &str) -> String {
        sha256_hex(line.as_bytes())
    }
}
