//! The way into the book: a button in the exam's header, and a dialog of the browser's own. The page and its clock stay where they
//! are; Escape closes it, and the focus goes back to the button.

use std::rc::Rc;

use item::BookPlace;
use leptos::{html, prelude::*, task::spawn_local};
use sitting::BookFacts;
use web_sys::File;

use super::{Book, find, reading::Reading, take_in};
use crate::{
    candidate::{Session, arrival, timer::Timer},
    catalogue::text,
    platform::{files, focus},
    widgets::{Alert, Busy, FileDrop},
};

/// The id of the field that is searched with.
pub(super) const SEARCH: &str = "book-search";
const TITLE: &str = "book-title";

/// What is shown of the book; it stays when the book is closed and opened again.
#[derive(Clone, Copy)]
pub(super) struct Where {
    /// What is searched for.
    pub(super) query: RwSignal<String>,
    /// The entries that led here, the one that is shown last.
    pub(super) trail: RwSignal<Vec<BookPlace>>,
}

/// The button and the book; nothing where the exam gives no book along.
#[component]
pub(in crate::candidate) fn BookButton(session: Session) -> impl IntoView {
    let Some(facts) = session.with(|sitting| sitting.manifest().open_book.clone()).flatten() else {
        return ().into_any();
    };
    let dialog: NodeRef<html::Dialog> = NodeRef::new();
    let open = RwSignal::new(false);
    let place = Where { query: RwSignal::new(String::new()), trail: RwSignal::new(Vec::new()) };
    let show = move |_| {
        let Some(dialog) = dialog.get_untracked() else { return };
        open.set(true);
        let _ = dialog.show_modal();
        focus::by_id(if place.trail.with_untracked(Vec::is_empty) { SEARCH } else { super::entry::TITLE });
    };
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    // While the clock stands, nothing of the exam is to be worked with.
    Effect::new(move |_| {
        if session.paused.get() {
            close();
        }
    });
    view! {
        <Show when=move || !session.paused.get()>
            <button type="button" class="quiet book-button" aria-haspopup="dialog" on:click=show>{text("book-open")}</button>
        </Show>
        <dialog node_ref=dialog class="book" aria-labelledby=TITLE on:close=move |_| open.set(false)>
            {move || open.get().then(|| view! {
                <header class="book-header">
                    <h2 id=TITLE>{facts.title.clone()}</h2>
                    <Timer session/>
                    <button type="button" on:click=move |_| close()>{text("book-close")}</button>
                </header>
                <Opened session facts=facts.clone() place/>
            })}
        </dialog>
    }
    .into_any()
}

/// The book, once it is found.
#[component]
fn Opened(session: Session, facts: BookFacts, place: Where) -> impl IntoView {
    let book = RwSignal::new_local(None::<Rc<Book>>);
    let looked = RwSignal::new(false);
    let facts = StoredValue::new(facts);
    let look = move || {
        looked.set(false);
        spawn_local(async move {
            let found = find(session.app, &facts.get_value()).await;
            // It may have been closed meanwhile.
            if book.try_set(found).is_none() {
                looked.try_set(true);
                focus_on_search(place);
            }
        });
    };
    look();
    move || match (book.get(), looked.get()) {
        (Some(book), _) => view! { <Reading book place/> }.into_any(),
        (None, false) => view! { <Busy doing=text("opening")/> }.into_any(),
        (None, true) => view! { <Missing session look/> }.into_any(),
    }
}

fn focus_on_search(place: Where) {
    if place.trail.try_with_untracked(Vec::is_empty) == Some(true) {
        focus::by_id(SEARCH);
    }
}

/// The book is not on this computer: from the server, or from a file.
#[component]
fn Missing(session: Session, look: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let message = RwSignal::new(None::<String>);
    let take = move |file: File| {
        message.set(None);
        spawn_local(async move {
            let taken = match files::read(&file, arrival::file_limit()).await {
                Some(bytes) => take_in(session.app, &bytes).await,
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
        <div class="book-body">
            <p class="alert">{text("book-missing")}</p>
            <div class="actions">
                <button type="button" class="primary" on:click=move |_| look()>{text("try-again")}</button>
            </div>
            <FileDrop id="book-file" label=text("book-file-label") hint=text("book-file-hint")
                accept=".invigil-open-book" on_file=take/>
            <Alert message=message.into()/>
        </div>
    }
}
