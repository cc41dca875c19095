//! The time that is left.
//!
//! Only differences of clocks are used: the server says when the time is up and what time it is; the device's monotonic
//! clock says how much has passed since. What is shown is always computed from stamps, never counted in ticks, which
//! background tabs get late.

use std::time::Duration;

use leptos::prelude::*;
use sitting::SubmitReason;

use super::Session;
use crate::catalogue::{text, text_with};

/// Minutes at which the time left is read out.
const ANNOUNCED_MINUTES: [u64; 5] = [60, 30, 15, 5, 1];

/// The clock in the header. It hands the attempt in when the time is up.
#[component]
pub(super) fn Timer(session: Session) -> impl IntoView {
    let left_ms = RwSignal::new(session.deadline_ms.saturating_sub(session.server_ms()));
    let hidden = RwSignal::new(false);
    let announced = RwSignal::new(None::<u64>);
    let tick = move || {
        let left = session.deadline_ms.saturating_sub(session.server_ms());
        if left / 1_000 != left_ms.get_untracked() / 1_000 {
            left_ms.set(left);
        }
        let minutes = left.div_ceil(60_000);
        if ANNOUNCED_MINUTES.contains(&minutes) && announced.get_untracked() != Some(minutes) {
            announced.set(Some(minutes));
        }
        if left == 0 {
            session.submit(SubmitReason::TimeUp);
        }
    };
    if let Ok(handle) = set_interval_with_handle(tick, Duration::from_millis(500)) {
        on_cleanup(move || handle.clear());
    }
    view! {
        <div class="timer" class:low=move || left_ms.get() < 300_000>
            <span class="timer-digits" aria-hidden="true">
                {move || if hidden.get() { String::new() } else { digits(left_ms.get()) }}
            </span>
            <button type="button" class="quiet" on:click=move |_| hidden.update(|hidden| *hidden = !*hidden)>
                {move || text(if hidden.get() { "timer-show" } else { "timer-hide" })}
            </button>
            <span class="visually-hidden" role="status">
                {move || announced.get().map(|minutes| text_with("timer-left", [("minutes", minutes.into())]))}
            </span>
        </div>
    }
}

/// `2:59:59`.
fn digits(ms: u64) -> String {
    let seconds = ms / 1_000;
    format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}
