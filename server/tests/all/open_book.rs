//! The open book: packages name it by its hash, and whoever has a package gets exactly that one.

use std::{fs, path::Path};

use api::Rehearsal;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use item::{Block, BookEntry, BookSection, Direction, Inline, OpenBook, RichText};
use question_bank::SourceFile;
use sitting::{BookFacts, Package};

use crate::fixture::{Beside, Home, World, bank_files, invigil, place, public_bank};

const SECTION: &str = "format = \"invigil-open-book\"\nversion = 1\nbook = \"Small book\"\nid = \"words\"\ntitle = \"Words\"\n\n\
    [[entry]]\nid = \"word\"\ntitle = \"Word\"\ntext = \"What it *means*.\"\n";

fn book(title: &str) -> OpenBook {
    let content = vec![Inline::Text { text: "What it means.".into() }];
    let entry = BookEntry {
        id: "word".into(),
        title: "Word".into(),
        also: Vec::new(),
        see: Vec::new(),
        text: RichText(vec![Block::Paragraph { content }]),
        sources: Vec::new(),
    };
    let section =
        BookSection { id: "words".into(), title: "Words".into(), lang: None, dir: None, entries: vec![entry] };
    let (format, version) = (OpenBook::FORMAT.into(), OpenBook::VERSION);
    let (lang, dir) = ("en".into(), Direction::Ltr);
    OpenBook { format, version, title: title.into(), lang, dir, sections: vec![section] }
}

fn world(book: &OpenBook) -> World {
    World::new().with(&Beside { open_book: Some(book), ..Beside::default() })
}

/// The small bank, of a closed-book scheme.
fn closed_book() -> Vec<SourceFile> {
    let mut files = bank_files();
    let scheme = files.iter_mut().find(|file| file.path == "scheme.toml").unwrap();
    let text = String::from_utf8(scheme.content.clone()).unwrap();
    let closed = text.replacen("open_book = { value = true", "open_book = { value = false", 1);
    assert_ne!(closed, text);
    scheme.content = closed.into();
    files
}

/// The version of a package's manifest, and the book that it names.
fn named(package: &[u8]) -> (u32, Option<BookFacts>) {
    let manifest = Package::read(package).unwrap().manifest.document;
    (manifest.version, manifest.open_book)
}

#[tokio::test]
async fn a_package_names_the_book_and_its_hash_leads_to_the_document() {
    let world = world(&book("Small book"));
    let scheduled = world.schedule(&[place("c", "A", "A")]).await;
    let package = world.engine.package(&scheduled.admissions[0].attempt).await.unwrap();
    let (version, facts) = named(&package);
    let facts = facts.unwrap();
    assert_eq!((version, facts.title.as_str()), (4, "Small book"));
    let answer = world.get(&format!("/api/v1/open-book/{}", facts.sha256)).send().await;
    assert!(facts.is_of(&answer.body));
    assert_eq!(answer.ok::<OpenBook>(), book("Small book"));
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(answer.header("etag"), format!("\"{}\"", facts.sha256));
}

#[tokio::test]
async fn the_book_of_a_sealed_package_stays_when_the_server_has_another_and_reserve_forms_have_the_same() {
    let world = world(&book("First edition"));
    let scheduled = world.schedule(&[place("c", "A", "A")]).await;
    let (_, first) = named(&world.engine.package(&scheduled.admissions[0].attempt).await.unwrap());
    let second_book = book("Second edition");
    let world = world.with(&Beside { open_book: Some(&second_book), ..Beside::default() });
    let reserve = world.engine.reserve(&scheduled.sitting).await.unwrap();
    let (_, of_reserve) = named(&world.engine.package(&reserve.admissions[0].attempt).await.unwrap());
    assert_eq!(of_reserve, first);
    let other = world.schedule(&[place("d", "B", "B")]).await;
    let (_, second) = named(&world.engine.package(&other.admissions[0].attempt).await.unwrap());
    assert_ne!(second, first);
    for facts in [first.unwrap(), second.unwrap()] {
        let answer = world.get(&format!("/api/v1/open-book/{}", facts.sha256)).send().await;
        assert!(answer.status == 200 && facts.is_of(&answer.body), "{facts:?}");
    }
}

#[tokio::test]
async fn without_a_book_and_where_the_scheme_is_closed_book_a_package_names_none() {
    let world = World::new();
    let scheduled = world.schedule(&[place("c", "A", "A")]).await;
    let package = world.engine.package(&scheduled.admissions[0].attempt).await.unwrap();
    assert_eq!(named(&package), (2, None));
    assert!(!Package::read(&package).map(|package| package.manifest.document).unwrap().exam.title.is_empty());

    let home = Home::new();
    fs::remove_dir_all(home.path().join("bank")).unwrap();
    for file in closed_book() {
        let path = home.path().join("bank").join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file.content).unwrap();
    }
    let ran = schedule(&home, &["--open-book", write_book(&home, SECTION).to_str().unwrap()]);
    assert!(ran.fault().contains("closed book"), "{ran:?}");
    assert!(schedule(&home, &[]).good().contains("release_code"));
}

#[tokio::test]
async fn a_rehearsal_has_the_book_too() {
    let practice = public_bank();
    let book = book("Small book");
    let beside = Beside { practice: Some(&practice), open_book: Some(&book), ..Beside::default() };
    let world = World::new().with(&beside);
    let rehearsal: Rehearsal = world.post("/api/v1/rehearsal").send().await.ok();
    let (_, facts) = named(&BASE64_STANDARD.decode(rehearsal.package).unwrap());
    let answer = world.get(&format!("/api/v1/open-book/{}", facts.unwrap().sha256)).send().await;
    assert_eq!(answer.ok::<OpenBook>(), book);
}

#[tokio::test]
async fn no_address_leads_to_another_file_and_a_damaged_document_is_not_given_out() {
    let world = world(&book("Small book"));
    let facts = world.engine.books_of("none").await.unwrap();
    assert_eq!(facts, []);
    for nothing in ["0".repeat(64), "x".into(), "..%2F..%2Finvigil.toml".into(), "A".repeat(64), "0".repeat(63)] {
        world.get(&format!("/api/v1/open-book/{nothing}")).send().await.problem("not-found");
    }
    let folder = world.folder.path().join("data/open-books");
    let file = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
    fs::write(&file, "{}").unwrap();
    world.get(&format!("/api/v1/open-book/{name}")).send().await.problem("unavailable");
    // The next start has the right bytes at hand, and mends it.
    let world = world.with(&Beside { open_book: Some(&book("Small book")), ..Beside::default() });
    let answer = world.get(&format!("/api/v1/open-book/{name}")).send().await;
    assert_eq!(answer.ok::<OpenBook>(), book("Small book"));
}

fn write_book(home: &Home, section: &str) -> std::path::PathBuf {
    let folder = home.path().join("book");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("01-words.toml"), section).unwrap();
    folder
}

fn schedule(home: &Home, options: &[&str]) -> crate::fixture::Ran {
    let roster = home.path().join("roster.toml");
    fs::write(&roster, "[[place]]\ncandidate = \"c\"\nname = \"A\"\nlast_name = \"A\"\n").unwrap();
    let window = ["--title", "T", "--opens", "2099-01-01T09:00:00Z", "--closes", "2099-01-01T18:00:00Z"];
    home.invigil(&["sitting", "schedule"], &[&["--roster", roster.to_str().unwrap()], &window[..], options].concat())
}

#[test]
fn the_book_lies_beside_the_packages_that_are_written_for_a_stick() {
    let home = Home::new();
    let scheduled = schedule(&home, &["--open-book", write_book(&home, SECTION).to_str().unwrap()]).good();
    let scheduled: serde_json::Value = serde_json::from_str(&scheduled).unwrap();
    let out = home.path().join("out");
    let options = ["--sitting", scheduled["sitting"].as_str().unwrap(), "--out", out.to_str().unwrap()];
    let said = home.invigil(&["sitting", "seal"], &options).good();
    assert!(said.contains("the open book"), "{said}");
    let with_ending = |ending: &str| {
        let files = fs::read_dir(out.join("packages")).unwrap().map(|entry| entry.unwrap().path());
        let found: Vec<_> = files.filter(|file| file.extension().is_some_and(|e| e == ending)).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        found.into_iter().next().unwrap()
    };
    let (package, book) = (with_ending("invigil-package"), with_ending("invigil-open-book"));
    let (_, facts) = named(&fs::read(&package).unwrap());
    assert!(facts.unwrap().is_of(&fs::read(&book).unwrap()));

    // Whoever got both can tell whether they belong together.
    let data = home.path().join("data");
    let check = || {
        let files = [&package, &book].map(|file| file.to_str().unwrap());
        invigil([&["sitting", "check", "--data", data.to_str().unwrap()][..], &files].concat())
    };
    assert!(check().good().contains("is the one that the package names"));
    let changed = fs::read_to_string(&book).unwrap().replace("What it", "What is");
    fs::write(&book, changed).unwrap();
    let ran = check();
    assert!(ran.stdout.contains("FAILED The open book «Small book» is not the one that the package names"), "{ran:?}");
    assert_eq!(ran.code, Some(1));
}

#[test]
fn a_book_at_fault_is_refused_with_its_first_fault_and_the_lint_lists_all() {
    let home = Home::new();
    let faulty = SECTION.replace("title = \"Word\"", "see = [\"words/nothing\"]").replace("means", "<b>means</b>");
    let folder = write_book(&home, &faulty);
    let folder = folder.to_str().unwrap();
    let served = home.serve(&["--open-book", folder]);
    for ran in [&served, &schedule(&home, &["--open-book", folder])] {
        assert!(ran.fault().contains("01-words.toml") && ran.fault().contains("lint --open-book"), "{ran:?}");
    }
    let lint = |folder: &Path| invigil(["bank", "lint", "--open-book", folder.to_str().unwrap()]);
    let ran = lint(Path::new(folder));
    for code in ["missing-field", "unknown-entry", "markup"] {
        assert!(ran.stdout.contains(&format!("error[{code}]")), "{ran:?}");
    }
    assert_eq!(ran.code, Some(1));
    write_book(&home, SECTION);
    assert_eq!(lint(Path::new(folder)).good(), "1 sections, 1 entries, 0 errors\n");
}
