//! How far somebody has come: in this browser alone, apart from everything of an exam.

use std::collections::BTreeMap;

use item::Response;
use serde::{Deserialize, Serialize};

use crate::platform::{json, storage};

/// Where the browser keeps it (`localStorage`).
const NAME: &str = "invigil-practice";
const VERSION: u32 = 1;

/// What was tried, by the lasting names of items.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Progress {
    version: u32,
    tries: BTreeMap<String, Try>,
}

/// The last try at an item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Try {
    /// The response as it stands.
    pub(super) response: Response,
    /// Whether it was compared with the key.
    pub(super) checked: bool,
    /// Whether it is right; unknown where only a person can tell.
    pub(super) right: Option<bool>,
}

/// Where an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Open,
    Right,
    Wrong,
    /// Answered in writing and not judged yet.
    Unjudged,
}

impl Progress {
    /// What this browser has.
    pub(super) fn kept() -> Self {
        Self::read().unwrap_or_default()
    }

    fn read() -> Option<Self> {
        let kept = storage::kept(NAME).and_then(|text| json::read::<Self>(&text));
        kept.filter(|progress| progress.version == VERSION)
    }

    pub(super) fn of(&self, name: &str) -> Try {
        self.tries.get(name).cloned().unwrap_or_default()
    }

    pub(super) fn state(&self, name: &str) -> State {
        match self.tries.get(name) {
            Some(Try { checked: true, right, .. }) => match right {
                Some(true) => State::Right,
                Some(false) => State::Wrong,
                None => State::Unjudged,
            },
            _ => State::Open,
        }
    }

    /// Notes a try beside whatever other tabs noted meanwhile, and has the browser keep it; whether it does. Nothing is written
    /// for a try that stands already.
    pub(super) fn note(&mut self, name: &str, tried: Try) -> bool {
        if self.of(name) == tried {
            return true;
        }
        // Where nothing is kept, what this tab knows is all there is.
        if let Some(kept) = Self::read() {
            *self = kept;
        }
        if tried == Try::default() {
            self.tries.remove(name);
        } else {
            self.tries.insert(name.to_owned(), tried);
        }
        self.version = VERSION;
        let text = serde_json::to_string(self).ok();
        text.is_some_and(|text| storage::keep(NAME, Some(&text)))
    }

    /// Forgets everything.
    pub(super) fn start_over(&mut self) {
        *self = Self::default();
        storage::keep(NAME, None);
    }

    /// Calls `act` whenever another tab noted something.
    pub(super) fn watch(act: impl Fn() + 'static) {
        storage::watch(NAME, act);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.tries.is_empty()
    }
}

impl State {
    /// The id of its word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Open => "practice-state-open",
            Self::Right => "practice-state-right",
            Self::Wrong => "practice-state-wrong",
            Self::Unjudged => "practice-state-unjudged",
        }
    }

    /// Its name in style sheets.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Right => "good",
            Self::Wrong => "bad",
            Self::Unjudged => "note",
        }
    }
}
