//! What is right in foreign items, and what is not believed of them.

use std::collections::{BTreeMap, BTreeSet};

use ::qti::read::read_item;
use interchange::moodle;

use super::super::{
    Choices, Files, Native,
    qti::{Surroundings, of_item},
    question::of_question,
};

/// An item with declarations, a body and rules.
fn imported(declarations: &str, body: &str, rules: &str, choices: &Choices) -> Result<Native, Vec<String>> {
    let item = format!(
        r#"<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="x" title="x" adaptive="false" time-dependent="false">
{declarations}<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
<qti-item-body>{body}</qti-item-body>{rules}</qti-assessment-item>"#
    );
    let read = read_item("x.xml", item.as_bytes());
    let (files, stimuli, taken) = (Files::new(), BTreeMap::new(), BTreeSet::new());
    let around = Surroundings { file: "x.xml", files: &files, stimuli: &stimuli, taken: &taken };
    of_item(read.content().unwrap_or_else(|| panic!("{read:#?}")), &around, "x", choices)
}

const MAP: &str =
    r#"<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml"/>"#;

fn lists(count: usize, mapping: &str) -> (String, String) {
    let declared = |at| {
        format!(
            r#"<qti-response-declaration identifier="R{at}" cardinality="single" base-type="identifier"><qti-correct-response><qti-value>A</qti-value></qti-correct-response>{mapping}</qti-response-declaration>"#
        )
    };
    let gap = |at| {
        format!(
            r#"<qti-inline-choice-interaction response-identifier="R{at}" shuffle="true"><qti-inline-choice identifier="A">one {at}</qti-inline-choice><qti-inline-choice identifier="B">two {at}</qti-inline-choice></qti-inline-choice-interaction>"#
        )
    };
    let gaps: Vec<String> = (1..=count).map(gap).collect();
    ((1..=count).map(declared).collect(), format!("<p>Fill.</p><p>{}</p>", gaps.join(" and ")))
}

fn right(at: usize) -> String {
    format!(r#"<qti-match><qti-variable identifier="R{at}"/><qti-correct identifier="R{at}"/></qti-match>"#)
}

fn adds(condition: &str) -> String {
    format!(
        r#"<qti-response-condition><qti-response-if>{condition}<qti-set-outcome-value identifier="SCORE"><qti-sum><qti-variable identifier="SCORE"/><qti-base-value base-type="float">1</qti-base-value></qti-sum></qti-set-outcome-value></qti-response-if></qti-response-condition>"#
    )
}

fn rules(rules: &str) -> String {
    format!("<qti-response-processing>{rules}</qti-response-processing>")
}

#[test]
fn parts_that_count_together_only_are_no_partial_credit() {
    let (declared, body) = lists(3, "");
    let each = rules(&(1..=3).map(|at| adds(&right(at))).collect::<String>());
    let native = imported(&declared, &body, &each, &Choices::default()).unwrap();
    assert!(native.text.contains("credit = \"partial\""), "{}", native.text);

    let both = format!("<qti-and>{}{}</qti-and>", right(1), right(2));
    let together = rules(&(adds(&both) + &adds(&right(3))));
    let faults = imported(&declared, &body, &together, &Choices::default()).unwrap_err();
    assert!(faults[0].contains("response processing"), "{faults:?}");
}

#[test]
fn mapped_gaps_give_partial_credit_only_as_they_do_there() {
    let sum = |count| {
        let mapped: String = (1..=count).map(|at| format!(r#"<qti-map-response identifier="R{at}"/>"#)).collect();
        rules(&format!(
            r#"<qti-set-outcome-value identifier="SCORE"><qti-sum>{mapped}</qti-sum></qti-set-outcome-value>"#
        ))
    };
    let mapping = |other: &str, bound: &str| {
        format!(
            r#"<qti-mapping default-value="0" {bound}><qti-map-entry map-key="A" mapped-value="1"/><qti-map-entry map-key="B" mapped-value="{other}"/></qti-mapping>"#
        )
    };
    let (declared, body) = lists(2, &mapping("0", ""));
    let native = imported(&declared, &body, &sum(2), &Choices::default()).unwrap();
    assert!(native.text.contains("credit = \"partial\""));

    // A part of the points for the wrong one: only the full key counts then, as is said.
    let (declared, body) = lists(2, &mapping("0.5", ""));
    assert!(imported(&declared, &body, &sum(2), &Choices::default()).is_err());
    let all = Choices { all_or_nothing: true, ..Choices::default() };
    let native = imported(&declared, &body, &sum(2), &all).unwrap();
    assert!(!native.text.contains("credit"), "{}", native.text);
    assert!(native.losses.iter().any(|loss| loss.contains("only the full key")), "{:?}", native.losses);
}

#[test]
fn chosen_options_give_partial_credit_if_no_more_can_be_chosen_than_are_right() {
    let declared = r#"<qti-response-declaration identifier="RESPONSE" cardinality="multiple" base-type="identifier"><qti-correct-response><qti-value>A</qti-value><qti-value>B</qti-value></qti-correct-response>
<qti-mapping default-value="0" lower-bound="0"><qti-map-entry map-key="A" mapped-value="1"/><qti-map-entry map-key="B" mapped-value="1"/></qti-mapping></qti-response-declaration>"#;
    let body = |most| {
        let options: String = ["A", "B", "C", "D", "E"]
            .map(|name| format!(r#"<qti-simple-choice identifier="{name}">Option {name}</qti-simple-choice>"#))
            .concat();
        format!(
            r#"<qti-choice-interaction response-identifier="RESPONSE" shuffle="true" max-choices="{most}"><qti-prompt>Which TWO?</qti-prompt>{options}</qti-choice-interaction>"#
        )
    };
    let native = imported(declared, &body(2), MAP, &Choices::default()).unwrap();
    assert!(native.text.contains("credit = \"partial\""), "{}", native.text);
    for most in [0, 3] {
        let faults = imported(declared, &body(most), MAP, &Choices::default()).unwrap_err();
        assert!(faults[0].contains("--all-or-nothing"), "{faults:?}");
    }
}

#[test]
fn words_of_a_bank_are_plain_and_say_what_they_were() {
    let declared = r#"<qti-response-declaration identifier="RESPONSE" cardinality="multiple" base-type="directedPair"><qti-correct-response><qti-value>A G</qti-value></qti-correct-response></qti-response-declaration>"#;
    let body = |word: &str, most: u32| {
        format!(
            r#"<qti-gap-match-interaction response-identifier="RESPONSE" shuffle="true"><qti-prompt>Fill.</qti-prompt><qti-gap-text identifier="A" match-max="{most}">{word}</qti-gap-text><qti-gap-text identifier="B" match-max="{most}">*b* &amp; c</qti-gap-text><p>It is <qti-gap identifier="G"/>.</p></qti-gap-match-interaction>"#
        )
    };
    let rules = MAP.replace("map_response", "match_correct");
    let import = |word: &str, most| imported(declared, &body(word, most), &rules, &Choices::default());
    let native = import("a_b <em>c</em>", 1).unwrap();
    assert!(native.text.contains("\"a_b c\"") && native.text.contains("\"*b* & c\""), "{}", native.text);
    assert!(native.losses.iter().any(|loss| loss.contains("emphasis")), "{:?}", native.losses);
    assert!(!native.text.contains("reuse"));
    assert!(import("a", 0).unwrap().text.contains("reuse = true"));
    let faults =
        import(r#"<math xmlns="http://www.w3.org/1998/Math/MathML"><mtext>a + b</mtext></math>"#, 1).unwrap_err();
    assert!(faults[0].contains("formula"), "{faults:?}");
}

fn of_moodle(xml: &str) -> Result<Native, Vec<String>> {
    let import = moodle::read(format!("<quiz>{xml}</quiz>").as_bytes());
    let question = import.records[0].outcome.question().unwrap_or_else(|| panic!("{import:#?}"));
    of_question(question, "x", &Choices::default(), &BTreeSet::new())
}

#[test]
fn tiles_of_moodle_are_plain_too() {
    let native = of_moodle(
        r#"<question type="ddwtos"><name><text>W</text></name><questiontext format="html"><text><![CDATA[<p>Fill.</p><p>It is [[1]] and [[2]].</p>]]></text></questiontext>
        <dragbox><text>snake_case</text><group>1</group></dragbox><dragbox><text>a * b</text><group>1</group></dragbox></question>"#,
    )
    .unwrap();
    assert!(native.text.contains("\"snake_case\"") && native.text.contains("\"a * b\""), "{}", native.text);
}

#[test]
fn options_of_several_paragraphs_and_of_code_are_read_as_they_are() {
    let option = |fraction: u32, text: &str| {
        format!(r#"<answer fraction="{fraction}" format="html"><text><![CDATA[{text}]]></text></answer>"#)
    };
    let options =
        option(100, "<p>First</p><p>second</p>") + &option(0, "<pre>a\n\nb\n* c</pre>") + &option(0, "<p>x<br>y</p>");
    let native = of_moodle(&format!(
        r#"<question type="multichoice"><name><text>C</text></name><questiontext format="html"><text>Which?</text></questiontext><single>true</single>{options}</question>"#
    ));
    let native = native.unwrap_or_else(|faults| panic!("{faults:?}"));
    assert!(native.losses.iter().any(|loss| loss.contains("forced line break")), "{:?}", native.losses);
}
