//! Tests: their outcomes from those of their items.

use std::collections::BTreeMap;

use qti::{
    model::{Scalar, Value},
    read::{read_item, read_test},
    score::{ItemResult, TestResults, score, score_test},
};

const TEST: &str = r#"<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="t" title="Test">
  <outcomeDeclaration identifier="TOTAL" cardinality="single" baseType="float"/>
  <outcomeDeclaration identifier="MOST" cardinality="single" baseType="float"/>
  <outcomeDeclaration identifier="RIGHT" cardinality="single" baseType="integer"/>
  <outcomeDeclaration identifier="WRONG" cardinality="single" baseType="integer"/>
  <outcomeDeclaration identifier="ANSWERED" cardinality="single" baseType="integer"/>
  <outcomeDeclaration identifier="FIRST" cardinality="single" baseType="float"/>
  <testPart identifier="p" navigationMode="nonlinear" submissionMode="simultaneous">
    <assessmentSection identifier="s" title="Section" visible="true">
      <selection select="2"/><ordering shuffle="true"/>
      <assessmentItemRef identifier="one" href="one.xml" category="law"><weight identifier="W" value="3"/></assessmentItemRef>
      <assessmentItemRef identifier="two" href="two.xml" category="pilot"/>
      <assessmentItemRef identifier="three" href="three.xml" category="law"/>
    </assessmentSection>
  </testPart>
  <outcomeProcessing>
    <setOutcomeValue identifier="TOTAL"><sum><testVariables variableIdentifier="SCORE" weightIdentifier="W" excludeCategory="pilot"/></sum></setOutcomeValue>
    <setOutcomeValue identifier="MOST"><sum><outcomeMaximum outcomeIdentifier="SCORE" weightIdentifier="W" sectionIdentifier="s"/></sum></setOutcomeValue>
    <setOutcomeValue identifier="RIGHT"><numberCorrect/></setOutcomeValue>
    <setOutcomeValue identifier="WRONG"><numberIncorrect/></setOutcomeValue>
    <setOutcomeValue identifier="ANSWERED"><numberResponded includeCategory="law pilot"/></setOutcomeValue>
    <setOutcomeValue identifier="FIRST"><variable identifier="one.SCORE" weightIdentifier="W"/></setOutcomeValue>
  </outcomeProcessing>
</assessmentTest>"#;

const ITEM: &str = r#"<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" title="t" adaptive="false" timeDependent="false">
  <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse><value>A</value></correctResponse></responseDeclaration>
  <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float" normalMaximum="1" normalMinimum="0"/>
  <itemBody><choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="1"><prompt>Which?</prompt>
  <simpleChoice identifier="A">A</simpleChoice><simpleChoice identifier="B">B</simpleChoice></choiceInteraction></itemBody>
  <responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/></assessmentItem>"#;

fn number(value: &Value) -> f64 {
    value.members()[0].number().unwrap()
}

#[test]
fn outcomes_of_a_test_come_from_its_items_with_their_weights() {
    let item = read_item("item.xml", ITEM.as_bytes()).content().unwrap().clone();
    let answered = |choice: Option<&str>| {
        let value = choice.map_or(Value::Null, |choice| Value::Single(Scalar::Identifier(choice.to_owned())));
        let responses = BTreeMap::from([("RESPONSE".to_owned(), value)]);
        ItemResult::of(&item, &responses, &score(&item, &responses, 0))
    };
    let read = read_test("test.xml", TEST.as_bytes());
    assert_eq!(read.faults(), []);
    let test = read.content().unwrap();
    let results: TestResults = [("one", Some("A")), ("two", Some("A")), ("three", Some("B"))]
        .into_iter()
        .map(|(name, choice)| (name.to_owned(), answered(choice)))
        .collect();
    let outcomes = score_test(test, &results).outcomes;
    let expected = [("TOTAL", 3.0), ("MOST", 5.0), ("RIGHT", 2.0), ("WRONG", 1.0), ("ANSWERED", 3.0), ("FIRST", 3.0)];
    for (name, value) in expected {
        assert_eq!(number(&outcomes[name]), value, "{name}");
    }
    // Items that were not selected do not count, nor do those that were left without an answer.
    let fewer = TestResults::from([("one".to_owned(), answered(None))]);
    let outcomes = score_test(test, &fewer).outcomes;
    for (name, value) in [("TOTAL", 0.0), ("MOST", 3.0), ("RIGHT", 0.0), ("WRONG", 0.0), ("ANSWERED", 0.0)] {
        assert_eq!(number(&outcomes[name]), value, "{name}");
    }
}
