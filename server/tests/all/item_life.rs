//! The life of items at the command line, and what becomes of forms that hold a compromised one.

use std::{collections::BTreeSet, fs, path::PathBuf};

use chrono::{Duration, Utc};
use question_bank::FormPlan;
use serde_json::Value;

use crate::fixture::{Home, Ran, bank_files, invigil};

const RELEASE: [[&str; 3]; 3] =
    [["draft", "writer", "author"], ["reviewed", "reader", "reviewer"], ["operational", "releaser", "releaser"]];

/// What has a history in the fixture's bank.
fn ids() -> Vec<String> {
    let names = bank_files().into_iter().filter(|file| file.path.contains('/'));
    names.map(|file| file.path.split('/').next_back().unwrap().replace(".toml", "")).collect()
}

fn transition(home: &Home, ids: &[String], [to, by, role]: [&str; 3]) -> Ran {
    let bank = home.path().join("bank").to_str().unwrap().to_owned();
    let fixed = ["--to", to, "--by", by, "--role", role, "--reason", "A test.", "--json", "--bank", &bank];
    let head = ["bank", "transition"].map(str::to_owned).into_iter();
    invigil(head.chain(ids.iter().cloned()).chain(fixed.map(str::to_owned)))
}

fn lint(home: &Home) -> Ran {
    invigil(["bank", "lint", "--json", "--bank", home.path().join("bank").to_str().unwrap()])
}

fn released() -> Home {
    let home = Home::new();
    for step in RELEASE {
        transition(&home, &ids(), step).good();
    }
    home
}

fn texts(home: &Home) -> Vec<String> {
    let folder = home.path().join("bank");
    bank_files().iter().map(|file| fs::read_to_string(folder.join(&file.path)).unwrap()).collect()
}

fn item_file(home: &Home, id: &str) -> PathBuf {
    home.path().join(format!("bank/items/{id}.toml"))
}

#[test]
fn items_go_the_whole_way_by_three_people_and_nothing_but_their_status_changes() {
    let home = Home::new();
    let before = texts(&home);
    transition(&home, &ids(), RELEASE[0]).good();
    let drafts: Vec<String> = before.iter().map(|text| text.replacen("\"operational\"", "\"draft\"", 1)).collect();
    // The first file is the scheme.
    assert_eq!(texts(&home)[1..], drafts[1..]);
    for step in &RELEASE[1..] {
        transition(&home, &ids(), *step).good();
    }
    assert_eq!(texts(&home), before);
    let report: Value = serde_json::from_str(&lint(&home).good()).unwrap();
    assert_eq!((&report["totals"]["errors"], &report["faults"]), (&0.into(), &Value::Array(vec![])));

    let bank = home.path().join("bank").to_str().unwrap().to_owned();
    let said = invigil(["bank", "history", "bank-s01", "--bank", &bank]).good();
    assert_eq!(said.lines().count(), 3);
    assert!(said.contains("revision 1: reviewed → operational, releaser (releaser): A test."), "{said}");
    let entries = invigil(["bank", "history", "--json", "--bank", &bank]).good();
    let entries: Vec<Value> = serde_json::from_str(&entries).unwrap();
    assert_eq!(entries.len(), 3 * ids().len());
    assert!(invigil(["bank", "history", "nobody", "--bank", &bank]).fault().contains("history/nobody.jsonl"));
}

#[test]
fn if_one_is_refused_all_are_and_each_reason_is_told() {
    let home = Home::new();
    let some = ["bank-d1-01".to_owned(), "bank-d1-02".to_owned()];
    transition(&home, &some, RELEASE[0]).good();
    transition(&home, &some[..1], RELEASE[1]).good();
    let before = texts(&home);
    let asked = [some[0].clone(), some[1].clone(), "bank-s01-2".into(), "bank-d9-99".into()];
    let ran = transition(&home, &asked, ["operational", "reader", "releaser"]);
    assert_eq!((ran.code, ran.fault()), (Some(1), "4 of 4 refused; nothing was changed"));
    let answer: Value = serde_json::from_str(&ran.stdout).unwrap();
    let reasons: Vec<&str> =
        answer["refused"].as_array().unwrap().iter().map(|r| r["reason"].as_str().unwrap()).collect();
    assert!(reasons[0].contains("\"reader\" reviewed it"), "{reasons:?}");
    assert!(reasons[1].contains("operational does not follow on draft; allowed is reviewed, retired"), "{reasons:?}");
    assert!(reasons[2].contains("no such item"), "{reasons:?}");
    assert!(reasons[3].contains("name the set"), "{reasons:?}");
    assert_eq!(texts(&home), before);
    transition(&home, &asked[..2], ["retired", "releaser", "releaser"]).good();
    let later = (Utc::now() + Duration::hours(1)).to_rfc3339();
    let bank = home.path().join("bank").to_str().unwrap().to_owned();
    let future =
        ["bank", "transition", "bank-d1-03", "--to", "draft", "--by", "w", "--role", "author", "--reason", "x"];
    let ran = invigil(future.into_iter().chain(["--at", &later, "--bank", &bank]));
    assert!(ran.fault().contains("in the future"), "{ran:?}");
}

#[test]
fn an_item_with_an_error_is_not_reviewed_until_it_is_mended_or_waived() {
    let home = Home::new();
    let (id, file) = (["bank-d1-01".to_owned()], item_file(&home, "bank-d1-01"));
    let sound = fs::read_to_string(&file).unwrap();
    let flawed = sound.replace("Which control comes first?", "Say which control comes first.");
    assert_ne!(flawed, sound);
    fs::write(&file, &flawed).unwrap();
    transition(&home, &id, RELEASE[0]).good();
    let ran = transition(&home, &id, RELEASE[1]);
    assert!(ran.stdout.contains("stem-not-question"), "{ran:?}");
    let waived = fs::read_to_string(&file).unwrap()
        + "\n[[waiver]]\nrule = \"stem-not-question\"\nreason = \"A test.\"\nby = \"lead\"\non = 2026-11-30\n";
    fs::write(&file, waived).unwrap();
    transition(&home, &id, RELEASE[1]).good();
}

#[test]
fn a_bank_that_contradicts_its_histories_draws_no_forms() {
    let home = released();
    let file = item_file(&home, "bank-d1-01");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("Which control", "What control")).unwrap();
    let ran = lint(&home);
    assert!(ran.stdout.contains("text-changed"), "{ran:?}");
    let ran = home.serve(&[]);
    assert!(ran.fault().contains("is not the one that became operational"), "{ran:?}");
    // The command that continues the history does not take the changed text in either.
    let ran = transition(&home, &["bank-d1-01".into()], ["suspended", "guard", "security"]);
    assert!(ran.stdout.contains("not the one that was reviewed"), "{ran:?}");
    fs::write(&file, text).unwrap();
    let history = home.path().join("bank/history/bank-d1-01.jsonl");
    let lines = fs::read_to_string(&history).unwrap();
    fs::write(&history, lines.replacen("A test.", "No test.", 1)).unwrap();
    assert!(lint(&home).stdout.contains("history-fault"));
    let ran = transition(&home, &["bank-d1-01".into()], ["suspended", "guard", "security"]);
    assert!(ran.stdout.contains("history/bank-d1-01.jsonl:2: the line does not follow"), "{ran:?}");
}

/// The attempts of a sitting by whether their form holds one of these items.
fn holding(home: &Home, scheduled: &Value, items: &[&str]) -> BTreeSet<String> {
    let attempts = scheduled["admissions"].as_array().unwrap().iter().map(|row| row["attempt"].as_str().unwrap());
    let data = home.path().join("data");
    let holds = |attempt: &&str| {
        let report = invigil(["form", "report", "--data", data.to_str().unwrap(), "--attempt", attempt]).good();
        let plan: FormPlan = serde_json::from_str(&report).unwrap();
        plan.items.iter().any(|item| items.contains(&item.bank_id.as_str()))
    };
    attempts.filter(holds).map(str::to_owned).collect()
}

#[test]
fn a_compromised_item_and_its_clones_are_found_on_sealed_forms_and_drawn_no_more() {
    let home = Home::new();
    let clone = item_file(&home, "bank-d1-02");
    let text = fs::read_to_string(&clone).unwrap();
    fs::write(&clone, text.replacen("revision", "clone_of = \"bank-d1-01\"\nrevision", 1)).unwrap();
    for step in RELEASE {
        transition(&home, &ids(), step).good();
    }
    let roster = home.path().join("roster.toml");
    let people = ["Alex", "Zoë", "Ming", "Olu"]
        .map(|name| format!("[[place]]\ncandidate = \"{name}\"\nname = \"{name}\"\nlast_name = \"{name}\"\n"));
    fs::write(&roster, people.concat()).unwrap();
    let (opens, closes) = (Utc::now().to_rfc3339(), (Utc::now() + Duration::hours(4)).to_rfc3339());
    let window = ["--title", "Exam", "--opens", &opens, "--closes", &closes, "--roster", roster.to_str().unwrap()];
    let scheduled: Value = serde_json::from_str(&home.invigil(&["sitting", "schedule"], &window).good()).unwrap();
    let sitting = scheduled["sitting"].as_str().unwrap();

    let ran = transition(&home, &["bank-d1-01".into()], ["compromised", "guard", "security"]);
    let answer: Value = serde_json::from_str(&ran.good()).unwrap();
    let out = answer["taken_out"].as_array().unwrap();
    let out: Vec<&str> = out.iter().map(|row| row["item"].as_str().unwrap()).collect();
    assert_eq!(out, ["bank-d1-01", "bank-d1-02"]);

    let affected =
        || -> Vec<Value> { serde_json::from_str(&home.invigil(&["bank", "affected"], &["--json"]).good()).unwrap() };
    let attempts = |rows: &[Value]| -> BTreeSet<String> {
        rows.iter().map(|row| row["attempt"].as_str().unwrap().to_owned()).collect()
    };
    let rows = affected();
    assert_eq!(attempts(&rows), holding(&home, &scheduled, &["bank-d1-01", "bank-d1-02"]));
    assert!(rows.iter().all(|row| row["state"] == "ready" && row["sitting"] == sitting), "{rows:?}");
    let said = home.invigil(&["bank", "affected"], &[]).good();
    assert_eq!(said.contains(&format!("invigil sitting reserve --sitting {sitting}")), !rows.is_empty(), "{said}");

    let reserve = home.invigil(&["sitting", "reserve"], &["--sitting", sitting]).good();
    let reserve: Value = serde_json::from_str(&reserve).unwrap();
    assert_eq!(holding(&home, &reserve, &["bank-d1-01", "bank-d1-02"]), BTreeSet::new());
    assert_eq!(affected(), rows, "the reserve forms are clean");
    let ran = home.invigil(&["bank", "affected"], &["--item", "bank-x"]);
    assert!(ran.fault().contains("no usable item"), "{ran:?}");
}
