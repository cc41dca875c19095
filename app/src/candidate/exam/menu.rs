//! What a candidate does with the proctor, and breaks: below the questions, so that nothing stands between them.

use leptos::prelude::*;
use sitting::Event;

use crate::{
    candidate::{Session, session::Aside},
    catalogue::text,
};

/// Break, codes, check-in.
#[component]
pub(super) fn Menu(session: Session) -> impl IntoView {
    view! {
        <nav class="exam-menu" aria-label=text("menu-label")>
            <Show when=move || session.breaks.get() && !session.paused.get()>
                <button type="button" class="quiet" on:click=move |_| session.record(Event::Paused {})>
                    {text("break-take")}
                </button>
            </Show>
            <button type="button" class="quiet" on:click=move |_| session.aside.set(Some(Aside::Codes))>
                {text("codes-title")}
            </button>
            <button type="button" class="quiet" on:click=move |_| session.aside.set(Some(Aside::CheckIn))>
                {text("check-in-title")}
            </button>
        </nav>
    }
}
