//! Items of other systems: what becomes of each, the drafts, tries, and what hostile files come to.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::fixture::{Ran, invigil};

const CHOICE: &str = r#"<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="Door-1" title="Door" adaptive="false" time-dependent="false">
<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier"><qti-correct-response><qti-value>B</qti-value></qti-correct-response></qti-response-declaration>
<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
<qti-item-body><p>The door is <em>open</em> &amp; [unguarded].</p>
<qti-choice-interaction response-identifier="RESPONSE" shuffle="true" max-choices="1"><qti-prompt>What comes first?</qti-prompt>
<qti-simple-choice identifier="A">Leave</qti-simple-choice><qti-simple-choice identifier="B">Close it</qti-simple-choice><qti-simple-choice identifier="C">*Shout*</qti-simple-choice>
</qti-choice-interaction></qti-item-body>
<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>
</qti-assessment-item>"#;

fn file(folder: &Path, name: &str, content: &[u8]) -> String {
    let path = folder.join(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

fn imported(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

#[test]
fn each_format_is_told_by_its_content_and_becomes_drafts() {
    let folder = tempfile::tempdir().unwrap();
    let bank = folder.path().join("bank");
    let qti = file(folder.path(), "one.txt", CHOICE.as_bytes());
    let moodle = file(
        folder.path(),
        "two",
        br#"<?xml version="1.0"?><quiz><question type="matching"><name><text>Pairs</text></name>
        <questiontext format="html"><text>Which belongs where?</text></questiontext>
        <subquestion format="html"><text>Key</text><answer><text>Lock</text></answer></subquestion>
        <subquestion format="html"><text>Badge</text><answer><text>Gate</text></answer></subquestion></question></quiz>"#,
    );
    let gift = file(folder.path(), "three", b"::Sum::How much is 1 to 5, in the middle? {#1..5}\n");
    let ran =
        invigil(["bank", "import", &qti, &moodle, &gift, "--json", "--domain", "D1", "--into", bank.to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let report = imported(&ran);
    let formats: Vec<&Value> = report["files"].as_array().unwrap().iter().map(|file| &file["format"]).collect();
    assert_eq!(formats, ["qti", "moodle_xml", "gift"]);
    assert_eq!(report["files"][0]["items"][0]["class"], "imported", "{report:#}");
    assert_eq!(report["files"][2]["parsed"][0]["type"], "Numerical");

    let draft = |id: &str| -> toml::Table {
        fs::read_to_string(bank.join(format!("items/{id}.toml"))).unwrap().parse().unwrap()
    };
    let door = draft("door-1");
    assert_eq!(door["status"].as_str(), Some("draft"));
    assert_eq!(door["domain"].as_str(), Some("D1"));
    assert_eq!(door["stem"].as_str().unwrap().trim(), "The door is *open* \\& \\[unguarded\\].\n\nWhat comes first?");
    assert_eq!(door["option"][2]["text"].as_str(), Some("\\*Shout\\*"));
    assert_eq!(door["option"][1]["key"].as_bool(), Some(true));
    assert!(door["option"][0].get("key").is_none() && door.get("level").is_none() && door.get("reference").is_none());
    assert_eq!(draft("pairs")["credit"].as_str(), Some("partial"));
    let sum = draft("sum");
    assert_eq!((sum["gap"][0]["number"].as_str(), sum["gap"][0]["tolerance"].as_str()), (Some("3"), Some("2")));

    // Again, beside a new one: nothing is overwritten, nothing is written.
    let new = file(folder.path(), "four", b"::Fresh::Is it? {T}\n");
    let ran = invigil(["bank", "import", &new, &gift, "--into", bank.to_str().unwrap()]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("no draft was written"), "{ran:?}");
    assert!(!bank.join("items/fresh.toml").exists());
}

#[test]
fn what_would_be_scored_otherwise_is_refused_or_said() {
    let folder = tempfile::tempdir().unwrap();
    let part = file(folder.path(), "part", b"::Part::Which? {=Right ~%50%Nearly ~Wrong}\n");
    let ran = invigil(["bank", "import", &part, "--json"]);
    assert_eq!(ran.code, Some(3));
    let item = &imported(&ran)["files"][0]["items"][0];
    assert_eq!((&item["class"], &item["line"]), (&json!("refused"), &json!(1)));
    assert!(item["faults"][0]["message"].as_str().unwrap().contains("--all-or-nothing"), "{item:#}");
    let ran = invigil(["bank", "import", &part, "--json", "--all-or-nothing"]);
    assert_eq!((ran.code, &imported(&ran)["files"][0]["items"][0]["class"]), (Some(0), &json!("imported_with_loss")));

    // The key that is declared is not the one that is scored.
    let rules = CHOICE.replace(
        r#"<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>"#,
        r#"<qti-response-processing><qti-set-outcome-value identifier="SCORE"><qti-base-value base-type="float">1</qti-base-value></qti-set-outcome-value></qti-response-processing>"#,
    );
    let rules = file(folder.path(), "rules.xml", rules.as_bytes());
    assert_eq!(invigil(["bank", "import", &rules]).code, Some(3));
}

#[test]
fn responses_are_tried_against_an_item() {
    let folder = tempfile::tempdir().unwrap();
    let item = file(folder.path(), "item.xml", CHOICE.as_bytes());
    let cases = br#"{"cases": [{"name": "right", "responses": {"RESPONSE": "B"}}, {"name": "wrong", "responses": {"RESPONSE": "A"}}]}"#;
    let cases = file(folder.path(), "cases.json", cases);
    let ran = invigil(["bank", "try", &item, "--responses", &cases, "--seed", "7", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let tried = imported(&ran);
    let scores: Vec<Option<f64>> = (0..2).map(|at| tried["cases"][at]["outcomes"]["SCORE"].as_f64()).collect();
    assert_eq!(scores, [Some(1.0), Some(0.0)]);
}

#[test]
fn hostile_files_are_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let laughs = r#"<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><quiz>&b;</quiz>"#;
    let outside = CHOICE.replacen(
        "<qti-assessment-item",
        "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><qti-assessment-item",
        1,
    );
    for (name, content) in [
        ("laughs.xml", laughs.as_bytes()),
        ("outside.xml", outside.as_bytes()),
        ("zip", b"PK\x03\x04 and no more".as_slice()),
        ("bytes", b"\xff\x80\x00\x01".as_slice()),
        ("deep.xml", "<qti-assessment-item>".repeat(100_000).as_bytes()),
    ] {
        let path = file(folder.path(), name, content);
        let ran = invigil(["bank", "import", &path]);
        assert_eq!(ran.code, Some(3), "{name}: {ran:?}");
        assert!(!ran.stdout.contains("root:"), "{name}: {ran:?}");
        assert!(ran.stdout.contains(": "), "{name}: {ran:?}");
    }
    for (name, beginning) in [("huge.zip", "PK\u{3}\u{4}"), ("huge.xml", "<quiz>"), ("huge.gift", "::")] {
        let path = file(folder.path(), name, beginning.as_bytes());
        // Sparse: two gibibytes that take no room.
        fs::File::options().write(true).open(&path).unwrap().set_len(2 << 30).unwrap();
        let ran = invigil(["bank", "import", &path]);
        assert_eq!(ran.code, Some(3), "{name}: {ran:?}");
    }
    assert_eq!(invigil(["bank", "import", "no-such-file"]).code, Some(2));
}

#[test]
fn a_bank_is_written_as_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let bank = concat!(env!("CARGO_MANIFEST_DIR"), "/../question-bank/content/practice");
    let csv = folder.path().join("items.csv");
    let ran = invigil(["bank", "export", "--bank", bank, "--csv", csv.to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let text = fs::read_to_string(&csv).unwrap();
    for kind in
        ["single_choice", "multiple_response", "cloze", "gap_match", "match", "order", "hotspot", "extended_text"]
    {
        assert!(text.contains(&format!("\"{kind}\"")), "{kind}");
    }
    assert_eq!(
        invigil(["bank", "export", "--bank", bank, "--csv", csv.to_str().unwrap()]).code,
        Some(1),
        "overwritten"
    );
}
