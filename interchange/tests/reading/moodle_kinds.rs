//! Each kind of question that Moodle XML has, read into the neutral model.

use interchange::{Import, LossKind, Outcome, moodle};
use serde_json::{Value, json};

fn import() -> Import {
    moodle::read(include_bytes!("files/kinds.xml"))
}

/// A question of the file by its name, as JSON.
fn question(name: &str) -> Value {
    let record = import().records.into_iter().find(|record| record.name == name).unwrap();
    serde_json::to_value(record.outcome.question().unwrap_or_else(|| panic!("{:?}", record.outcome))).unwrap()
}

fn paragraph(text: &str) -> Value {
    json!([{ "type": "paragraph", "content": [{ "type": "text", "text": text }] }])
}

fn option(text: &str, fraction: &str, feedback: Value) -> Value {
    json!({ "content": paragraph(text), "fraction": fraction, "feedback": feedback })
}

#[test]
fn all_kinds_are_imported_and_only_units_are_lost() {
    let import = import();
    assert_eq!(import.faults, []);
    assert_eq!(import.records.len(), 12);
    for record in &import.records {
        match &record.outcome {
            Outcome::Imported { .. } => assert_ne!(record.kind, "numerical"),
            Outcome::ImportedWithLoss { losses, .. } => {
                assert_eq!(record.kind, "numerical");
                assert!(
                    matches!(losses.as_slice(), [loss] if loss.kind.code() == "part" && loss.at.line == 58),
                    "{losses:?}"
                );
                assert!(matches!(losses[0].kind, LossKind::Part { .. }));
            }
            Outcome::Refused { faults } => panic!("{}: {faults:?}", record.name),
        }
    }
    let places: Vec<_> = import.records.iter().map(|record| (record.at.line, record.at.column)).collect();
    assert_eq!(places[..3], [(8, 3), (31, 3), (40, 3)]);
}

#[test]
fn a_choice_keeps_fractions_feedback_pictures_and_where_it_stood() {
    let question = question("Poisoned retrieval");
    assert_eq!(question["id"], "d2-17");
    assert_eq!(question["category"], json!(["AI security", "Risk/Control"]));
    assert_eq!(question["tags"], json!(["retrieval", "injection"]));
    assert_eq!((&question["points"], &question["penalty"]), (&json!("2"), &json!("0.3333333")));
    assert_eq!(
        question["stem"],
        json!([
            { "type": "paragraph", "content": [
                { "type": "text", "text": "An assistant answers from a wiki that " },
                { "type": "strong", "content": [{ "type": "text", "text": "anyone" }] },
                { "type": "text", "text": " may edit." },
                { "type": "break" },
                { "type": "text", "text": "Which attack is " },
                { "type": "emphasis", "content": [{ "type": "text", "text": "most" }] },
                { "type": "text", "text": " likely?" },
            ] },
            { "type": "paragraph", "content": [
                { "type": "image", "asset": "flow chart.png", "alt": "Wiki to assistant" },
            ] },
        ])
    );
    assert_eq!(question["assets"], json!([{ "name": "flow chart.png", "media_type": "image/png", "length": 16 }]));
    assert_eq!(
        question["interaction"],
        json!({ "type": "choice", "single": true, "shuffle": true, "options": [
            option("Indirect prompt injection", "100", paragraph("The page speaks to the model.")),
            option("Model inversion", "0", json!([])),
            option("Denial of service", "-33.33333", json!([])),
        ] })
    );
    assert_eq!(
        question["feedback"],
        json!({
            "general": paragraph("Retrieval brings foreign text into the prompt."),
            "correct": paragraph("Right."),
            "partly_correct": [],
            "incorrect": paragraph("Look at who writes the wiki."),
        })
    );
}

#[test]
fn several_answers_and_their_order_are_kept() {
    let interaction = &question("Two controls")["interaction"];
    assert_eq!((&interaction["single"], &interaction["shuffle"]), (&json!(false), &json!(false)));
    assert_eq!(interaction["options"][1], option("Allow lists", "50", json!([])));
}

#[test]
fn true_and_false_are_told_by_their_words() {
    assert_eq!(
        question("Output filter")["interaction"],
        json!({
            "type": "true_false",
            "key": false,
            "feedback_true": paragraph("It sees results only."),
            "feedback_false": paragraph("Right."),
        })
    );
}

#[test]
fn typed_answers_keep_wildcards_case_and_tolerance() {
    let short = question("Record");
    assert_eq!(
        short["stem"][0]["content"][1],
        json!({ "type": "emphasis", "content": [{ "type": "text", "text": "document" }] })
    );
    assert_eq!(
        short["interaction"],
        json!({ "type": "text_entry", "case_sensitive": true, "accepted": [
            { "pattern": { "parts": ["model card", ""] }, "fraction": "100", "feedback": [] },
            { "pattern": { "parts": ["4*4 sheet"] }, "fraction": "50", "feedback": [] },
        ] })
    );
    assert_eq!(
        question("Rate")["interaction"],
        json!({ "type": "numeric", "accepted": [
            { "range": { "type": "near", "value": "15", "tolerance": "0.5" }, "fraction": "100", "feedback": [] },
            { "range": { "type": "any" }, "fraction": "0", "feedback": paragraph("Divide 12 by 80.") },
        ] })
    );
}

#[test]
fn pairs_orders_and_essays_are_kept() {
    assert_eq!(
        question("Who answers")["interaction"],
        json!({
            "type": "match",
            "shuffle": true,
            "pairs": [
                { "premise": paragraph("Puts the system on the market"), "answer": "Provider" },
                { "premise": paragraph("Uses it at work"), "answer": "Deployer" },
            ],
            "distractors": ["Importer"],
        })
    );
    assert_eq!(
        question("Incident")["interaction"],
        json!({ "type": "order", "entries": [paragraph("Contain"), paragraph("Recover")] })
    );
    assert_eq!(
        question("Plan")["interaction"],
        json!({
            "type": "extended_text",
            "min_words": 50,
            "max_words": null,
            "lines": 15,
            "rubric": paragraph("Scope, rules, reporting."),
        })
    );
    assert_eq!(question("Scenario")["interaction"], json!({ "type": "information" }));
}

fn gap(number: u32) -> Value {
    json!({ "type": "gap", "number": number })
}

fn text(text: &str) -> Value {
    json!({ "type": "text", "text": text })
}

#[test]
fn words_for_gaps_are_offered_by_group() {
    let select = question("Select");
    assert_eq!(
        select["stem"][0]["content"],
        json!([text("The "), gap(1), text(" trains, the "), gap(2), text(" deploys; [x] stays.")])
    );
    let gaps = &select["interaction"]["gaps"];
    assert_eq!(gaps.as_array().unwrap().len(), 2);
    assert_eq!(
        gaps[1],
        json!({ "number": 2, "weight": "1", "kind": "inline_choice", "single": true, "shuffle": true, "options": [
            option("deployer", "100", json!([])),
            option("user", "0", json!([])),
        ] })
    );
    let drag = question("Drag");
    assert_eq!(drag["stem"][0]["content"], json!([text("First "), gap(1), text(", then "), gap(2), text(".")]));
    assert_eq!(
        drag["interaction"],
        json!({
            "type": "gap_match",
            "shuffle": null,
            "tiles": [
                { "content": paragraph("mitigate"), "group": 1, "reusable": false },
                { "content": paragraph("assess"), "group": 1, "reusable": true },
            ],
            "gaps": [{ "number": 1, "group": 1, "key": 1 }, { "number": 2, "group": 1, "key": 0 }],
        })
    );
}

#[test]
fn gaps_within_text_are_read_in_every_variant() {
    let cloze = question("Cloze");
    assert_eq!(
        cloze["stem"],
        json!([
            { "type": "paragraph", "content": [
                text("Injection through a "), gap(1), text(" is "), gap(2), text("; {a brace} stays."),
            ] },
            { "type": "list", "ordered": false, "items": [
                [{ "type": "paragraph", "content": [text("Rate: "), gap(3)] }],
                [{ "type": "paragraph", "content": [text("Both: "), gap(4)] }],
            ] },
        ])
    );
    let gaps = cloze["interaction"]["gaps"].as_array().unwrap();
    let strong = json!([{ "type": "paragraph", "content": [{ "type": "strong", "content": [text("web page")] }] }]);
    assert_eq!(
        gaps[0],
        json!({ "number": 1, "weight": "1", "kind": "inline_choice", "single": true, "shuffle": false, "options": [
            { "content": strong, "fraction": "100", "feedback": paragraph("yes") },
            option("file", "25", json!([])),
            option("prompt", "0", json!([])),
        ] })
    );
    assert_eq!(
        gaps[1],
        json!({ "number": 2, "weight": "2", "kind": "text_entry", "case_sensitive": true, "accepted": [
            { "pattern": { "parts": ["indirect"] }, "fraction": "100", "feedback": [] },
            { "pattern": { "parts": ["second~hand", ""] }, "fraction": "50", "feedback": [] },
        ] })
    );
    assert_eq!(
        gaps[2],
        json!({ "number": 3, "weight": "1", "kind": "numeric", "accepted": [
            { "range": { "type": "near", "value": "0.15", "tolerance": "0.01" }, "fraction": "100", "feedback": [] },
            { "range": { "type": "near", "value": "15", "tolerance": "0" }, "fraction": "50", "feedback": paragraph("per cent, not a share") },
            { "range": { "type": "any" }, "fraction": "0", "feedback": [] },
        ] })
    );
    assert_eq!(
        gaps[3],
        json!({ "number": 4, "weight": "1", "kind": "choice", "single": false, "shuffle": true, "options": [
            option("logs", "50", json!([])),
            option("alerts #1", "50", json!([])),
            option("luck", "-100", json!([])),
        ] })
    );
}
