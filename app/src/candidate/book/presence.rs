//! Whether the book is on this computer, said before anybody goes where there is no network.

use leptos::prelude::*;

use super::{Why, bring};
use crate::{
    candidate::App,
    catalogue::{text, text_with},
};

/// Where the book of the package on this computer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::candidate) enum Presence {
    /// The package names none.
    NotNamed,
    /// It is looked for.
    Looking,
    /// Here, and readable.
    Here,
    /// Not here.
    Missing(Why),
}

/// In words, with a way to look again; nothing where the package names no book.
#[component]
pub(in crate::candidate) fn PresenceNote(app: App) -> impl IntoView {
    // While it is looked for again, the button stays where it is.
    let was_missing = RwSignal::new(false);
    Effect::new(move |_| match app.book_presence.get() {
        Presence::Missing(_) => was_missing.set(true),
        Presence::Here | Presence::NotNamed => was_missing.set(false),
        Presence::Looking => {}
    });
    let is_looking = move || app.book_presence.with(|presence| *presence == Presence::Looking);
    let again = move |_| {
        if !is_looking() {
            bring(app);
        }
    };
    view! {
        <div class="book-presence">
            <div role="status">
                {move || match app.book_presence.get() {
                    Presence::NotNamed => ().into_any(),
                    Presence::Looking => view! { <p class="hint">{text("book-looking")}</p> }.into_any(),
                    Presence::Here => view! { <p class="ready-mark">{text("book-taken-in")}</p> }.into_any(),
                    Presence::Missing(why) => view! {
                        <p class="note">{text_with("book-not-here", [("why", why.words().into())])}</p>
                    }.into_any(),
                }}
            </div>
            <Show when=move || was_missing.get()>
                <div class="actions">
                    <button type="button" aria-disabled=move || is_looking().then_some("true") on:click=again>
                        {text("book-again")}
                    </button>
                </div>
            </Show>
        </div>
    }
}
