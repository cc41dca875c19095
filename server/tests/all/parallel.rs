//! Parallel forms at the command line, made by the solver that `cargo xtask solver` builds.

use std::{fs, path::Path};

use serde_json::Value;

use crate::fixture::{Home, invigil};

/// The bank of the demonstration.
const CAISP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../question-bank/content/caisp");

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn read(file: &Path) -> Value {
    serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
}

/// Whether there is a solver: `cargo xtask test` builds it and says where it is. On the build server there must be.
fn solver() -> bool {
    let found = std::env::var_os("INVIGIL_ASSEMBLE").is_some_and(|path| Path::new(&path).is_file());
    assert!(
        found || std::env::var_os("CI").is_none(),
        "INVIGIL_ASSEMBLE names no solver; `cargo xtask test` builds it"
    );
    if !found {
        // Cargo shows it with `--nocapture`; whoever looks for a test that did nothing finds why.
        #[expect(clippy::print_stderr, reason = "a test that does nothing says so")]
        {
            eprintln!(
                "NOT TESTED: INVIGIL_ASSEMBLE names no solver; `cargo xtask test` builds it and says where it is"
            );
        }
    }
    found
}

const SEED: &str = "0707070707070707070707070707070707070707070707070707070707070707";

#[test]
fn forms_are_made_and_checked() {
    if !solver() {
        return;
    }
    let home = Home::new();
    let (bank, out) = (home.path().join("bank"), home.path().join("forms"));
    let assemble = |out: &Path| {
        let arguments = ["form", "assemble", "--forms", "2", "--seed", SEED];
        invigil(arguments.into_iter().chain(["--bank", text(&bank), "--out", text(out)])).good()
    };
    let said = assemble(&out);
    assert!(said.contains("2 forms of Certified Mini Tester"), "{said}");
    // Eight of twelve stand-alone items and two of the three of the set, twice: five are shared at least.
    assert!(said.contains("two forms share up to 5 items"), "{said}");
    let forms = out.join("forms.json");
    let report = invigil(["form", "report", "--json", text(&forms)]).good();
    assert_eq!(serde_json::from_str::<Value>(&report).unwrap(), read(&out.join("report.json")));
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(page.contains("Every form keeps every rule") && !page.contains("<script"), "{page}");

    let again = home.path().join("again");
    assemble(&again);
    assert_eq!(fs::read(&forms).unwrap(), fs::read(again.join("forms.json")).unwrap());

    let mut corrupted = read(&forms);
    corrupted["forms"][1]["items"][0] = "bank-d1-99".into();
    fs::write(&forms, corrupted.to_string()).unwrap();
    assert!(invigil(["form", "report", text(&forms)]).fault().contains("the pool has no item bank-d1-99"));
}

/// Changes the file of an item.
fn change(home: &Home, id: &str, from: &str, to: &str) {
    let file = home.path().join(format!("bank/items/{id}.toml"));
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn what_may_not_stand_on_a_form_is_on_none() {
    if !solver() {
        return;
    }
    let home = Home::new();
    let (bank, out) = (home.path().join("bank"), home.path().join("forms"));
    // Of two domains, each form has four of six items by themselves, and one or two of a set.
    change(&home, "bank-d1-02", "revision", "clone_of = \"bank-d1-01\"\nrevision");
    change(&home, "bank-d2-01", "reviewed = true", "reviewed = false");
    let assemble = || {
        let arguments = ["form", "assemble", "--forms", "1", "--seed", SEED, "--replace"];
        invigil(arguments.into_iter().chain(["--bank", text(&bank), "--out", text(&out)]))
    };
    let items = || -> Vec<String> {
        let set = read(&out.join("forms.json"));
        serde_json::from_value(set["forms"][0]["items"].clone()).unwrap()
    };
    let said = assemble().good();
    assert!(said.contains("14 items may stand on forms, 1 of the bank may not"), "{said}");
    assert!(!items().contains(&"bank-d2-01".to_owned()));

    // A clone of what is compromised is as good as known.
    change(&home, "bank-d1-01", "\"operational\"", "\"compromised\"");
    let said = assemble().good();
    assert!(said.contains("12 items may stand on forms, 3 of the bank may not"), "{said}");
    assert!(!items().contains(&"bank-d1-01".to_owned()) && !items().contains(&"bank-d1-02".to_owned()));
}

#[test]
fn the_bank_of_the_demonstration_gives_ten_forms_that_share_a_fifth_at_most() {
    if !solver() {
        return;
    }
    let home = Home::new();
    let out = home.path().join("forms");
    let arguments = ["form", "assemble", "--forms", "10", "--overlap", "20", "--seed", SEED, "--json"];
    let report = invigil(arguments.into_iter().chain(["--bank", CAISP, "--out", text(&out)])).good();
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!((&report["violations"], report["forms"].as_array().unwrap().len()), (&Value::Array(Vec::new()), 10));
    assert!(report["overlap"]["most"].as_u64().unwrap() <= 16);
    if let (Some(score), Some(targets)) = (report["score"].as_object(), report["targets"].as_object()) {
        // Half a point, and a percent of the target.
        assert!(score["spread"].as_u64().unwrap() <= 500, "{score:?}");
        assert!(targets["gap"].as_u64().unwrap() <= 10_000, "{targets:?}");
    } else {
        panic!("every item of the bank is rated: {} {}", report["score"], report["targets"]);
    }
    // What the scheme asks of levels and words is asked here too.
    let rules: Vec<&str> =
        report["coverage"].as_array().unwrap().iter().map(|row| row["rule"].as_str().unwrap()).collect();
    assert!(rules.contains(&"level") && rules.contains(&"words"), "{rules:?}");
}

#[test]
fn what_excludes_itself_is_told_in_one_line() {
    if !solver() {
        return;
    }
    let home = Home::new();
    let (bank, out) = (home.path().join("bank"), home.path().join("forms"));
    let arguments = ["form", "assemble", "--forms", "2", "--overlap", "20", "--seed", SEED];
    let ran = invigil(arguments.into_iter().chain(["--bank", text(&bank), "--out", text(&out)]));
    assert!(ran.fault().contains("no two forms share more than 2 items"), "{ran:?}");
    assert!(!out.exists());
}

#[test]
fn rules_come_from_a_file_and_their_faults_are_named() {
    if !solver() {
        return;
    }
    let home = Home::new();
    let (bank, out, rules) = (home.path().join("bank"), home.path().join("forms"), home.path().join("rules.toml"));
    let assemble = |content: &str| {
        fs::write(&rules, content).unwrap();
        let arguments = ["form", "assemble", "--forms", "1", "--seed", SEED, "--rules", text(&rules)];
        invigil(arguments.into_iter().chain(["--bank", text(&bank), "--out", text(&out)]))
    };
    assert!(assemble("words = 7").fault().contains("line 1"));
    assert!(assemble("[ratings]\nbank-d1-01 = [101]").fault().contains("bank-d1-01"));
    let unrated = assemble("target_score = 6000\n");
    assert!(unrated.fault().contains("has no difficulty"), "{unrated:?}");
    assemble("max_uses = 1\n[used]\nbank-d1-01 = 1\n").good();
    let forms = fs::read_to_string(out.join("forms.json")).unwrap();
    let set: Value = serde_json::from_str(&forms).unwrap();
    let items = set["forms"][0]["items"].as_array().unwrap();
    assert!(items.len() == 10 && !items.contains(&"bank-d1-01".into()), "{items:?}");
}
