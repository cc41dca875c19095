//! The open book of an exam (docs/OPEN-BOOK.md): brought to this computer with the package, kept in the browser's cache, held to
//! the hash that the manifest names, and opened within the exam's page.

mod entry;
mod panel;
mod reading;

use std::rc::Rc;

use item::{Index, OpenBook};
use leptos::{prelude::*, task::spawn_local};
use signing::digest::sha256_hex;
use sitting::BookFacts;

pub(super) use panel::BookButton;

use super::App;
use crate::{
    catalogue::text,
    platform::{cache, fetch, json},
};

/// Apart from the app's own copies: a book outlives a build.
const CACHE: &str = "invigil-open-book";

/// A book that is read, ready for searching.
pub(super) struct Book {
    sha256: String,
    document: OpenBook,
    index: Index,
}

fn address(sha256: &str) -> String {
    format!("/api/v1/open-book/{sha256}")
}

/// Reads a book's document; `None` if it is none of this version.
fn read(bytes: &[u8]) -> Option<OpenBook> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= OpenBook::MAX_BYTES)?;
    let book: OpenBook = json::read(text)?;
    (book.format == OpenBook::FORMAT && book.version == OpenBook::VERSION).then_some(book)
}

/// Whether bytes say that they are a book's document.
pub(super) fn is_likely(bytes: &[u8]) -> bool {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= OpenBook::MAX_BYTES);
    let format = text.and_then(json::read::<serde_json::Value>);
    format.is_some_and(|value| value["format"] == OpenBook::FORMAT)
}

/// Has the book of the package on this computer brought here whenever a package comes, or a server is reached.
pub(super) fn bring_along(app: App) {
    Effect::new(move |_| {
        app.reached.track();
        let named = app.package.with(|manifest| manifest.as_ref().and_then(|manifest| manifest.open_book.clone()));
        if let Some(facts) = named {
            spawn_local(async move {
                find(app, &facts).await;
            });
        }
    });
}

/// The book that a manifest names: from memory, from this computer, else from the server. Nothing counts that has another
/// hash.
pub(super) async fn find(app: App, facts: &BookFacts) -> Option<Rc<Book>> {
    if let Some(book) = app.book.get_value().filter(|book| book.sha256 == facts.sha256) {
        return Some(book);
    }
    let address = address(&facts.sha256);
    if let Some(kept) = cache::kept(CACHE, &address).await.filter(|kept| facts.is_of(kept)) {
        return take(app, facts, &kept);
    }
    let fetched = fetch::get_bytes(&address, None).await.ok().filter(|fetched| facts.is_of(fetched))?;
    // In a browser that keeps none it is there as long as the page is.
    cache::keep(CACHE, &address, &fetched).await;
    take(app, facts, &fetched)
}

fn take(app: App, facts: &BookFacts, bytes: &[u8]) -> Option<Rc<Book>> {
    let document = read(bytes)?;
    let book = Rc::new(Book { sha256: facts.sha256.clone(), index: Index::of(&document), document });
    app.book.try_set_value(Some(book.clone()));
    Some(book)
}

/// Keeps a book that came as a file; in words what is wrong with it. Without a package here it is kept for the one that comes.
pub(super) async fn take_in(app: App, bytes: &[u8]) -> Result<(), String> {
    if read(bytes).is_none() {
        return Err(text("book-unreadable"));
    }
    let package = app.package.get_untracked();
    let named = package.as_ref().and_then(|manifest| manifest.open_book.clone());
    if package.is_some() && !named.as_ref().is_some_and(|facts| facts.is_of(bytes)) {
        return Err(text("book-other"));
    }
    let kept = cache::keep(CACHE, &address(&sha256_hex(bytes)), bytes).await;
    match named.and_then(|facts| take(app, &facts, bytes)) {
        Some(_) => Ok(()),
        None if kept => Ok(()),
        None => Err(text("book-not-kept")),
    }
}
