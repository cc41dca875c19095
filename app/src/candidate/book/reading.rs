//! Searching and reading: a field, what it finds, or the sections.

use std::rc::Rc;

use item::BookPlace;
use leptos::prelude::*;

use super::{
    Book,
    entry::EntryPage,
    panel::{SEARCH, Where},
};
use crate::catalogue::{text, text_with};

/// So many entries are listed at most.
const MOST: usize = 40;

#[component]
pub(super) fn Reading(book: Rc<Book>, place: Where) -> impl IntoView {
    let book = StoredValue::new_local(book);
    let found = Memo::new(move |_| {
        let query = place.query.get();
        book.with_value(|book| (!query.trim().is_empty()).then(|| book.index.find(&query, MOST + 1)))
    });
    let typed = move |event| {
        place.query.set(event_target_value(&event));
        place.trail.set(Vec::new());
    };
    let said = move || {
        // An entry that is open says for itself what it is.
        let found = found.get().filter(|_| place.trail.with(Vec::is_empty))?;
        Some(match found.len() {
            0 => text("book-found-none"),
            n if n > MOST => text_with("book-found-many", [("n", MOST.into())]),
            n => text_with("book-found", [("n", n.into())]),
        })
    };
    view! {
        <div class="book-body">
            <div role="search" class="book-search">
                <label for=SEARCH>{text("book-search")}</label>
                <input
                    id=SEARCH
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    enterkeyhint="search"
                    maxlength="100"
                    prop:value=place.query
                    on:input=typed
                />
                <p class="hint" role="status">{said}</p>
            </div>
            {move || match (place.trail.with(|trail| trail.last().copied()), found.get()) {
                (Some(at), _) => view! { <EntryPage book=book.get_value() at place/> }.into_any(),
                (None, Some(found)) => results(&book.get_value(), place, &found).into_any(),
                (None, None) => sections(&book.get_value(), place).into_any(),
            }}
        </div>
    }
}

/// What was found, with the section that it stands in and its other names.
fn results(book: &Book, place: Where, found: &[BookPlace]) -> impl IntoView {
    let rows = found.iter().take(MOST).filter_map(|&at| {
        let entry = book.document.entry(at)?;
        let section = book.document.sections.get(at.0)?.title.clone();
        let also = entry.also.join(", ");
        let beside = if also.is_empty() { section } else { format!("{section} · {also}") };
        let (lang, dir) = book.language(at);
        Some(view! { <li>{link(book, place, at)?}<span class="hint" lang=lang dir=dir>{beside}</span></li> })
    });
    let rows = rows.collect_view();
    view! { <ul class="book-list">{rows}</ul> }
}

/// The contents: each section with its entries, closed until it is wanted.
fn sections(book: &Book, place: Where) -> impl IntoView {
    let sections = book.document.sections.iter().enumerate().map(|(at, section)| {
        let entries = section.entries.iter().enumerate();
        let rows = entries.filter_map(|(number, _)| Some(view! { <li>{link(book, place, (at, number))?}</li> }));
        let rows = rows.collect_view();
        let count =
            text_with("book-section", [("title", section.title.as_str().into()), ("n", section.entries.len().into())]);
        let (lang, dir) = book.section_language(at).unzip();
        view! {
            <details class="part">
                <summary lang=lang dir=dir>{count}</summary>
                <ul class="book-list">{rows}</ul>
            </details>
        }
    });
    sections.collect_view()
}

/// A button that opens an entry.
pub(super) fn link(book: &Book, place: Where, at: BookPlace) -> Option<impl IntoView + use<>> {
    let title = book.document.entry(at)?.title.clone();
    let (lang, dir) = book.language(at);
    Some(view! {
        <button
            type="button"
            class="book-link"
            lang=lang
            dir=dir
            on:click=move |_| place.trail.update(|trail| trail.push(at))
        >
            {title}
        </button>
    })
}
