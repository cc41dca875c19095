//! What is shown in place of the book while it is not here.

use leptos::{prelude::*, task::spawn_local};
use web_sys::File;

use super::take_in;
use crate::{
    candidate::{App, arrival},
    catalogue::text,
    platform::files,
    widgets::{Alert, FileDrop},
};

/// Ways to the book: from the server, or from a file. It stays while the book is looked for again, and so does the focus.
#[component]
pub(super) fn Missing(
    /// Takes a file in.
    app: App,
    /// Whether it is being looked for.
    busy: Signal<bool>,
    /// Looks for it again.
    look: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let message = RwSignal::new(None::<String>);
    let take = move |file: File| {
        message.set(None);
        spawn_local(async move {
            let taken = match files::read(&file, arrival::file_limit()).await {
                Some(bytes) => take_in(app, &bytes).await,
                None => Err(text("file-unreadable")),
            };
            match taken {
                Ok(()) => look(),
                Err(words) => {
                    message.try_set(Some(words));
                }
            }
        });
    };
    view! {
        <div class="actions">
            <button
                type="button"
                class="primary"
                aria-disabled=move || busy.get().then_some("true")
                on:click=move |_| look()
            >
                {move || text(if busy.get() { "checking" } else { "try-again" })}
            </button>
        </div>
        <FileDrop id="book-file" label=text("book-file-label") hint=text("book-file-hint")
            accept=".invigil-open-book" on_file=take/>
        <Alert message=message.into()/>
    }
}
