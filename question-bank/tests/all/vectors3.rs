//! docs/vectors/draw/v3-*.json: known answers that hold `invigil-draw-3` fast. `regenerate` wrote them; a procedure is never
//! edited, so they stay as they are.

use std::{fs, path::PathBuf};

use question_bank::{
    canonical::sha256_hex,
    draw2::{Blueprint, Earlier},
    draw3::Pool,
    vectors::DrawVectors3,
};

use crate::{pools3, vectors};

/// The vector files of this procedure, sorted by name.
pub(crate) fn files() -> Vec<PathBuf> {
    vectors::files_of("v3-")
}

fn write(vectors: &DrawVectors3) -> String {
    serde_json::to_string_pretty(vectors).unwrap() + "\n"
}

/// What the files are made from, by name.
fn inputs() -> Vec<(&'static str, DrawVectors3)> {
    let (one, two, three) = (sha256_hex(b"one"), sha256_hex(b"two"), sha256_hex(b"three"));
    let none = Earlier::none();
    let make = |note, pool: &Pool, blueprint: &Blueprint, cases: &[(&str, &String, &Earlier)]| {
        let cases = cases.iter().map(|&(pseudonym, secret, earlier)| (pseudonym, secret.as_str(), earlier));
        DrawVectors3::compute(note, pool.clone(), blueprint.clone(), cases).unwrap()
    };
    let (toy, mut toy_blueprint) = pools3::toy();
    toy_blueprint.shared_items = Some(4);
    let (sat, other) = (pools3::met(&toy, 0), Earlier { sets: Vec::new(), ..pools3::met(&toy, 4) });
    let (whole, mut whole_blueprint) = pools3::whole();
    whole_blueprint.shared_items = None;
    let whole_sat = Earlier { sets: Vec::new(), ..pools3::met(&whole, 2) };
    vec![
        (
            "v3-toy",
            make(
                "Seven forms of six items, two of them from a set; pseudonyms that are not ASCII, or empty; a candidate who \
                 may not meet a set again and shares four items at most, and one who shares four items at most.",
                &toy,
                &toy_blueprint,
                &[
                    ("p", &one, &none),
                    ("", &two, &none),
                    ("Ω-7 «é»", &three, &none),
                    ("p", &one, &sat),
                    ("p", &one, &other),
                ],
            ),
        ),
        (
            "v3-whole",
            make(
                "Five forms with two whole sets of several lengths and two pilot items; a candidate who sat one of them.",
                &whole,
                &whole_blueprint,
                &[("p", &one, &none), ("p", &two, &none), ("p", &three, &whole_sat)],
            ),
        ),
    ]
}

#[test]
fn every_file_recomputes_byte_for_byte() {
    assert_eq!(files().len(), inputs().len(), "every file has its generator");
    for path in files() {
        let text = fs::read_to_string(&path).unwrap();
        let vectors: DrawVectors3 = serde_json::from_str(&text).unwrap();
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
#[ignore = "writes docs/vectors/draw/v3-*.json anew: only for a new file"]
fn regenerate() {
    for (name, vectors) in inputs() {
        fs::write(vectors::folder().join(format!("{name}.json")), write(&vectors)).unwrap();
    }
}
