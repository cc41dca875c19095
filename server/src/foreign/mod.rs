//! Items of other systems as drafts of the native format (docs/ITEM-FORMAT.md), and back.
//!
//! A draft is never scored otherwise than its author meant without a word: what the native format cannot score the same
//! way is refused with the reason; what it merely does not keep is listed.

mod carried;
mod check;
mod draft;
mod export;
mod markdown;
mod notes;
mod qti;
mod question;
#[cfg(test)]
mod tests;
mod text;

use std::{collections::BTreeMap, sync::Arc};

pub(crate) use carried::{Carried, CarriedItem, Match};
pub(crate) use draft::{Draft, slug};
pub(crate) use export::package;
pub(crate) use notes::Note;
use notes::Notes;
pub(crate) use qti::{Surroundings, of_item};
pub(crate) use question::of_question;

/// How drafts are made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choices {
    /// The domain of every draft.
    pub(crate) domain: Option<String>,
    /// The cognitive level of every draft.
    pub(crate) level: Option<String>,
    /// The topic of every draft.
    pub(crate) topic: Option<String>,
    /// Takes items that give partial credit as all or nothing, and says so, rather than refusing them.
    pub(crate) all_or_nothing: bool,
}

/// Files by path. They are shared: many items of a package may show one image.
pub(crate) type Files = BTreeMap<String, Arc<[u8]>>;

/// An item in the native format.
#[derive(Clone, Debug)]
pub(crate) struct Native {
    /// The path of the item's file in the bank.
    pub(crate) path: String,
    /// The file. The items of a set share one.
    pub(crate) text: Arc<str>,
    /// What a person has to add to it.
    pub(crate) to_add: Vec<&'static str>,
    /// Images that the file shows, by their path in the bank.
    pub(crate) images: Arc<Files>,
    /// What it does not keep.
    pub(crate) losses: Vec<String>,
}
