//! docs/vectors/draw: known answers that hold the procedure fast. `regenerate` wrote them; a procedure is never edited,
//! so for `invigil-draw-1` they stay as they are.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use question_bank::{
    CandidateSecret, Commitment, Pool, PoolEntry, SetPlace,
    bank::Level,
    vectors::{DrawVectors, VectorError},
};

use crate::pools;

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/vectors/draw")
}

/// The vector files of `invigil-draw-1`, sorted by name.
pub(crate) fn files() -> Vec<PathBuf> {
    all_files().into_iter().filter(|path| !["v2-", "v3-"].iter().any(|prefix| begins(path, prefix))).collect()
}

/// The vector files of the procedure whose file names begin so, sorted by name.
pub(crate) fn files_of(prefix: &str) -> Vec<PathBuf> {
    all_files().into_iter().filter(|path| begins(path, prefix)).collect()
}

fn begins(path: &Path, prefix: &str) -> bool {
    path.file_name().unwrap().to_str().unwrap().starts_with(prefix)
}

/// The vector files of all procedures, sorted by name.
pub(crate) fn all_files() -> Vec<PathBuf> {
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
                "Enemies among stand-alone items, between them and items of sets, and within a set: the draw passes \
                 items over, and starts over where a set's items are enemies or leave too few.",
                pools::with_enemies(),
                &[("p", &zero), ("p", &counting), ("p", &one), ("p", &two), ("p", &three), ("q", &three)],
            ),
        ),
        (
            "sets",
            make(
                "Scenario sets of several lengths, some choices of which bring too many items of D1: the draw starts \
                 over. Items of two, three and five options; a pseudonym that is not ASCII, and an empty one.",
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

/// docs/DRAW.md, «Worked example».
#[test]
fn the_worked_example_of_the_specification_holds() {
    let name = |number: u8| format!("{number:02}").repeat(32);
    let set = |letters: &str, position| Some(SetPlace { id: letters.repeat(32), position });
    let entry = |number, domain: &str, options, set, enemies: &[u8]| PoolEntry {
        item: name(number),
        domain: domain.into(),
        level: Level::Analysis,
        options,
        set,
        enemies: enemies.iter().copied().map(name).collect(),
    };
    let entries = vec![
        entry(1, "D1", 3, None, &[]),
        entry(2, "D1", 3, None, &[3]),
        entry(3, "D2", 3, None, &[2]),
        entry(4, "D2", 5, None, &[]),
        entry(5, "D1", 3, set("aa", 1), &[]),
        entry(6, "D2", 3, set("aa", 2), &[]),
        entry(7, "D2", 3, set("aa", 3), &[]),
        entry(8, "D1", 3, set("bb", 2), &[]),
        entry(9, "D2", 3, set("bb", 1), &[]),
        entry(10, "D1", 3, None, &[]),
    ];
    let pool = Pool { format: Pool::FORMAT.into(), version: 1, scheme: "example".into(), entries };
    let mut blueprint = pools::blueprint(&[("D1", 2), ("D2", 2)], 1, 2);
    blueprint.scheme = "example".into();
    let secret: String = (0..32_u8).map(|byte| format!("{byte:02x}")).collect();
    let vectors = DrawVectors::compute("", pool.clone(), blueprint.clone(), [("attempt-2", secret.as_str())]).unwrap();
    assert_eq!(vectors.pool_digest, "62f546720755cade29d767d5113c80e2904cf27060a1d8dbbc25e78f8d16d1a8");
    assert_eq!(vectors.blueprint_digest, "d2dfbf7ac27cb029dc7b306a3fc06ccd12c5e5b2dc643020bd4a4ff3b17da2e7");
    let case = &vectors.cases[0];
    assert_eq!(case.key, "c694c00da66706cb750d515fc7253334475ca5d093ba3b2f9c24cc2b1b735fcc");
    let words = [
        3_787_169_569,
        4_048_633_838,
        1_902_908_803,
        4_042_467_996,
        1_284_777_729,
        3_383_137_709,
        3_168_758_778,
        618_062_988,
    ];
    assert_eq!(case.words, words);
    let drawn: Vec<_> = case.draw.items.iter().map(|item| (item.item.clone(), item.options.clone())).collect();
    let expected = [(9, vec![0, 1, 2]), (8, vec![2, 1, 0]), (4, vec![4, 2, 0, 3, 1]), (2, vec![1, 0, 2])];
    assert_eq!(drawn, expected.map(|(number, options)| (name(number), options)));
    assert_eq!(case.draw.digest(), "da8c19ac2020651f462c927d1751629ebc9d8db873977bbdf89aa3e6f2dbe3cf");

    let secrets = BTreeMap::from([("attempt-2".to_owned(), CandidateSecret::from_hex(&secret).unwrap())]);
    let commitment = Commitment::new("sitting", &pool, &blueprint, &BTreeSet::new(), &secrets);
    let committed = "ab3417d9176ec75ea41757c433bd4eead17db5220fe328d1e5f2cac18ec5c9d1";
    assert_eq!(commitment.roster[0].secret_commitment, committed);
    assert_eq!(commitment.root, "2f17e1bb87a0f6d9602951ac64e333be3461a1b967d13364b67d6ca87aa013cc");
}

#[test]
#[ignore = "writes docs/vectors/draw anew: only for a new procedure or a new file"]
fn regenerate() {
    fs::create_dir_all(folder()).unwrap();
    for (name, vectors) in inputs() {
        fs::write(folder().join(format!("{name}.json")), write(&vectors)).unwrap();
    }
}
