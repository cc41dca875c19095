//! What all kinds of questions have in common: the response as it stands, and changing it.

use item::{ItemId, Response, RichText};
use leptos::prelude::*;

use super::keeper::Keeper;
use crate::widgets::rich_text_view;

/// The response to one question. A handle: copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct Answering {
    pub(super) keeper: Keeper,
    item: StoredValue<ItemId>,
    /// What is wrong with the last click, such as one option too many.
    pub(crate) message: RwSignal<Option<String>>,
    /// Notifies when the response was cleared.
    pub(crate) cleared: Trigger,
}

/// What is asked, in which language.
pub(super) struct Asked {
    pub(super) lang: String,
    pub(super) dir: &'static str,
    pub(super) stem: RichText,
}

impl Answering {
    pub(crate) fn new(keeper: Keeper, item: ItemId, message: RwSignal<Option<String>>) -> Self {
        Self { keeper, item: StoredValue::new(item), message, cleared: Trigger::new() }
    }

    pub(super) fn id(self) -> ItemId {
        self.item.get_value()
    }

    /// An id of an element of this question.
    pub(super) fn element(self, part: &str) -> String {
        self.item.with_value(|item| format!("{item}-{part}"))
    }

    /// The response as far as it is committed, and whoever looks is told of changes.
    pub(super) fn committed(self) -> Response {
        self.item.with_value(|item| self.keeper.committed(item))
    }

    /// The response as the candidate last gave it, committed or not.
    pub(super) fn latest(self) -> Response {
        self.item.with_value(|item| self.keeper.latest(item))
    }

    /// Something else was done: what was wrong before is so no more.
    pub(super) fn touch(self) {
        self.message.set(None);
        self.keeper.forget_refusal();
    }

    /// Gives a response, unless it is the one that stands.
    pub(super) fn give(self, response: Response) {
        self.touch();
        if response != self.latest() {
            self.keeper.give(&self.id(), response);
        }
    }

    /// Clears the response, also what is typed and not recorded yet.
    pub(crate) fn clear(self) {
        self.touch();
        self.keeper.discard_typed();
        self.keeper.give(&self.id(), Response::default());
        self.cleared.notify();
    }

    /// Calls `show` when an answer was refused: controls show what was clicked, and then again what is written.
    pub(super) fn when_refused(self, show: impl Fn() + 'static) {
        Effect::new(move |_| {
            if self.keeper.has_refused() {
                show();
            }
        });
    }
}

impl Asked {
    /// The stem and what to do, as the legend and the hint of a group of controls.
    pub(super) fn group(self, class: &'static str, hint: String, controls: impl IntoView + 'static) -> AnyView {
        let Self { lang, dir, stem } = self;
        view! {
            <fieldset class=format!("options {class}")>
                <legend lang=lang dir=dir>{rich_text_view(&stem)}</legend>
                <p class="hint">{hint}</p>
                {controls}
            </fieldset>
        }
        .into_any()
    }
}
