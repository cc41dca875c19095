//! Searching an open book, whatever the case and the accents.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use super::{BookPlace, OpenBook};

/// The most characters of what is searched for that count.
const MOST_CHARS: usize = 100;

/// A book made ready for searching.
#[derive(Clone, Debug)]
pub struct Index(Vec<Entry>);

#[derive(Clone, Debug)]
struct Entry {
    place: BookPlace,
    /// Title and other names; the title first.
    names: Vec<String>,
    text: String,
}

impl Index {
    /// Makes a book ready.
    pub fn of(book: &OpenBook) -> Self {
        let entries = book.sections.iter().enumerate().flat_map(|(section, of)| {
            of.entries.iter().enumerate().map(move |(at, entry)| {
                let names = std::iter::once(&entry.title).chain(&entry.also).map(|name| folded(name)).collect();
                Entry { place: (section, at), names, text: folded(&entry.text.plain()) }
            })
        });
        Self(entries.collect())
    }

    /// The entries in which every word of a query stands, also within another word, at most so many: first those that are
    /// called so, then those whose title has the words, those of which another name has, and those whose text has; in the
    /// order of the book. Nothing matches a query without letters and digits.
    pub fn find(&self, query: &str, most: usize) -> Vec<BookPlace> {
        let query = folded(&query.chars().take(MOST_CHARS).collect::<String>());
        let words: Vec<&str> = query.split(' ').filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<_> =
            self.0.iter().filter_map(|entry| Some((entry.rank(&query, &words)?, entry.place))).collect();
        found.sort();
        found.into_iter().take(most).map(|(_, place)| place).collect()
    }
}

impl Entry {
    /// How good a match it is, the best being 0.
    fn rank(&self, query: &str, words: &[&str]) -> Option<u32> {
        let has_all = |text: &String| words.iter().all(|word| text.contains(word));
        let title = self.names.first()?;
        if self.names.iter().any(|name| name == query) {
            Some(if title == query { 0 } else { 1 })
        } else if has_all(title) {
            Some(if title.starts_with(query) { 2 } else { 3 })
        } else if self.names.iter().any(has_all) {
            Some(4)
        } else {
            // Some words may stand in the names, others in the text.
            let anywhere = |word: &&str| self.text.contains(word) || self.names.iter().any(|name| name.contains(word));
            words.iter().all(anywhere).then_some(5)
        }
    }
}

/// A text without case and accents; what is neither letter nor digit is a blank, and blanks are single.
fn folded(text: &str) -> String {
    let plain = text.nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase);
    let mut folded = String::new();
    for c in plain {
        match c {
            'ß' => folded.push_str("ss"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            c if c.is_alphanumeric() => folded.push(c),
            _ if folded.is_empty() || folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, BookEntry, BookSection, Direction, Inline, RichText};

    fn entry(title: &str, also: &[&str], text: &str) -> BookEntry {
        let content = vec![Inline::Text { text: text.into() }];
        BookEntry {
            id: title.to_lowercase().replace(' ', "-"),
            title: title.into(),
            also: also.iter().map(|&name| name.to_owned()).collect(),
            see: Vec::new(),
            text: RichText(vec![Block::Paragraph { content }]),
            sources: Vec::new(),
        }
    }

    fn book() -> OpenBook {
        let entries = vec![
            entry("Model stealing", &["extraction"], "Related to membership inference."),
            entry("Membership inference", &["MIA"], "Was a record in the training data?"),
            entry("Défense", &[], "Über die Maßnahmen: «AML.T0051»."),
            entry("Attack against membership inference tests", &[], "—"),
        ];
        let section = BookSection { id: "glossary".into(), title: "Glossary".into(), lang: None, dir: None, entries };
        OpenBook {
            format: OpenBook::FORMAT.into(),
            version: 1,
            title: "Book".into(),
            lang: "en".into(),
            dir: Direction::Ltr,
            sections: vec![section],
        }
    }

    fn found(query: &str) -> Vec<usize> {
        Index::of(&book()).find(query, 10).into_iter().map(|(_, entry)| entry).collect()
    }

    #[test]
    fn titles_come_before_other_names_and_these_before_texts() {
        assert_eq!(found("membership inference"), [1, 3, 0]);
        assert_eq!(found("Inference, MEMBERSHIP!"), [1, 3, 0]);
        assert_eq!(found("mia"), [1]);
        assert_eq!(found("extract"), [0]);
        assert_eq!(found("record mia"), [1]);
    }

    #[test]
    fn case_accents_and_signs_do_not_matter() {
        assert_eq!(found("DEFENSE"), [2]);
        assert_eq!(found("uber die massnahmen"), [2]);
        assert_eq!(found("aml t0051"), [2]);
        assert_eq!(found("T0051"), [2]);
    }

    #[test]
    fn nothing_matches_nothing_and_the_list_is_bounded() {
        for nothing in ["", "  ", "—«»", "no such word", "membership zzz"] {
            assert_eq!(found(nothing), [0_usize; 0], "{nothing:?}");
        }
        assert_eq!(Index::of(&book()).find("e", 2).len(), 2);
        assert_eq!(found(&"x".repeat(100_000)), [0_usize; 0]);
    }

    #[test]
    fn a_section_has_the_language_of_the_book_unless_it_says_another() {
        let mut book = book();
        assert_eq!((book.language(0), book.language(9)), (("en", Direction::Ltr), ("en", Direction::Ltr)));
        book.sections[0].lang = Some("ar".into());
        book.sections[0].dir = Some(Direction::Rtl);
        assert_eq!((book.language(0), book.language(9)), (("ar", Direction::Rtl), ("en", Direction::Ltr)));
    }

    #[test]
    fn a_reference_leads_to_its_entry() {
        let book = book();
        let place = book.find("glossary/membership-inference").unwrap();
        assert_eq!(book.entry(place).unwrap().title, "Membership inference");
        for nowhere in ["glossary/nothing", "other/membership-inference", "glossary", ""] {
            assert_eq!(book.find(nowhere), None, "{nowhere:?}");
        }
    }
}
