//! What is typed is recorded soon: after a short rest, at the latest after some seconds, and at once when anything else is
//! done. Recorded at each key it would fill the journal; until it is, the page says that it is saving.

use std::{cell::Cell, rc::Rc, time::Duration};

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

use super::answering::Answering;
use crate::{candidate::Typed, platform::clock};

/// So long nothing more is typed.
const REST: Duration = Duration::from_millis(700);
/// So long what is typed waits at most, in microseconds.
const AT_MOST_US: u64 = 3_000_000;

/// The fields of one question that are typed into.
#[derive(Clone)]
pub(super) struct Typing {
    answering: Answering,
    typed: Typed,
    timer: Rc<Cell<Option<TimeoutHandle>>>,
    /// Since when something waits.
    since: Rc<Cell<Option<u64>>>,
}

impl Typing {
    /// `record` records what the fields hold. It is called with nothing of the page's left when the page goes.
    pub(super) fn new(answering: Answering, record: impl Fn() + 'static) -> Self {
        let typed = answering.keeper.typed_into(record);
        let (timer, since) = (Rc::default(), Rc::default());
        let typing = Self { answering, typed, timer, since };
        let (keeper, left) = (answering.keeper, StoredValue::new_local(typing.clone()));
        on_cleanup(move || {
            if let Some(typing) = left.try_get_value() {
                keeper.save(&typing.typed);
                typing.stop();
            }
        });
        typing
    }

    /// Something was typed.
    pub(super) fn go_on(&self) {
        self.answering.touch();
        let keeper = self.answering.keeper;
        let waited = self.typed.waits();
        keeper.has_typed(&self.typed);
        self.stop();
        if !self.typed.waits() {
            return;
        }
        let now = clock::micros();
        let since = self.since.get().filter(|_| waited).unwrap_or(now);
        self.since.set(Some(since));
        let left = Duration::from_micros((since + AT_MOST_US).saturating_sub(now));
        self.timer.set(set_timeout_with_handle(move || keeper.save_typed(), REST.min(left)).ok());
    }

    /// Records what waits: the field was left.
    pub(super) fn rest(&self) {
        self.answering.keeper.save_typed();
    }

    fn stop(&self) {
        if let Some(timer) = self.timer.take() {
            timer.clear();
        }
    }
}
