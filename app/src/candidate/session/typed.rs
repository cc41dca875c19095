//! What is typed and not recorded yet. Whatever else is recorded comes after it.

use std::{cell::Cell, rc::Rc};

use leptos::prelude::*;
use sitting::Event;

use super::Session;

/// The fields of the question that is shown.
#[derive(Clone)]
pub(crate) struct Typed {
    record: Rc<dyn Fn()>,
    waits: Rc<Cell<bool>>,
}

impl Typed {
    /// Fields whose content this records.
    pub(crate) fn new(record: impl Fn() + 'static) -> Self {
        Self { record: Rc::new(record), waits: Rc::default() }
    }

    /// Records what is typed now, whether it waits for that or not.
    pub(crate) fn record(&self) {
        (self.record)();
    }

    /// Whether something is to be recorded.
    pub(crate) fn waits(&self) -> bool {
        self.waits.get()
    }
}

impl Session {
    /// From now on, this records what is typed.
    pub(crate) fn typed_into(self, record: impl Fn() + 'static) -> Typed {
        let typed = Typed::new(record);
        self.typed.set_value(Some(typed.clone()));
        typed
    }

    /// Something was typed: until it is recorded, the page does not say that all is saved.
    pub(crate) fn has_typed(self, typed: &Typed) {
        typed.waits.set(true);
        self.typing.set(true);
    }

    /// Records what is typed into the question that is shown.
    pub(crate) fn save_typed(self) {
        if let Some(typed) = self.typed.try_get_value().flatten() {
            self.save(&typed);
        }
    }

    /// Records what is typed into these fields.
    pub(crate) fn save(self, typed: &Typed) {
        if typed.waits.take() {
            (typed.record)();
            // Only now: what is in the queue says by itself that it is being saved.
            self.typing.set(false);
        }
    }

    /// What is typed is not wanted any more.
    pub(crate) fn discard_typed(self) {
        if let Some(typed) = self.typed.try_get_value().flatten() {
            typed.waits.set(false);
            self.typing.set(false);
        }
    }
}

/// Whether an event is what was typed, or chosen: all else comes after what is typed.
pub(super) fn is_answer(event: &Event) -> bool {
    matches!(event, Event::Answered { .. } | Event::Typed { .. })
}
