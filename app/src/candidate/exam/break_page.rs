//! While the clock stands: the questions are hidden.

use std::time::Duration;

use leptos::prelude::*;
use sitting::Event;

use super::menu::Menu;
use crate::{
    candidate::{Session, timer::digits},
    catalogue::text,
    widgets::Heading,
};

/// A break or a granted pause, how long it can last, and the way back.
#[component]
pub(super) fn BreakPage(session: Session) -> impl IntoView {
    let stands_ms = RwSignal::new(session.stands_ms());
    let tick = move || stands_ms.set(session.stands_ms());
    if let Ok(handle) = set_interval_with_handle(tick, Duration::from_millis(500)) {
        on_cleanup(move || handle.clear());
    }
    let spent = Memo::new(move |_| stands_ms.get() == 0);
    view! {
        <main class="page narrow">
            <Heading title=text("break-title")/>
            <p>{text("break-what")}</p>
            <p class="break-left">
                <span>{text("break-left")}</span>" "
                <strong class="timer-digits">{move || digits(stands_ms.get())}</strong>
            </p>
            // Read out once, when it is over.
            <p role="status">{move || spent.get().then(|| text("break-over"))}</p>
            <div class="actions">
                <button type="button" class="primary" on:click=move |_| session.record(Event::Continued {})>
                    {text("break-go-on")}
                </button>
            </div>
            <Menu session/>
        </main>
    }
}
