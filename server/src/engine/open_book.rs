//! Open books: which one packages name, and their documents (docs/OPEN-BOOK.md).

use api::ProblemCode;
use item::OpenBook;
use question_bank::{Scheme, canonical};
use sitting::BookFacts;

use super::{Engine, manifest};
use crate::{data::DataError, failure::Failure};

impl Engine {
    /// From now on, packages of open-book exams name this book; its document is kept before any of them can.
    ///
    /// # Errors
    /// If it cannot be kept.
    pub fn with_open_book(mut self, book: Option<&OpenBook>) -> Result<Self, DataError> {
        self.open_book = book.map(|book| self.keep_book(book)).transpose()?;
        Ok(self)
    }

    fn keep_book(&self, book: &OpenBook) -> Result<BookFacts, DataError> {
        let document = canonical::canonical_json(book);
        let sha256 = canonical::sha256_hex(&document);
        self.books.keep(&sha256, &document)?;
        Ok(BookFacts { title: book.title.clone(), sha256, bytes: document.len() as u64 })
    }

    /// The book of an exam by this scheme: none where it is closed book.
    pub(super) fn book_for(&self, scheme: &Scheme) -> Option<BookFacts> {
        self.open_book.clone().filter(|_| scheme.exam.open_book.value)
    }

    /// A book's document.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`]; a fault if it is damaged.
    pub fn open_book(&self, sha256: &str) -> Result<Vec<u8>, Failure> {
        let none = || Failure::new(ProblemCode::NotFound, "there is no open book with this hash here");
        self.books.get(sha256).map_err(|error| Failure::fault(error.to_string()))?.ok_or_else(none)
    }

    /// The books that packages of a sitting name, each once.
    ///
    /// # Errors
    /// A fault if the sitting cannot be read.
    pub async fn books_of(&self, sitting: &str) -> Result<Vec<BookFacts>, Failure> {
        let mut books: Vec<BookFacts> = Vec::new();
        for attempt in self.store.roster(&self.tenant, sitting).await? {
            if let Some(book) = manifest(&attempt)?.open_book.filter(|book| !books.contains(book)) {
                books.push(book);
            }
        }
        Ok(books)
    }
}
