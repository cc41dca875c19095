//! The way into the book: a button in the exam's header, and a dialog of the browser's own. On a wide page it stands beside the
//! question, and both can be worked with; on a narrow one it lies over the page, which waits. The exam and its clock stay where
//! they are; Escape closes the book, and the focus goes back to the button.

use std::rc::Rc;

use item::BookPlace;
use leptos::{
    ev::{self, KeyboardEvent},
    html,
    prelude::*,
    task::spawn_local,
};
use sitting::BookFacts;

use super::{Book, find, missing::Missing, reading::Reading};
use crate::{
    candidate::{
        Session,
        save_state::SaveState,
        timer::{TimeInDoubt, Timer},
    },
    catalogue::{text, text_with},
    platform::{focus, window},
    widgets::{Alert, Busy},
};

/// The id of the field that is searched with.
pub(super) const SEARCH: &str = "book-search";
const TITLE: &str = "book-title";
/// From this width on there is room for a question and the book beside it; as in `styles/book.css`.
const WIDE: &str = "(min-width: 70rem)";

/// What is shown of the book; it stays when the book is closed and opened again.
#[derive(Clone, Copy)]
pub(super) struct Where {
    /// What is searched for.
    pub(super) query: RwSignal<String>,
    /// The entries that led here, the one that is shown last.
    pub(super) trail: RwSignal<Vec<BookPlace>>,
    /// The book with the documents of the exam, once it was opened.
    book: RwSignal<Option<Rc<Book>>, LocalStorage>,
}

impl Where {
    fn focus(self) {
        focus::by_id(if self.trail.with_untracked(Vec::is_empty) { SEARCH } else { super::entry::TITLE });
    }
}

fn is_wide() -> bool {
    window().match_media(WIDE).ok().flatten().is_some_and(|query| query.matches())
}

/// The button and the book; nothing where the exam gives no book along.
#[component]
pub(in crate::candidate) fn BookButton(session: Session) -> impl IntoView {
    let Some(facts) = session.with(|sitting| sitting.manifest().open_book.clone()).flatten() else {
        return ().into_any();
    };
    let dialog: NodeRef<html::Dialog> = NodeRef::new();
    let (open, over) = (RwSignal::new(false), RwSignal::new(false));
    let place = Where {
        query: RwSignal::new(String::new()),
        trail: RwSignal::new(Vec::new()),
        book: RwSignal::new_local(None),
    };
    let show = move || {
        let Some(dialog) = dialog.get_untracked() else { return };
        open.set(true);
        over.set(!is_wide());
        // Already open it cannot be opened in the other way.
        if dialog.open() {
            dialog.close();
        }
        if over.get_untracked() {
            let _ = dialog.show_modal();
        } else {
            dialog.show();
        }
        place.focus();
    };
    let pressed = move |_| {
        // Beside the question the button can still be reached, and leads over to the book.
        if open.get_untracked() { place.focus() } else { show() }
    };
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let closed = move |_| {
        // It may have been opened again in the other way since.
        if dialog.get_untracked().is_none_or(|dialog| !dialog.open()) {
            open.set(false);
        }
    };
    let key = move |event: KeyboardEvent| {
        // Over the page the browser does it by itself.
        if event.key() == "Escape" && !over.get_untracked() {
            event.prevent_default();
            close();
        }
    };
    // A window that grew or shrank, or was zoomed.
    let resized = window_event_listener(ev::resize, move |_| {
        if open.get_untracked() && over.get_untracked() == is_wide() {
            show();
        }
    });
    on_cleanup(move || resized.remove());
    // While the clock stands, nothing of the exam is to be worked with.
    Effect::new(move |_| {
        if session.paused.get() {
            close();
        }
    });
    let title = facts.title.clone();
    let language = move || place.book.with(|book| book.as_ref().map(|book| book.document.lang.clone()));
    let direction = move || place.book.with(|book| book.as_ref().map(|book| book.document.dir.as_str()));
    view! {
        <Show when=move || !session.paused.get()>
            <button
                type="button"
                class="quiet book-button"
                aria-haspopup="dialog"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                on:click=pressed
            >
                {text("book-open")}
            </button>
        </Show>
        <dialog
            node_ref=dialog
            class="book"
            class:beside=move || !over.get()
            aria-labelledby=TITLE
            on:close=closed
            on:keydown=key
        >
            {move || open.get().then(|| view! {
                // No banner: beside the question, the page's own is there as well.
                <div class="book-header">
                    <h2 id=TITLE lang=language dir=direction>{title.clone()}</h2>
                    // What stands in the exam's header cannot be seen or heard under a dialog that lies over it.
                    {move || over.get().then(|| view! { <Timer session/> })}
                    <button type="button" on:click=move |_| close()>{text("book-close")}</button>
                    {move || over.get().then(|| view! { <SaveState session/> })}
                </div>
                {move || over.get().then(|| view! { <TimeInDoubt session/> })}
                <Opened session facts=facts.clone() place/>
            })}
        </dialog>
    }
    .into_any()
}

/// The book, once it is found.
#[component]
fn Opened(session: Session, facts: BookFacts, place: Where) -> impl IntoView {
    let busy = RwSignal::new(false);
    let missing = RwSignal::new(false);
    let message = RwSignal::new(None::<String>);
    let facts = StoredValue::new(facts);
    let look = move || {
        if busy.get_untracked() || place.book.with_untracked(Option::is_some) {
            return;
        }
        busy.set(true);
        message.set(None);
        spawn_local(async move {
            let found = find(session.app, &facts.get_value()).await;
            // It may have been closed meanwhile.
            if busy.try_set(false).is_some() {
                return;
            }
            match found {
                Ok(book) => {
                    let whole = session.form.with_value(|form| book.with_documents(&form.stimuli));
                    place.book.set(Some(Rc::new(whole)));
                    place.focus();
                }
                Err(why) => {
                    missing.set(true);
                    message.set(Some(text_with("book-missing", [("why", why.words().into())])));
                }
            }
        });
    };
    look();
    move || match place.book.get() {
        Some(book) => view! { <Reading book place/> }.into_any(),
        None => view! {
            <div class="book-body">
                <Alert message=message.into()/>
                {move || if missing.get() {
                    view! { <Missing app=session.app busy=busy.into() look/> }.into_any()
                } else {
                    view! { <Busy doing=text("opening")/> }.into_any()
                }}
            </div>
        }
        .into_any(),
    }
}
