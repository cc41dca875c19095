//! docs/vectors/draw/v2-*.json: known answers that hold `invigil-draw-2` fast. `regenerate` wrote them; a procedure is never
//! edited, so they stay as they are.

use std::{fs, path::PathBuf};

use question_bank::{
    canonical::sha256_hex,
    draw2::{Earlier, Pool},
    vectors::DrawVectors2,
};

use crate::{pools2, vectors};

/// The vector files of this procedure, sorted by name.
pub(crate) fn files() -> Vec<PathBuf> {
    vectors::files_of("v2-")
}

fn write(vectors: &DrawVectors2) -> String {
    serde_json::to_string_pretty(vectors).unwrap() + "\n"
}

/// What somebody met who saw every item of the first `sets` sets and of the first `items` items of a pool.
fn met(pool: &Pool, items: usize, sets: usize) -> Earlier {
    let sets: Vec<String> = pool.sets.iter().take(sets).map(|set| set.id.clone()).collect();
    let is_met = |at: usize, entry: &question_bank::draw2::PoolEntry| {
        at < items || entry.set.as_ref().is_some_and(|place| sets.contains(&place.id))
    };
    let of = pool.entries.iter().enumerate().filter(|(at, entry)| is_met(*at, entry));
    Earlier { items: of.map(|(_, entry)| entry.item.clone()).collect(), sets }
}

/// What the files are made from, by name.
fn inputs() -> Vec<(&'static str, DrawVectors2)> {
    let (one, two, three) = (sha256_hex(b"one"), sha256_hex(b"two"), sha256_hex(b"three"));
    let none = Earlier::none();
    let (bank, bank_blueprint) = pools2::bank400();
    let bank = bank.build();
    let again = met(&bank, 60, 5);
    let (toy, toy_blueprint) = pools2::toy();
    let (toy, mut weighted) = (toy.build(), toy.build());
    for (at, entry) in weighted.entries.iter_mut().enumerate() {
        entry.weight = [1, 1_000_000, 77, 5][at % 4];
    }
    let mut strict = toy_blueprint.clone();
    strict.shared_items = Some(1);
    let (whole, whole_blueprint) = pools2::whole();
    let whole = whole.build();
    let toy_met = met(&toy, 2, 1);
    let whole_met = met(&whole, 1, 0);
    let make = |note, pool: &Pool, blueprint: &question_bank::draw2::Blueprint, cases: &[(&str, &String, &Earlier)]| {
        let cases = cases.iter().map(|&(pseudonym, secret, earlier)| (pseudonym, secret.as_str(), earlier));
        DrawVectors2::compute(note, pool.clone(), blueprint.clone(), cases).unwrap()
    };
    vec![
        (
            "v2-bank",
            make(
                "80 items of 400 in seven domains and four levels, five of 18 scenario sets, 40 pairs of enemies, ranges of \
                 levels, words and difficulty, five pilot items of 24; the last candidate has met 60 items and five sets.",
                &bank,
                &bank_blueprint,
                &[("attempt-1", &one, &none), ("attempt-2", &one, &none), ("attempt-1", &two, &again)],
            ),
        ),
        (
            "v2-toy",
            make(
                "A bank whose forms can all be listed; a pseudonym that is not ASCII, and an empty one; a candidate who may \
                 share one item with earlier attempts.",
                &toy,
                &strict,
                &[("p", &one, &none), ("", &two, &none), ("Ω-7 «é»", &three, &none), ("p", &one, &toy_met)],
            ),
        ),
        (
            "v2-weights",
            make(
                "The same with weights far apart.",
                &weighted,
                &toy_blueprint,
                &[("p", &one, &none), ("p", &two, &none), ("p", &three, &none)],
            ),
        ),
        (
            "v2-whole",
            make(
                "Whole sets of several lengths, one with enemies inside; pilot items, one an enemy of a scored one; a \
                 candidate who may meet nothing again.",
                &whole,
                &whole_blueprint,
                &[("p", &one, &none), ("p", &two, &none), ("p", &three, &whole_met)],
            ),
        ),
    ]
}

#[test]
fn every_file_recomputes_byte_for_byte() {
    assert_eq!(files().len(), inputs().len(), "every file has its generator");
    for path in files() {
        let text = fs::read_to_string(&path).unwrap();
        let vectors: DrawVectors2 = serde_json::from_str(&text).unwrap();
        assert!(write(&vectors.recompute().unwrap()) == text, "{} does not hold", path.display());
    }
}

#[test]
fn the_files_are_those_that_the_generator_writes() {
    for (name, vectors) in inputs() {
        let path = vectors::folder().join(format!("{name}.json"));
        assert!(fs::read_to_string(&path).unwrap() == write(&vectors), "{} is not up to date", path.display());
    }
}

#[test]
#[ignore = "writes docs/vectors/draw/v2-*.json anew: only for a new file"]
fn regenerate() {
    for (name, vectors) in inputs() {
        fs::write(vectors::folder().join(format!("{name}.json")), write(&vectors)).unwrap();
    }
}
