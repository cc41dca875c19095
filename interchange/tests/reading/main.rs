//! Known answers, files of the kinds that are read, and what is no file at all.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "tests fail where they panic and say what they skip")]

mod gift_meaning;
mod gift_vectors;
mod moodle_kinds;
mod refused;
mod rubbish;
mod texts;

use interchange::{Outcome, moodle};

/// A Moodle XML file.
fn quiz(questions: &str) -> String {
    format!("<quiz>{questions}</quiz>")
}

/// What becomes of the one question of a Moodle XML file.
fn one(question: &str) -> Outcome {
    let mut import = moodle::read(quiz(question).as_bytes());
    assert_eq!((import.faults.as_slice(), import.records.len()), ([].as_slice(), 1));
    import.records.remove(0).outcome
}
