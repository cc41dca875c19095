//! What becomes of an item, and where its faults and losses are.

use qti::{Import, Lost, Place, What, read::read_item};

fn item(inside: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" title="t" adaptive="false" timeDependent="false">
<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"/>
{inside}
</assessmentItem>"#
    )
}

fn read(inside: &str) -> Import<qti::model::Item> {
    read_item("items/one.xml", item(inside).as_bytes())
}

#[test]
fn an_item_is_imported_whole_if_nothing_of_it_is_lost() {
    let import = read(
        r#"<itemBody><choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="1">
        <prompt>Which <em>one</em>?</prompt><simpleChoice identifier="A">First</simpleChoice></choiceInteraction></itemBody>"#,
    );
    assert!(matches!(import, Import::Imported { .. }), "{import:?}");
}

#[test]
fn losses_are_listed_with_their_places() {
    let import = read(
        r#"<itemBody><p class="big" id="x">Formula <math xmlns="http://www.w3.org/1998/Math/MathML"><mfrac><mn>1</mn><mi>x</mi></mfrac></math></p>
<blink lang="en">text</blink><img src="https://example.org/a.png" alt="a"/></itemBody>"#,
    );
    let Import::ImportedWithLoss { losses, .. } = import else { panic!("{import:?}") };
    let places: Vec<_> = losses.iter().map(|loss| (loss.place.unwrap(), loss.what.clone())).collect();
    let at = |line, column| Place { line, column };
    assert_eq!(
        places,
        [
            (at(4, 14), Lost::Presentation(2)),
            (at(4, 41), Lost::Formula("1/x".to_owned())),
            (at(5, 1), Lost::Element("blink".to_owned())),
            (at(5, 30), Lost::Remote("https://example.org/a.png".to_owned())),
        ]
    );
    assert_eq!(losses[2].to_string(), "items/one.xml:5:1: <blink> is not kept, only its content is");
}

#[test]
fn all_faults_are_told_at_once_with_line_and_column() {
    let import = read(
        r#"<outcomeDeclaration identifier="SCORE" cardinality="one" baseType="float"/>
<itemBody><choiceInteraction responseIdentifier="NOBODY" maxChoices="many"><simpleChoice identifier="A">ä</simpleChoice><simpleChoice
  identifier="A">again</simpleChoice></choiceInteraction></itemBody>
<responseProcessing><setOutcomeValue identifier="SCORE"><sumUp/></setOutcomeValue><launchRocket/></responseProcessing>"#,
    );
    let faults: Vec<String> = import.faults().iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        [
            "items/one.xml:4:40: \"one\" is no cardinality (single, multiple, ordered or record)",
            "items/one.xml:5:11: the interaction answers to \"NOBODY\", which no response declaration declares",
            "items/one.xml:5:58: \"many\" is no whole number from 0 on",
            "items/one.xml:5:121: the identifier \"A\" is given twice",
            "items/one.xml:7:57: the expression <sumUp> is not known, so that the item could not be scored as its author meant",
            "items/one.xml:7:83: the rule <launchRocket> is not known, so that the item could not be scored as its author meant",
        ]
    );
}

#[test]
fn foreign_code_and_foreign_operators_are_refused_with_the_reason() {
    for (inside, words) in [
        (r#"<itemBody><customInteraction responseIdentifier="RESPONSE"/></itemBody>"#, "code of its author"),
        (r#"<itemBody><portableCustomInteraction responseIdentifier="RESPONSE"/></itemBody>"#, "code of its author"),
        (
            r#"<responseProcessing><setOutcomeValue identifier="S"><customOperator class="com.example.Rank"/></setOutcomeValue></responseProcessing>"#,
            "custom operator \"com.example.Rank\"",
        ),
        (r#"<responseProcessing template="http://example.org/mine"/>"#, "response processing template"),
        (
            r#"<itemBody><include xmlns="http://www.w3.org/2001/XInclude" href="/etc/passwd"/></itemBody>"#,
            "takes in another document",
        ),
        (
            r#"<responseProcessing><setOutcomeValue identifier="S"><patternMatch pattern="(?=a)"><variable identifier="RESPONSE"/></patternMatch></setOutcomeValue></responseProcessing>"#,
            "is no pattern",
        ),
        (
            r#"<responseProcessing><setOutcomeValue identifier="S"><subtract><null/></subtract></setOutcomeValue></responseProcessing>"#,
            "<subtract> takes 2 expressions, and has 1",
        ),
    ] {
        let import = read(inside);
        let told = import.faults().iter().any(|fault| fault.to_string().contains(words));
        assert!(told, "{inside}: {:?}", import.faults());
    }
}

#[test]
fn templates_are_known_by_all_their_addresses() {
    for address in [
        "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct",
        "http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct.xml",
        "https://www.imsglobal.org/question/qti_v3p0/rptemplates/match_correct.xml",
        "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct",
        "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response_point.xml",
        "https://www.imsglobal.org/question/qti_v3p0/rptemplates/CC2_match.xml",
        "https://www.imsglobal.org/question/qti_v3p0/rptemplates/CC2_map_response.xml",
    ] {
        assert_eq!(read(&format!(r#"<responseProcessing template="{address}"/>"#)).faults(), [], "{address}");
    }
}

#[test]
fn a_variable_that_nobody_declares_is_told_once() {
    let import = read(
        r#"<responseProcessing><setOutcomeValue identifier="S"><variable identifier="GHOST"/></setOutcomeValue>
        <setOutcomeValue identifier="S"><variable identifier="GHOST"/></setOutcomeValue></responseProcessing>"#,
    );
    let names: Vec<_> = import.losses().iter().map(|loss| loss.what.clone()).collect();
    assert_eq!(names, [Lost::Undeclared("S".to_owned()), Lost::Undeclared("GHOST".to_owned())]);
}

#[test]
fn other_documents_are_refused_by_their_kind() {
    let refused = |text: &str| read_item("a.xml", text.as_bytes()).faults()[0].what.clone();
    assert_eq!(refused("<questestinterop/>"), What::FirstVersion);
    assert!(matches!(refused("<html/>"), What::Root { .. }));
    assert_eq!(refused("  "), What::Empty);
    assert_eq!(refused("<a><b></b>"), What::Unfinished("a".to_owned()));
    assert!(matches!(refused("<a></b>"), What::Xml(_)));
}
