//! The open book of an exam (docs/OPEN-BOOK.md): brought to this computer with the package, kept in the browser's cache, held to
//! the hash that the manifest names, and opened within the exam's page.

mod entry;
mod missing;
mod panel;
mod presence;
mod reading;
mod why;

use std::rc::Rc;

use item::{BookPlace, Direction, Index, OpenBook, Stimulus};
use leptos::{prelude::*, task::spawn_local};
use signing::digest::sha256_hex;
use sitting::BookFacts;
use wasm_bindgen::JsValue;

pub(super) use panel::BookButton;
pub(super) use presence::{Presence, PresenceNote};
pub(super) use why::Why;

use super::App;
use crate::{
    catalogue::{text, text_with},
    platform::{
        cache,
        fetch::{self, FetchError},
        json, listen, window,
    },
};

/// Apart from the app's own copies: a book outlives a build.
const CACHE: &str = "invigil-open-book";

/// A book that is read, ready for searching.
pub(super) struct Book {
    sha256: String,
    document: OpenBook,
    index: Index,
    /// Languages of the documents of the exam, which are the last section; empty without them.
    documents: Vec<(String, Direction)>,
}

impl Book {
    fn of(sha256: &str, document: OpenBook) -> Self {
        Self { sha256: sha256.to_owned(), index: Index::of(&document), document, documents: Vec::new() }
    }

    /// The book with the texts that questions of the opened form share. They are of this exam: nobody else's book has them.
    fn with_documents(&self, stimuli: &[Stimulus]) -> Self {
        let whole = self.document.with_documents(&text("book-documents"), stimuli);
        let documents = stimuli.iter().map(|stimulus| (stimulus.lang.clone(), stimulus.dir)).collect();
        Self { documents, ..Self::of(&self.sha256, whole) }
    }

    /// Language and direction of an entry's words.
    fn language(&self, (section, entry): BookPlace) -> (String, &'static str) {
        let is_last = section + 1 == self.document.sections.len();
        let (lang, dir) = match self.documents.get(entry).filter(|_| is_last) {
            Some((lang, dir)) => (lang.as_str(), *dir),
            None => self.document.language(section),
        };
        (lang.to_owned(), dir.as_str())
    }

    /// Language and direction of a section's title; none of its own where the page gave it.
    fn section_language(&self, section: usize) -> Option<(String, &'static str)> {
        let is_ours = !self.documents.is_empty() && section + 1 == self.document.sections.len();
        let (lang, dir) = self.document.language(section);
        (!is_ours).then(|| (lang.to_owned(), dir.as_str()))
    }
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

/// Whether bytes, or the name of their file, say that they are a book's document, damaged or too long as they may be.
pub(super) fn is_likely(name: &str, bytes: &[u8]) -> bool {
    // A document in the form of RFC 8785 says what it is before its sections.
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]);
    name.ends_with(".invigil-open-book")
        || head.contains(&format!("\"{}\"", OpenBook::FORMAT)) && !head.contains("\"document\"")
}

/// The book that the package on this computer names.
fn named(app: App) -> Option<BookFacts> {
    app.package.with_untracked(|manifest| manifest.as_ref().and_then(|manifest| manifest.open_book.clone()))
}

/// Has the book of the package on this computer brought here whenever a package comes, a server is reached, or the network
/// comes back.
pub(super) fn bring_along(app: App) {
    Effect::new(move |_| {
        app.reached.track();
        app.package.track();
        bring(app);
    });
    listen(&window(), "online", move |_: JsValue| bring(app));
}

/// Looks for the book of the package on this computer, and says how that came out.
pub(super) fn bring(app: App) {
    let Some(facts) = named(app) else { return app.book_presence.set(Presence::NotNamed) };
    if app.book.with_value(|book| book.as_ref().is_some_and(|book| book.sha256 == facts.sha256)) {
        return app.book_presence.set(Presence::Here);
    }
    app.book_presence.set(Presence::Looking);
    spawn_local(async move {
        // What was found is said by whoever finds it.
        let _ = find(app, &facts).await;
    });
}

/// The book that a manifest names: from memory, from this computer, else from the server. Nothing counts that has another
/// hash.
pub(super) async fn find(app: App, facts: &BookFacts) -> Result<Rc<Book>, Why> {
    let found = look(app, facts).await;
    if named(app).is_some_and(|named| named == *facts) {
        app.book_presence.set(match &found {
            Ok(_) => Presence::Here,
            Err(why) => Presence::Missing(why.clone()),
        });
    }
    found
}

async fn look(app: App, facts: &BookFacts) -> Result<Rc<Book>, Why> {
    if let Some(book) = app.book.get_value().filter(|book| book.sha256 == facts.sha256) {
        return Ok(book);
    }
    let address = address(&facts.sha256);
    let kept = cache::kept(CACHE, &address).await;
    if let Some(kept) = kept.as_ref().filter(|kept| facts.is_of(kept)) {
        return take(app, facts, kept);
    }
    let fetched = fetch::get_bytes(&address, None).await.map_err(|error| match error {
        FetchError::Refused(problem) if problem.status == 404 => Why::None,
        // That something else lies in its place says more than that nobody answers.
        _ => kept.as_ref().map_or(Why::Away, |kept| Why::Other(sha256_hex(kept))),
    })?;
    if !facts.is_of(&fetched) {
        return Err(Why::Other(sha256_hex(&fetched)));
    }
    // In a browser that keeps none it is there as long as the page is.
    cache::keep(CACHE, &address, &fetched).await;
    take(app, facts, &fetched)
}

fn take(app: App, facts: &BookFacts, bytes: &[u8]) -> Result<Rc<Book>, Why> {
    let book = Rc::new(Book::of(&facts.sha256, read(bytes).ok_or(Why::Unreadable)?));
    app.book.try_set_value(Some(book.clone()));
    Ok(book)
}

/// Keeps a book that came as a file; in words what is wrong with it. Without a package here it is kept for the one that comes.
pub(super) async fn take_in(app: App, bytes: &[u8]) -> Result<(), String> {
    if bytes.len() > OpenBook::MAX_BYTES {
        let most = OpenBook::MAX_BYTES / (1024 * 1024);
        return Err(text_with("book-too-long", [("mib", most.into())]));
    }
    if read(bytes).is_none() {
        return Err(text("book-unreadable"));
    }
    let named = named(app);
    let is_named = named.as_ref().is_some_and(|facts| facts.is_of(bytes));
    if app.package.with_untracked(Option::is_some) && !is_named {
        return Err(text("book-other"));
    }
    let kept = cache::keep(CACHE, &address(&sha256_hex(bytes)), bytes).await;
    match named.and_then(|facts| take(app, &facts, bytes).ok()) {
        Some(_) => {
            app.book_presence.set(Presence::Here);
            Ok(())
        }
        None if kept => Ok(()),
        None => Err(text("book-not-kept")),
    }
}
