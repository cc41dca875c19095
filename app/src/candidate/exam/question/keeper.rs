//! Who keeps what is answered: the exam's journal, or the page itself where people practise.

use item::{ItemId, Response};
use leptos::prelude::*;
use sitting::Event;

use crate::candidate::{Session, Typed};

/// Keeps the responses to questions. A handle: copies are the same.
#[derive(Clone, Copy)]
#[expect(clippy::large_enum_variant, reason = "both are handles to be copied, which a box is not")]
pub(crate) enum Keeper {
    /// Every change becomes a line.
    Exam(Session),
    /// The last response to the one question that is shown.
    Practice(Sheet),
}

/// A response that is kept by the page.
#[derive(Clone, Copy)]
pub(crate) struct Sheet {
    /// The response.
    pub(crate) response: RwSignal<Response>,
    /// Whether it is checked: then nothing changes it.
    pub(crate) checked: RwSignal<bool>,
}

impl Sheet {
    fn give(self, response: Response) {
        if !self.checked.get_untracked() {
            self.response.set(response);
        }
    }
}

impl Keeper {
    /// The response as far as it is committed, and whoever looks is told of changes.
    pub(super) fn committed(self, item: &ItemId) -> Response {
        match self {
            Self::Exam(session) => session.answers.with(|answers| answers.response(item)),
            Self::Practice(sheet) => sheet.response.get(),
        }
    }

    /// The response as the candidate last gave it, committed or not.
    pub(super) fn latest(self, item: &ItemId) -> Response {
        match self {
            Self::Exam(session) => session.latest_response(item),
            Self::Practice(sheet) => sheet.response.try_get_untracked().unwrap_or_default(),
        }
    }

    /// Takes a response.
    pub(super) fn give(self, item: &ItemId, response: Response) {
        match self {
            Self::Exam(session) => session.record(Event::Answered { item: item.clone(), response }),
            Self::Practice(sheet) => sheet.give(response),
        }
    }

    /// Takes a text that is written on and on: the journal keeps its changes.
    pub(super) fn write(self, item: &ItemId, text: &str) {
        match self {
            Self::Exam(session) => {
                let before = session.latest_response(item);
                for event in Event::typed(item, before.as_text(), text) {
                    session.record(event);
                }
            }
            Self::Practice(sheet) => sheet.give(Response::text(text)),
        }
    }

    /// Whether an answer was refused; whoever looks is told of changes.
    pub(super) fn has_refused(self) -> bool {
        match self {
            Self::Exam(session) => session.refused.with(Option::is_some),
            Self::Practice(_) => false,
        }
    }

    /// What was refused does not matter any more.
    pub(super) fn forget_refusal(self) {
        if let Self::Exam(session) = self {
            session.refused.set(None);
        }
    }

    /// From now on, this records what is typed.
    pub(super) fn typed_into(self, record: impl Fn() + 'static) -> Typed {
        match self {
            Self::Exam(session) => session.typed_into(record),
            Self::Practice(_) => Typed::new(record),
        }
    }

    /// Something was typed; the page keeps it at once, a journal not for each key.
    pub(super) fn has_typed(self, typed: &Typed) {
        match self {
            Self::Exam(session) => session.has_typed(typed),
            Self::Practice(_) => typed.record(),
        }
    }

    /// Records what is typed into these fields.
    pub(super) fn save(self, typed: &Typed) {
        if let Self::Exam(session) = self {
            session.save(typed);
        }
    }

    /// Records what is typed into the question that is shown.
    pub(super) fn save_typed(self) {
        if let Self::Exam(session) = self {
            session.save_typed();
        }
    }

    /// What is typed is not wanted any more.
    pub(super) fn discard_typed(self) {
        if let Self::Exam(session) = self {
            session.discard_typed();
        }
    }
}
