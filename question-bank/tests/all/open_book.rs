//! The open book as text files: that of the demonstration is sound, and every fault is found where it is.

use item::{Direction, Index, OpenBook};
use question_bank::{Code, SourceFile, bank::read_open_book, canonical::canonical_json};

use crate::fixture::content;

const HEAD: &str = "format = \"invigil-open-book\"\nversion = 1\n";

fn entry(id: &str, more: &str) -> String {
    format!("\n[[entry]]\nid = \"{id}\"\ntitle = \"About {id}\"\n{more}text = \"\"\"\nSome *words* on it.\n\"\"\"\n")
}

fn first(more: &str) -> SourceFile {
    SourceFile::new("01-first.toml", format!("{HEAD}book = \"Book\"\nid = \"first\"\ntitle = \"First\"\n{more}"))
}

fn second(more: &str) -> SourceFile {
    SourceFile::new("02-second.toml", format!("{HEAD}id = \"second\"\ntitle = \"Second\"\n{more}"))
}

/// Codes with file and line.
fn faults(files: &[SourceFile]) -> Vec<(Code, String, u32)> {
    let (book, findings) = read_open_book(files);
    assert_eq!(book.is_none(), findings.iter().any(question_bank::Finding::is_error));
    findings.into_iter().map(|finding| (finding.code, finding.file, finding.line)).collect()
}

#[test]
fn the_book_of_the_demonstration_is_sound_and_every_reference_leads_somewhere() {
    let (book, findings) = read_open_book(&content("caisp-open-book"));
    assert_eq!(findings, []);
    let book = book.unwrap();
    let entries: usize = book.sections.iter().map(|section| section.entries.len()).sum();
    assert_eq!((book.title.as_str(), book.sections.len(), entries), ("CAISP open book", 5, 389));
    let references = book.sections.iter().flat_map(|section| &section.entries).flat_map(|entry| &entry.see);
    assert!(references.clone().count() > 300 && references.into_iter().all(|name| book.find(name).is_some()));
    let document = canonical_json(&book);
    assert!(document.len() < OpenBook::MAX_BYTES / 4, "{} bytes", document.len());
    assert_eq!(serde_json::from_slice::<OpenBook>(&document).unwrap(), book);
    let found = Index::of(&book).find("membership inference", 5);
    assert!(book.entry(found[0]).unwrap().title.to_lowercase().contains("membership inference"));
}

#[test]
fn sections_and_references_are_read_in_the_order_of_the_files() {
    let files = [second(&entry("b", "see = [\"first/a\"]\nalso = [\"B.\"]\n")), first(&entry("a", ""))];
    let (book, findings) = read_open_book(&files);
    assert_eq!(findings, []);
    let book = book.unwrap();
    assert_eq!((book.sections[0].id.as_str(), book.sections[1].id.as_str()), ("first", "second"));
    let entry = &book.sections[1].entries[0];
    assert_eq!((book.find(&entry.see[0]), entry.also.as_slice()), (Some((0, 0)), &["B.".to_owned()][..]));
}

#[test]
fn every_fault_is_found_with_its_line() {
    let at = |code, line| vec![(code, "01-first.toml".to_owned(), line)];
    let of = |more: &str| faults(&[first(more)]);
    assert_eq!(of(&entry("a", "")), []);
    assert_eq!(of(&[entry("a", ""), entry("a", "")].concat()), at(Code::DuplicateId, 15));
    assert_eq!(of(&entry("A b", "")), at(Code::BadId, 8));
    assert_eq!(of(&entry("a", "see = [\"first/b\"]\n")), at(Code::UnknownEntry, 10));
    assert_eq!(of(&entry("a", "see = [\"a\"]\n")), at(Code::UnknownEntry, 10));
    assert_eq!(of(&entry("a", "colour = \"red\"\n")), at(Code::UnknownField, 10));
    assert_eq!(of(&entry("a", "also = [\"x\", \"x\"]\n")), at(Code::DuplicateId, 10));
    assert_eq!(of(&entry("a", &format!("also = [\"{}\"]\n", "x".repeat(201)))), at(Code::TextLength, 10));
    assert_eq!(of(&entry("a", "").replace("*words*", "<br>")), at(Code::Markup, 11));
    assert_eq!(of(&entry("a", "").replace("title = \"About a\"\n", "")), at(Code::MissingField, 7));
    assert_eq!(
        of(&entry("a", "[[entry.source]]\nsource = \"S\"\n")).first().map(|fault| fault.0),
        Some(Code::MissingField)
    );
    assert_eq!(of("rubbish"), at(Code::Syntax, 6));
}

#[test]
fn faults_between_files_are_found() {
    let twice = SourceFile::new(
        "02-second.toml",
        String::from_utf8(first("").content).unwrap().replace("book = \"Book\"\n", ""),
    );
    assert_eq!(faults(&[first(""), twice]), [(Code::DuplicateId, "02-second.toml".into(), 3)]);
    assert_eq!(faults(&[second("")]), [(Code::BookTitle, ".".into(), 1)]);
    assert_eq!(faults(&[]), [(Code::BookTitle, ".".into(), 1)]);
    let old = SourceFile::new(
        "03.toml",
        String::from_utf8(second("").content).unwrap().replace("version = 1", "version = 2"),
    );
    assert_eq!(faults(&[first(""), old]), [(Code::UnsupportedFormat, "03.toml".into(), 2)]);
    let many: Vec<_> = (0..201).map(|at| SourceFile::new(format!("{at:03}.txt"), "")).collect();
    assert!(faults(&many).iter().any(|fault| fault.0 == Code::TooManyFiles));
}

#[test]
fn a_book_that_no_device_would_take_is_at_fault() {
    // Twenty files of a size that is read, together longer than a document may be.
    let long = format!("\n[[entry]]\nid = \"a\"\ntitle = \"A\"\ntext = \"{}\"\n", "word ".repeat(45_000));
    let file = |at: u32| {
        let name = if at == 0 { "book = \"Book\"\n" } else { "" };
        let text = format!("{HEAD}{name}id = \"s{at}\"\ntitle = \"S\"\n{long}");
        SourceFile::new(format!("{at:02}.toml"), text)
    };
    let files: Vec<_> = (0..18).map(file).collect();
    assert_eq!(faults(&files), []);
    let (book, _) = read_open_book(&files);
    assert!(canonical_json(&book.unwrap()).len() <= OpenBook::MAX_BYTES);
    let files: Vec<_> = (0..20).map(file).collect();
    assert_eq!(faults(&files), [(Code::BookLength, ".".into(), 1)]);
}

#[test]
fn language_and_direction_stand_beside_the_name_of_the_book_or_are_a_sections_own() {
    let with = |head: &str| {
        vec![first(""), second("")]
            .into_iter()
            .map(|file| {
                let text = String::from_utf8(file.content).unwrap();
                let text = if file.path.starts_with("01") {
                    text.replace("id =", "lang = \"ar\"\ndir = \"rtl\"\nid =")
                } else {
                    text.replace("id =", &format!("{head}id ="))
                };
                SourceFile::new(file.path, text)
            })
            .collect::<Vec<_>>()
    };
    let (book, findings) = read_open_book(&with("lang = \"pt-BR\"\ndir = \"ltr\"\n"));
    assert_eq!(findings, []);
    let book = book.unwrap();
    assert_eq!((book.lang.as_str(), book.dir), ("ar", Direction::Rtl));
    assert_eq!((book.language(0), book.language(1)), (("ar", Direction::Rtl), ("pt-BR", Direction::Ltr)));
    let (book, _) = read_open_book(&with(""));
    assert_eq!(book.unwrap().language(1), ("ar", Direction::Rtl));
    let (english, _) = read_open_book(&[first("")]);
    assert_eq!(english.unwrap().language(0), ("en", Direction::Ltr));
    assert_eq!(faults(&with("dir = \"up\"\n")), [(Code::UnknownValue, "02-second.toml".into(), 3)]);
    for tag in ["e", "english language", "en_GB", "en-", "1a"] {
        assert_eq!(
            faults(&with(&format!("lang = {tag:?}\n"))),
            [(Code::Language, "02-second.toml".into(), 3)],
            "{tag}"
        );
    }
}
