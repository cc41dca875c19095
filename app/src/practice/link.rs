//! The way to this page from the first page of an exam.

use leptos::{prelude::*, task::spawn_local};

use super::{PATH, set};
use crate::catalogue::text;

/// A link where there is something to practise with: a set that is kept here, or one of a server that was `reached`.
#[component]
pub(crate) fn PracticeLink(#[prop(into)] reached: Signal<bool>) -> impl IntoView {
    let offered = RwSignal::new(false);
    Effect::new(move |_| {
        let reached = reached.get();
        spawn_local(async move {
            if set::is_kept().await || (reached && set::is_offered().await) {
                offered.try_set(true);
            }
        });
    });
    view! {
        <Show when=move || offered.get()>
            <section class="part" aria-labelledby="practice-link-title">
                <h2 id="practice-link-title">{text("practice-title")}</h2>
                <p>{text("practice-link")}</p>
                <p><a href=PATH>{text("practice-link-go")}</a></p>
            </section>
        </Show>
    }
}
