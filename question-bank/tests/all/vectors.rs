//! docs/vectors/draw: known answers that hold the procedure fast. `regenerate` wrote them; a procedure is never edited,
//! so for `invigil-draw-1` they stay as they are.

use std::{
    fs,
    path::{Path, PathBuf},
};

use question_bank::vectors::{DrawVectors, VectorError};

use crate::pools;

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/vectors/draw")
}

/// The vector files, sorted by name.
pub(crate) fn files() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries.filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
    files.sort();
    files
}

fn read(path: &Path) -> (String, DrawVectors) {
    let text = fs::read_to_string(path).unwrap();
    let vectors = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    (text, vectors)
}

fn write(vectors: &DrawVectors) -> String {
    serde_json::to_string_pretty(vectors).unwrap() + "\n"
}

/// What the files are made from, by name.
fn inputs() -> Vec<(&'static str, DrawVectors)> {
    let counting: String = (0..32_u8).map(|byte| format!("{byte:02x}")).collect();
    let (zero, ones) = ("00".repeat(32), "ff".repeat(32));
    let digest = |text: &str| question_bank::canonical::sha256_hex(text.as_bytes());
    let (one, two, three) = (digest("one"), digest("two"), digest("three"));
    let make = |note, (pool, blueprint): (pools::PoolBuilder, _), cases: &[(&str, &String)]| {
        let cases = cases.iter().map(|(pseudonym, secret)| (*pseudonym, secret.as_str()));
        DrawVectors::compute(note, pool.build(), blueprint, cases).unwrap()
    };
    vec![
        (
            "caisp-shaped",
            make(
                "The measures of CAISP: 80 items of seven domains, five scenario sets of five; a pool of 204.",
                pools::caisp_shaped(),
                &[("attempt-1", &counting), ("attempt-2", &counting), ("attempt-1", &one)],
            ),
        ),
        (
            "enemies",
            make(
                "Enemies among stand-alone items, between them and items of sets, and between sets of which one is chosen.",
                pools::with_enemies(),
                &[("p", &zero), ("p", &counting), ("p", &one), ("p", &two), ("p", &three), ("q", &three)],
            ),
        ),
        (
            "sets",
            make(
                "Scenario sets of several lengths, some choices of which bring too many items of D1: the draw starts over. \
                 Items of two, three and five options; a pseudonym that is not ASCII, and an empty one.",
                pools::with_sets(),
                &[("p", &zero), ("", &zero), ("Ω-7 «é»", &ones), ("p", &one), ("p", &two), ("p", &three)],
            ),
        ),
    ]
}

#[test]
fn every_file_recomputes_byte_for_byte() {
    let files = files();
    assert!(files.len() >= 3, "{files:?}");
    for path in files {
        let (text, vectors) = read(&path);
        assert_eq!((vectors.format.as_str(), vectors.version), (DrawVectors::FORMAT, DrawVectors::VERSION));
        assert!(!vectors.cases.is_empty() && vectors.cases.iter().all(|case| case.words.len() == 8));
        assert!(write(&vectors.recompute().unwrap()) == text, "{} does not hold", path.display());
    }
}

#[test]
fn the_files_are_those_that_the_generator_writes() {
    for (name, vectors) in inputs() {
        let path = folder().join(format!("{name}.json"));
        assert!(fs::read_to_string(&path).unwrap() == write(&vectors), "{} is not up to date", path.display());
    }
    assert_eq!(inputs().len(), files().len(), "every file has its generator");
}

#[test]
fn a_file_with_one_wrong_answer_does_not_hold() {
    let (_, sound) = read(&folder().join("sets.json"));
    let changes: [fn(&mut DrawVectors); 6] = [
        |v| v.cases[0].words[7] ^= 1,
        |v| v.cases[1].key.replace_range(0..1, "x"),
        |v| v.cases[2].draw.items.swap(0, 1),
        |v| v.cases[3].draw.items[0].options.reverse(),
        |v| v.pool_digest.replace_range(0..1, "x"),
        |v| v.blueprint_digest.replace_range(0..1, "x"),
    ];
    for change in changes {
        let mut wrong = sound.clone();
        change(&mut wrong);
        assert_eq!(wrong.recompute().unwrap(), sound);
        assert_ne!(wrong, sound);
    }
}

#[test]
fn what_cannot_be_drawn_is_no_vector() {
    let (_, sound) = read(&folder().join("sets.json"));
    let mut bad_secret = sound.clone();
    bad_secret.cases[0].secret.pop();
    assert!(matches!(bad_secret.recompute(), Err(VectorError::Secret(_))));
    let mut bad_pool = sound;
    bad_pool.pool.entries.swap(0, 1);
    assert!(matches!(bad_pool.recompute(), Err(VectorError::Draw(_))));
}

#[test]
#[ignore = "writes docs/vectors/draw anew: only for a new procedure or a new file"]
fn regenerate() {
    fs::create_dir_all(folder()).unwrap();
    for (name, vectors) in inputs() {
        fs::write(folder().join(format!("{name}.json")), write(&vectors)).unwrap();
    }
}
