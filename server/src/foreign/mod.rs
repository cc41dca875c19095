//! Items of other systems as drafts of the native format (docs/ITEM-FORMAT.md), and back.
//!
//! A draft is never scored otherwise than its author meant without a word: what the native format cannot score the same
//! way is refused with the reason; what it merely does not keep is listed.

mod carried;
mod draft;
mod export;
mod markdown;
mod qti_content;
mod qti_item;
mod qti_key;
mod question;

use std::collections::BTreeMap;

use serde::Serialize;

pub(crate) use carried::{Carried, CarriedItem};
pub(crate) use draft::{Draft, slug};
pub(crate) use export::package;
pub(crate) use qti_item::{Surroundings, of_item};
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

/// An item in the native format.
#[derive(Clone, Debug)]
pub(crate) struct Native {
    /// The path of the item's file in the bank.
    pub(crate) path: String,
    /// The file.
    pub(crate) text: String,
    /// What a person has to add to it.
    pub(crate) to_add: Vec<&'static str>,
    /// Images that it shows, by their path in the bank.
    pub(crate) images: BTreeMap<String, Vec<u8>>,
    /// What it does not keep.
    pub(crate) losses: Vec<String>,
}

/// What is gathered while a draft is made.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    losses: Vec<String>,
    faults: Vec<String>,
}

impl Notes {
    fn lose(&mut self, what: impl Into<String>) {
        let what = what.into();
        if !self.losses.contains(&what) {
            self.losses.push(what);
        }
    }

    fn fault(&mut self, what: impl Into<String>) {
        let what = what.into();
        if !self.faults.contains(&what) {
            self.faults.push(what);
        }
    }

    /// Partial credit that the native format does not give the same way.
    fn partial(&mut self, choices: &Choices, what: &str) {
        if choices.all_or_nothing {
            self.lose(format!("{what}; here only the full key gives the point"));
        } else {
            self.fault(format!(
                "{what}, which the native format does not score the same way; `--all-or-nothing` takes only the full key"
            ));
        }
    }
}

/// Where something stands in a foreign file, and what is to be said of it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Note {
    /// The file, by its path in the package where it is in one.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: Option<usize>,
    /// The column in characters, from 1.
    pub(crate) column: Option<usize>,
    /// What it is.
    pub(crate) message: String,
}

/// Texts that differ in nothing but signs and blanks.
fn reads_alike(one: &str, other: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    letters(one) == letters(other)
}
