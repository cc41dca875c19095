//! The life of an item version, and its append-only history (docs/LIFECYCLE.md).
//!
//! The history beside the items says what happened and who did it; `status` in an item's file must agree with its last
//! line. What lives is the file: a stand-alone item, or a scenario set with all its items.

mod check;
mod clones;
mod entry;
mod history;
mod role;
mod rules;
mod status_field;
mod taint;

pub use entry::{Entry, MAX_BY_CHARS, MAX_REASON_CHARS};
pub use history::{Broken, History, HistoryFault, Request};
pub use role::Role;
pub use rules::{Refusal, TRANSITIONS, Transition};
pub use status_field::{as_unreviewed_draft, with_status};
pub use taint::{Taint, Tie};

pub(crate) use check::{check, item_of_path};

use crate::{bank::Bank, hashes};

/// Where an item's history lies in its bank.
pub fn path_of(id: &str) -> String {
    format!("history/{id}.jsonl")
}

/// SHA-256 over all that is asked and scored of an item or scenario set (docs/LIFECYCLE.md); `None` if the bank has none
/// of this id.
pub fn content_hash(bank: &Bank, id: &str) -> Option<String> {
    hashes::content_hash(bank, id)
}
