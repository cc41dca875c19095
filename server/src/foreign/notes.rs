//! What is said of foreign items.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Choices;

/// The most that is told of an item, of losses and of faults.
const MOST: usize = 1_000;

/// What is gathered while a draft is made.
#[derive(Debug, Default)]
pub(super) struct Notes {
    losses: Told,
    faults: Told,
    takes_all_or_nothing: bool,
}

impl Notes {
    /// Something that the draft does not keep.
    pub(super) fn lose(&mut self, what: impl Into<String>) {
        self.losses.add(what.into());
    }

    /// A reason why there is no draft.
    pub(super) fn fault(&mut self, what: impl Into<String>) {
        self.faults.add(what.into());
    }

    /// Partial credit that the native format does not give the same way.
    pub(super) fn partial(&mut self, choices: &Choices, what: &str) {
        if choices.all_or_nothing {
            self.takes_all_or_nothing = true;
            self.lose(format!("{what}; here only the full key gives the point"));
        } else {
            self.fault(format!(
                "{what}, which the native format does not score the same way; `--all-or-nothing` takes only the full key"
            ));
        }
    }

    /// Whether it was said that only the full key gives the point.
    pub(super) fn takes_all_or_nothing(&self) -> bool {
        self.takes_all_or_nothing
    }

    /// Whether there is a reason against a draft.
    pub(super) fn is_at_fault(&self) -> bool {
        !self.faults.list.is_empty()
    }

    /// The losses, or the faults if there are any.
    pub(super) fn into_losses(self) -> Result<Vec<String>, Vec<String>> {
        if self.is_at_fault() { Err(self.faults.list) } else { Ok(self.losses.list) }
    }
}

/// Sentences, each once.
#[derive(Debug, Default)]
struct Told {
    list: Vec<String>,
    seen: BTreeSet<String>,
}

impl Told {
    fn add(&mut self, what: String) {
        if self.list.len() > MOST || self.seen.contains(&what) {
            return;
        }
        if self.list.len() == MOST {
            return self.list.push("and more".to_owned());
        }
        self.seen.insert(what.clone());
        self.list.push(what);
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

#[cfg(test)]
mod tests {
    use super::Notes;

    #[test]
    fn each_sentence_is_told_once_and_of_very_many_the_first() {
        let mut notes = Notes::default();
        for number in 0..200_000 {
            notes.lose(format!("loss {}", number / 2));
        }
        let losses = notes.into_losses().unwrap();
        assert_eq!((losses.len(), losses[999].as_str(), losses[1_000].as_str()), (1_001, "loss 999", "and more"));
    }
}
