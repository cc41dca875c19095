//! The scoring vectors, `../shared/vectors/qti-scoring`: MIT, not part of this repository.

use std::path::PathBuf;

use qti::{cases, read};
use serde_json::Value as Json;

/// The folders of the vectors, each with an item and its cases.
///
/// They are required where CI says so; elsewhere a test without them says what it skips.
pub(crate) fn folders() -> Vec<PathBuf> {
    let default = || concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/vectors").into();
    let root = std::env::var_os("INVIGIL_VECTORS").map_or_else(default, PathBuf::from).join("qti-scoring");
    let Ok(entries) = std::fs::read_dir(&root) else {
        assert!(std::env::var_os("CI").is_none(), "CI has to have {}", root.display());
        eprintln!("skipped: there is no {}", root.display());
        return Vec::new();
    };
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    assert!(folders.len() >= 45, "{} folders only", folders.len());
    folders
}

#[test]
fn every_case_of_the_vectors_gives_the_outcomes_that_are_expected() {
    let (mut cases_seen, mut wrong) = (0, Vec::new());
    for folder in folders() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let item = read::read_item(&format!("{name}/item.xml"), &std::fs::read(folder.join("item.xml")).unwrap());
        let Some(content) = item.content() else {
            wrong.push(format!("{name}: {:?}", item.faults()));
            continue;
        };
        let bytes = std::fs::read(folder.join("cases.json")).unwrap();
        let cases = cases::read(&bytes).unwrap();
        let raw: Json = serde_json::from_slice(&bytes).unwrap();
        for (case, answer) in raw["cases"].as_array().unwrap().iter().zip(cases::answer(content, &cases)) {
            cases_seen += 1;
            // Expected to fail: an expression of tests in an item.
            assert_eq!(case["xfail"] == true, answer.fault.is_some(), "{name}: {:?}", answer.fault);
            let expect = &case["expect"];
            for (outcome, expected) in expect["outcomes"].as_object().into_iter().flatten() {
                let found = answer.outcomes.get(outcome).unwrap_or(&Json::Null);
                if !same(found, expected) {
                    wrong.push(format!("{name}, {}: {outcome} is {found} and ought to be {expected}", answer.name));
                }
            }
            if let Some(score) = expect.get("score").filter(|score| !same(&answer.score, score)) {
                wrong.push(format!("{name}, {}: the score is {} and ought to be {score}", answer.name, answer.score));
            }
            if let Some(shown) = expect.get("modalFeedbackIdentifiers")
                && *shown != Json::from(answer.modal_feedback.clone())
            {
                wrong.push(format!(
                    "{name}, {}: shown is {:?} and ought to be {shown}",
                    answer.name, answer.modal_feedback
                ));
            }
            for text in expect["itemBodyContains"].as_array().into_iter().flatten() {
                if !answer.body.contains(text.as_str().unwrap()) {
                    wrong.push(format!("{name}, {}: {text} is not in {:?}", answer.name, answer.body));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cases_seen} cases:\n{}", wrong.len(), wrong.join("\n"));
}

fn same(found: &Json, expected: &Json) -> bool {
    match (found.as_f64(), expected.as_f64()) {
        (Some(found), Some(expected)) => (found - expected).abs() <= 1e-12 * expected.abs().max(1.0),
        _ => found == expected,
    }
}
