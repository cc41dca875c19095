//! The time that is left.
//!
//! It is always computed from stamps: what a monotonic clock measured has passed; what only the wall clock saw, because this
//! computer slept or was switched off, has likely passed. The attempt is handed in by itself only when both say so.

use std::time::Duration;

use leptos::prelude::*;
use sitting::{Left, SubmitReason};

use super::Session;
use crate::{
    catalogue::{text, text_with},
    widgets::Alert,
};

/// Minutes at which the time left is read out.
const ANNOUNCED_MINUTES: [u64; 5] = [60, 30, 15, 5, 1];
const MINUTE_MS: u64 = 60_000;
/// Less than this is worth a warning.
const LOW_MS: u64 = 5 * MINUTE_MS;

/// Time that was not measured, in whole minutes, if it is a minute or more.
fn unmeasured_minutes(session: Session) -> Option<u64> {
    let unmeasured = session.unmeasured_ms();
    (unmeasured >= MINUTE_MS).then_some(unmeasured / MINUTE_MS)
}

/// Whether the time is up, and that beyond doubt: what was measured says so too, within a minute.
fn is_up(left: Left) -> (bool, bool) {
    (left.likely_ms == 0, left.likely_ms == 0 && left.measured_ms < MINUTE_MS)
}

/// The clock in the header. It hands the attempt in when the time is up beyond doubt.
#[component]
pub(super) fn Timer(session: Session) -> impl IntoView {
    let left_ms = RwSignal::new(session.left().likely_ms);
    let unmeasured = RwSignal::new(unmeasured_minutes(session));
    // The same in every header that shows it.
    let (hidden, announced) = (session.clock_hidden, session.clock_announced);
    let tick = move || {
        session.compare_clocks();
        let left = session.left();
        if left.likely_ms / 1_000 != left_ms.get_untracked() / 1_000 {
            left_ms.set(left.likely_ms);
        }
        let minutes = unmeasured_minutes(session);
        if minutes != unmeasured.get_untracked() {
            unmeasured.set(minutes);
        }
        let minutes = left.likely_ms.div_ceil(MINUTE_MS);
        if ANNOUNCED_MINUTES.contains(&minutes) && announced.get_untracked() != Some(minutes) {
            announced.set(Some(minutes));
        }
        if is_up(left).1 && session.has_opened() {
            session.submit(SubmitReason::TimeUp);
        }
    };
    if let Ok(handle) = set_interval_with_handle(tick, Duration::from_millis(500)) {
        on_cleanup(move || handle.clear());
    }
    view! {
        <div class="timer" class:low=move || left_ms.get() < LOW_MS>
            <span class="timer-digits" aria-hidden="true">
                {move || if hidden.get() { String::new() } else { digits(left_ms.get()) }}
            </span>
            {move || unmeasured.get().filter(|_| !hidden.get()).map(|minutes| view! {
                <span class="timer-note">{text_with("timer-unmeasured", [("minutes", minutes.into())])}</span>
            })}
            <button type="button" class="quiet" on:click=move |_| hidden.update(|hidden| *hidden = !*hidden)>
                {move || text(if hidden.get() { "timer-show" } else { "timer-hide" })}
            </button>
            <span class="visually-hidden" role="status">
                {move || announced.get().map(|minutes| text_with("timer-left", [("minutes", minutes.into())]))}
            </span>
        </div>
    }
}

/// What is said when the time is up only by a clock that may have been set: people decide.
#[component]
pub(super) fn TimeInDoubt(session: Session) -> impl IntoView {
    let in_doubt = move || {
        let (up, beyond_doubt) = is_up(session.left());
        if up && !beyond_doubt { unmeasured_minutes(session) } else { None }
    };
    let minutes = RwSignal::new(in_doubt());
    let tick = move || {
        let now = in_doubt();
        if now != minutes.get_untracked() {
            minutes.set(now);
        }
    };
    if let Ok(handle) = set_interval_with_handle(tick, Duration::from_secs(1)) {
        on_cleanup(move || handle.clear());
    }
    let said = Memo::new(move |_| minutes.get().is_some());
    // The minutes of the first moment: what counts is that it is so, and a text that changes would be read out each time.
    let message = Signal::derive(move || {
        said.get()
            .then(|| text_with("timer-in-doubt", [("minutes", minutes.get_untracked().unwrap_or_default().into())]))
    });
    view! { <div class="in-doubt"><Alert message/></div> }
}

/// `2:59:59`.
pub(super) fn digits(ms: u64) -> String {
    let seconds = ms / 1_000;
    format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}
