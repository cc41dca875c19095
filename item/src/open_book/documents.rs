//! What a candidate's own exam adds to the book, on their computer and nowhere else.

use super::{BookEntry, BookSection, OpenBook};
use crate::Stimulus;

impl OpenBook {
    /// The book with one more section behind the others: the texts that questions of an opened form share, an entry each, in
    /// the order of the form. Without such texts, the book as it is.
    #[must_use]
    pub fn with_documents(&self, title: &str, stimuli: &[Stimulus]) -> Self {
        let mut book = self.clone();
        if stimuli.is_empty() {
            return book;
        }
        let entries = stimuli.iter().map(|stimulus| BookEntry {
            id: stimulus.id.clone(),
            title: stimulus.title.clone(),
            also: Vec::new(),
            see: Vec::new(),
            text: stimulus.content.clone(),
            sources: Vec::new(),
        });
        let entries = entries.collect();
        // References name sections of the book: its own come first wherever one is looked up.
        let id = "documents-of-this-exam".to_owned();
        book.sections.push(BookSection { id, title: title.to_owned(), lang: None, dir: None, entries });
        book
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, Direction, Index, Inline, OpenBook, RichText, Stimulus};

    fn stimulus(id: &str, title: &str, text: &str) -> Stimulus {
        let content = RichText(vec![Block::Paragraph { content: vec![Inline::Text { text: text.into() }] }]);
        Stimulus { id: id.into(), title: title.into(), lang: "en".into(), dir: Direction::Ltr, content }
    }

    #[test]
    fn the_documents_of_an_exam_are_found_like_any_entry_and_the_book_stays_as_it_was() {
        let book = OpenBook {
            format: OpenBook::FORMAT.into(),
            version: OpenBook::VERSION,
            title: "Book".into(),
            lang: "en".into(),
            dir: Direction::Ltr,
            sections: Vec::new(),
        };
        let stimuli = [stimulus("s1", "A claims desk", "It reads e-mail."), stimulus("s2", "A bank", "It lends.")];
        let whole = book.with_documents("Documents of this exam", &stimuli);
        assert_eq!((book.sections.len(), whole.sections.len()), (0, 1));
        assert_eq!(Index::of(&whole).find("e mail", 9), [(0, 0)]);
        assert_eq!(whole.entry((0, 1)).unwrap().title, "A bank");
        assert_eq!(book.with_documents("Documents of this exam", &[]), book);
    }
}
