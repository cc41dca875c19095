//! Answers are a view of the journal, never a store of their own.

use std::collections::{BTreeMap, BTreeSet};

use item::{EditError, ItemId, Response, TextEdit};

use crate::event::{Event, Place, SubmitReason};

/// What a journal amounts to so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    responses: BTreeMap<ItemId, Response>,
    flags: BTreeSet<ItemId>,
    place: Option<Place>,
    submission: Option<Submission>,
}

/// How a sitting ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Why.
    pub reason: SubmitReason,
    /// Number of the line that says so.
    pub seq: u64,
}

impl Answers {
    /// Takes in one more event.
    pub fn apply(&mut self, seq: u64, event: &Event) {
        match event {
            Event::Answered { item, response } if response.is_empty() => {
                self.responses.remove(item);
            }
            Event::Answered { item, response } => {
                self.responses.insert(item.clone(), response.clone());
            }
            Event::Typed { item, at, removed, text } => {
                // The sitting refuses what does not fit.
                if let Ok(response) = self.edited(item, *at, *removed, text) {
                    self.apply(seq, &Event::Answered { item: item.clone(), response });
                }
            }
            Event::Flagged { item, on: true } => {
                self.flags.insert(item.clone());
            }
            Event::Flagged { item, on: false } => {
                self.flags.remove(item);
            }
            Event::Navigated { to } => self.place = Some(to.clone()),
            Event::Submitted { reason } => self.submission = Some(Submission { reason: *reason, seq }),
            // All else happens around the answers.
            _ => {}
        }
    }

    /// The responses that are not empty.
    pub fn responses(&self) -> &BTreeMap<ItemId, Response> {
        &self.responses
    }

    /// The response to an item; empty if there is none.
    pub fn response(&self, item: &ItemId) -> Response {
        self.responses.get(item).cloned().unwrap_or_default()
    }

    /// The text that answers an item, after a change.
    ///
    /// # Errors
    /// As [`TextEdit::apply`].
    pub fn edited(&self, item: &ItemId, at: u32, removed: u32, text: &str) -> Result<Response, EditError> {
        let before = self.responses.get(item).map(Response::as_text).unwrap_or_default();
        TextEdit { at, removed, inserted: text.to_owned() }.apply(before)
    }

    /// Whether the candidate marked the item.
    pub fn is_flagged(&self, item: &ItemId) -> bool {
        self.flags.contains(item)
    }

    /// The items the candidate marked.
    pub fn flags(&self) -> &BTreeSet<ItemId> {
        &self.flags
    }

    /// Where the candidate was last.
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    /// How the sitting ended, if it has.
    pub fn submission(&self) -> Option<Submission> {
        self.submission
    }
}
