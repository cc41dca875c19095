//! An open book from its files (docs/OPEN-BOOK.md): one section a file, every fault of every file reported.

use std::collections::BTreeSet;

use item::{BookEntry, BookSection, BookSource, Direction, OpenBook};

use super::{
    fields::Fields,
    finding::{Code, Finding},
    images::Images,
    load::{SourceFile, report, with_text},
    read::parse,
    source::Source,
};
use crate::canonical::canonical_json;

/// The most files of a book, images included.
const MOST_FILES: usize = 200;
/// The most entries of a section.
const MOST_ENTRIES: usize = 2_000;
/// The most other names of an entry, and the most references.
const MOST_NAMES: usize = 30;
/// The most characters of a title or name.
const MOST_CHARS: usize = 200;

/// The most characters of a language's tag (RFC 5646, section 4.4.1).
const MOST_LANGUAGE: usize = 35;
/// The language of a book that does not say, as of items.
const ENGLISH: &str = "en";

/// A reference of an entry, to be looked up once all sections are read.
struct Reference {
    to: String,
    file: String,
    line: u32,
}

/// What the file that names the book says of the whole book.
#[derive(Clone)]
struct Head {
    title: String,
    lang: String,
    dir: Direction,
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    heads: Vec<Head>,
    sections: Vec<BookSection>,
    references: Vec<Reference>,
}

/// Reads a book: `*.toml` in the order of their names, and the images that their texts show, `images/*`. Every fault is listed,
/// by file and line; with one that is an error there is no book.
pub fn read(files: &[SourceFile]) -> (Option<OpenBook>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut files: Vec<&SourceFile> = files.iter().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    if files.len() > MOST_FILES {
        let (message, help) = (format!("the book has {} files", files.len()), format!("at most {MOST_FILES} are read"));
        report(".", &mut findings, |source| source.report(0, Code::TooManyFiles, message, help));
        files.truncate(MOST_FILES);
    }
    let mut images = Images::default();
    for file in files.iter().filter(|file| Images::is_one(&file.path)) {
        report(&file.path, &mut findings, |source| images.read(file, source));
    }
    let (mut reading, mut sections) = (Reading::default(), 0);
    for file in files.iter().filter(|file| file.path.ends_with(".toml")) {
        if file.path.contains('/') {
            let help = "sections lie beside one another";
            report(&file.path, &mut findings, |s| s.report(0, Code::UnexpectedFile, "no section belongs here", help));
        } else {
            sections += 1;
            with_text(file, &images, &mut findings, |source| section(source, &mut reading));
        }
    }
    // What stands in a section that could not be read is not missing.
    let whole = reading.sections.len() == sections;
    let Reading { heads, sections, references } = reading;
    let titles = heads.len();
    let head = heads.into_iter().next();
    let Head { title, lang, dir } =
        head.unwrap_or_else(|| Head { title: String::new(), lang: ENGLISH.into(), dir: Direction::Ltr });
    let book = OpenBook { format: OpenBook::FORMAT.into(), version: OpenBook::VERSION, title, lang, dir, sections };
    if titles > 1 || (titles == 0 && whole) {
        let (message, help) = (format!("{titles} files say what the book is called"), "have one say `book = …`");
        report(".", &mut findings, |source| source.report(0, Code::BookTitle, message, help));
    }
    for Reference { to, file, line } in
        references.into_iter().filter(|reference| whole && book.find(&reference.to).is_none())
    {
        let help = "name an entry as `section/entry`, by their ids";
        let message = format!("there is no entry {to:?}");
        report(&file, &mut findings, |source| source.report_line(line, Code::UnknownEntry, message, help));
    }
    // Every device refuses a longer one: better nobody is told of it than somebody cannot open it.
    let length = canonical_json(&book).len();
    if length > OpenBook::MAX_BYTES {
        let message = format!("the book's document has {length} bytes, images included");
        let help =
            format!("at most {} are read: use fewer or smaller images, or leave entries out", OpenBook::MAX_BYTES);
        report(".", &mut findings, |source| source.report(0, Code::BookLength, message, help));
    }
    findings.sort();
    ((!findings.iter().any(Finding::is_error)).then_some(book), findings)
}

fn section(source: &Source<'_>, reading: &mut Reading) {
    let Some(root) = parse(source) else { return };
    let known = ["format", "version", "book", "lang", "dir", "id", "title", "entry"];
    let fields = Fields::new(source, &root, 0, "a section", &known);
    fields.check_header(OpenBook::FORMAT, OpenBook::VERSION);
    // Beside the book's name they are the whole book's, elsewhere the section's own.
    let mut lang = language(&fields);
    let mut dir = if fields.has("dir") { fields.named::<Direction>("dir") } else { None };
    if let Some((title, span)) = fields.optional_text("book") {
        check_length(source, span.start, "book", title);
        let (lang, dir) = (lang.take().unwrap_or_else(|| ENGLISH.into()), dir.take().unwrap_or_default());
        reading.heads.push(Head { title: title.to_owned(), lang, dir });
    }
    let taken = reading.sections.iter().map(|section| section.id.clone()).collect();
    let id = id(&fields, &taken);
    let title = title_of(&fields, "title");
    let mut tables = fields.tables("entry", "an entry", &["id", "title", "also", "see", "text", "source"]);
    if tables.len() > MOST_ENTRIES {
        let (message, help) =
            (format!("the section has {} entries", tables.len()), format!("at most {MOST_ENTRIES} are read"));
        source.report(tables[MOST_ENTRIES].offset(), Code::TooManyFiles, message, help);
        tables.truncate(MOST_ENTRIES);
    }
    let mut ids = BTreeSet::new();
    let mut entries = Vec::new();
    for table in &tables {
        if let Some(entry) = entry(table, &ids, reading) {
            ids.insert(entry.id.clone());
            entries.push(entry);
        }
    }
    // A section at fault is known all the same, so that one fault does not raise others.
    if let Some(id) = id {
        reading.sections.push(BookSection { id, title: title.unwrap_or_default(), lang, dir, entries });
    }
}

fn entry(fields: &Fields<'_>, taken: &BTreeSet<String>, reading: &mut Reading) -> Option<BookEntry> {
    let source = fields.source();
    let (id, title, text) = (id(fields, taken), title_of(fields, "title"), fields.markup("text"));
    let also: Vec<String> = names(fields, "also").into_iter().map(|(name, _)| name).collect();
    let mut see = Vec::new();
    for (to, at) in names(fields, "see") {
        reading.references.push(Reference { to: to.clone(), file: source.path.to_owned(), line: source.line(at) });
        see.push(to);
    }
    let tables = fields.tables("source", "a source", &["source", "edition"]);
    let sources = tables.iter().filter_map(|table| {
        let (source, edition) = (title_of(table, "source"), title_of(table, "edition"));
        Some(BookSource { source: source?, edition: edition? })
    });
    let sources = sources.collect();
    // Without a text it can still be referred to.
    Some(BookEntry { id: id?, title: title.unwrap_or_default(), also, see, text: text.unwrap_or_default(), sources })
}

/// An id, checked, that does not stand already.
fn id(fields: &Fields<'_>, taken: &BTreeSet<String>) -> Option<String> {
    let (id, span) = fields.text("id")?;
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if id.len() > 64 || !id.bytes().all(allowed) {
        let help = "use up to 64 of a-z, 0-9 and the hyphen";
        fields.source().report(span.start, Code::BadId, format!("{id:?} is no id"), help);
    }
    if taken.contains(id) {
        let message = format!("the id {id:?} stands already");
        fields.source().report(
            span.start,
            Code::DuplicateId,
            message,
            "give each section, and each entry of it, its own",
        );
    }
    Some(id.to_owned())
}

/// The tag of a language.
fn language(fields: &Fields<'_>) -> Option<String> {
    let (lang, span) = fields.optional_text("lang")?;
    // RFC 5646, section 2.1, as far as its shape goes.
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let begins =
        lang.split('-').next().is_some_and(|first| first.len() > 1 && first.bytes().all(|b| b.is_ascii_alphabetic()));
    if lang.len() > MOST_LANGUAGE || !begins || !lang.split('-').all(is_part) {
        let help = "write a BCP 47 tag, such as \"en\" or \"pt-BR\"";
        fields.source().report(span.start, Code::Language, format!("`lang` is {lang:?}"), help);
    }
    Some(lang.to_owned())
}

/// A single line.
fn title_of(fields: &Fields<'_>, key: &str) -> Option<String> {
    let (text, span) = fields.text(key)?;
    check_length(fields.source(), span.start, key, text);
    Some(text.to_owned())
}

/// A list of names, each once.
fn names(fields: &Fields<'_>, key: &str) -> Vec<(String, usize)> {
    let source = fields.source();
    let names = fields.texts(key);
    if names.len() > MOST_NAMES {
        let (message, help) = (format!("`{key}` has {} entries", names.len()), format!("name {MOST_NAMES} at most"));
        source.report(fields.offset_of(key), Code::TextLength, message, help);
    }
    let mut seen = BTreeSet::new();
    for (name, at) in &names {
        check_length(source, *at, key, name);
        if name.trim().is_empty() {
            source.report(*at, Code::EmptyText, format!("`{key}` has an empty name"), "remove it");
        } else if !seen.insert(*name) {
            source.report(*at, Code::DuplicateId, format!("`{key}` has {name:?} twice"), "remove one of them");
        }
    }
    names.into_iter().take(MOST_NAMES).map(|(name, at)| (name.to_owned(), at)).collect()
}

fn check_length(source: &Source<'_>, at: usize, key: &str, text: &str) {
    let count = text.chars().count();
    if count > MOST_CHARS || text.contains('\n') {
        let help = format!("write one line of at most {MOST_CHARS} characters");
        source.report(at, Code::TextLength, format!("`{key}` has {count} characters"), help);
    }
}
