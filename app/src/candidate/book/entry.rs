//! One entry of the book.

use std::rc::Rc;

use item::BookPlace;
use leptos::prelude::*;

use super::{
    Book,
    panel::{SEARCH, Where},
    reading::link,
};
use crate::{
    catalogue::{text, text_with},
    platform::focus,
    widgets::rich_text_view,
};

/// The id of an entry's heading, which gets the focus with it.
pub(super) const TITLE: &str = "book-entry";

#[component]
pub(super) fn EntryPage(book: Rc<Book>, at: BookPlace, place: Where) -> impl IntoView {
    let Some(entry) = book.document.entry(at) else { return ().into_any() };
    focus::by_id(TITLE);
    let back = move |_| {
        place.trail.update(|trail| {
            trail.pop();
        });
        if place.trail.with_untracked(Vec::is_empty) {
            focus::by_id(SEARCH);
        }
    };
    let section = book.document.sections.get(at.0).map(|section| section.title.clone());
    let (lang, dir) = book.language(at);
    let (section_lang, section_dir) = book.section_language(at.0).unzip();
    let also = (!entry.also.is_empty()).then(|| text_with("book-also", [("names", entry.also.join(", ").into())]));
    let see = entry.see.iter().filter_map(|name| {
        let to = book.document.find(name)?;
        Some(view! { <li>{link(&book, place, to)?}</li> })
    });
    let see = see.collect::<Vec<_>>();
    let sources = entry.sources.iter().map(|source| format!("{}, {}", source.source, source.edition));
    let sources = sources.collect::<Vec<_>>().join("; ");
    view! {
        <article class="book-entry" aria-labelledby=TITLE>
            <p><button type="button" class="quiet" on:click=back>{text("book-back")}</button></p>
            <p class="kicker" lang=section_lang dir=section_dir>{section}</p>
            <h3 id=TITLE tabindex="-1" lang=lang.clone() dir=dir>{entry.title.clone()}</h3>
            {also.map(|also| view! { <p class="hint">{also}</p> })}
            <div class="stimulus-text" lang=lang.clone() dir=dir>{rich_text_view(&entry.text)}</div>
            {(!see.is_empty()).then(|| view! {
                <h4>{text("book-see")}</h4>
                <ul class="book-list">{see}</ul>
            })}
            {(!sources.is_empty()).then(|| view! { <p class="hint">{text_with("book-sources", [("sources", sources.into())])}</p> })}
        </article>
    }
    .into_any()
}
