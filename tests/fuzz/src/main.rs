//! One program for every parser of foreign bytes: `INVIGIL_FUZZ=NAME fuzz FOLDER…` as libFuzzer has it. A panic, a bound of
//! memory or of time that is passed, ends it and leaves the bytes behind. `cargo xtask soak` runs all of them.
//!
//! Whatever is read goes on to the next step that the product takes with it, as far as that needs no secret.
#![no_main]

use std::sync::LazyLock;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, NaiveDate};
use item::{Index, OpenBook, Response};
use libfuzzer_sys::fuzz_target;
use question_bank::{Bank, SourceFile, bank::read_open_book, lifecycle::History, lint, scheme};
use scoring::PracticeSet;
use signing::{
    jose::{VcJwt, possession, sd_jwt::SdJwt},
    tlog::{leaf::Recorded, note::Note, proof::TlogProof, tile::entries, witness::AddCheckpoint},
    verify::{TrustBundle, verify},
};
use sitting::{Evidence, Line, Package, ResponseFile};

type Target = fn(&[u8]);

/// The parsers by name.
const TARGETS: [(&str, Target); 21] = [
    ("qti-document", qti::fuzz::document),
    ("qti-package", qti::fuzz::package),
    ("qti-cases", qti::fuzz::cases),
    ("gift", |bytes| drop(interchange::gift::read(bytes))),
    ("moodle", |bytes| drop(interchange::moodle::read(bytes))),
    ("item", |bytes| bank("items/x.toml", bytes)),
    ("scenario", |bytes| bank("scenarios/x.toml", bytes)),
    ("image", |bytes| bank("images/x.svg", bytes)),
    ("scheme", |bytes| drop(text(bytes).map(scheme::parse))),
    ("practice-set", practice_set),
    ("open-book", open_book),
    ("open-book-file", |bytes| drop(read_open_book(&[SourceFile::new("x.toml", bytes.to_vec())]))),
    ("history", |bytes| drop(text(bytes).map(|text| History::read("x", text)))),
    ("journal-line", |bytes| drop(text(bytes).map(Line::read))),
    ("package", |bytes| drop(Package::read(bytes))),
    ("response-file", |bytes| drop(ResponseFile::read(bytes))),
    ("carrier", |bytes| {
        carrier::verify(bytes, &TRUST, DateTime::UNIX_EPOCH);
        let _ = carrier::png::bake(bytes, b"{}");
        drop(text(bytes).map(|text| carrier::svg::bake(text, "{}")));
    }),
    ("credential", |bytes| {
        drop(Evidence::read(bytes));
        verify(bytes, &TRUST, DateTime::UNIX_EPOCH);
    }),
    ("log", |bytes| {
        drop((Note::parse(bytes), AddCheckpoint::parse(bytes), entries(bytes).is_some()));
        if let Ok(proof) = TlogProof::parse(bytes) {
            drop(proof.extra.map(|record| Recorded::parse(&record)));
        }
    }),
    ("token", token),
    ("seb", |bytes| drop(seb::file::read(bytes, Some("x")))),
];

static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let name = std::env::var("INVIGIL_FUZZ").unwrap_or_default();
    let names = || TARGETS.map(|(name, _)| name).join(", ");
    TARGETS.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("INVIGIL_FUZZ is one of {}", names())).1
});

/// Nobody is trusted.
static TRUST: LazyLock<TrustBundle> = LazyLock::new(|| TrustBundle {
    format: "invigil-trust-bundle".into(),
    version: TrustBundle::VERSION,
    as_of: DateTime::UNIX_EPOCH,
    issuers: Vec::new(),
    exam_keys: Vec::new(),
    status_lists: Vec::new(),
    logs: Vec::new(),
});

fuzz_target!(|bytes: &[u8]| TARGET(bytes));

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// Tokens, with or without disclosures, from parts that are lines here: base64 would hide them.
fn token(bytes: &[u8]) {
    let mut parts = bytes.split(|byte| *byte == b'\n').map(|part| URL_SAFE_NO_PAD.encode(part));
    let mut part = || parts.next().unwrap_or_default();
    let jwt = format!("{}.{}.{}", part(), part(), part());
    drop(VcJwt::read(&jwt));
    drop(possession::check(&jwt, "x", DateTime::UNIX_EPOCH));
    verify(jwt.as_bytes(), &TRUST, DateTime::UNIX_EPOCH);
    let shown = parts.fold(format!("{jwt}~"), |shown, part| shown + &part + "~");
    if let Ok(token) = SdJwt::read(&shown) {
        drop(token.claims());
        drop(token.holder());
    }
}

/// The public practice set, with every answer compared with its key.
fn practice_set(bytes: &[u8]) {
    PracticeSet::is_likely(bytes);
    let Ok(set) = PracticeSet::read(bytes) else { return };
    for answer in &set.answers {
        answer.worth(&answer.key);
        answer.worth(&Response::default());
    }
}

/// The document of an open book, every reference followed, and searched for its own titles.
fn open_book(bytes: &[u8]) {
    let Some(book) = text(bytes).and_then(|text| serde_json::from_str::<OpenBook>(text).ok()) else { return };
    let index = Index::of(&book);
    for (at, section) in book.sections.iter().enumerate() {
        book.language(at);
        for entry in &section.entries {
            for place in entry.see.iter().filter_map(|name| book.find(name)) {
                assert!(book.entry(place).is_some());
            }
            index.find(&entry.title, 40);
        }
    }
}

/// A bank with one file; whatever of it can be used is looked at by every rule of writing.
fn bank(path: &str, bytes: &[u8]) {
    let today = NaiveDate::from_ymd_opt(2026, 1, 2).unwrap_or_default();
    let (bank, _) = Bank::load(&[SourceFile::new(path, bytes.to_vec())], today);
    lint::open_errors(&bank, today);
}
