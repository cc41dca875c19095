//! Operators beyond what the vectors show, each as an author writes it.

use std::collections::BTreeMap;

use qti::{
    model::{BaseType, Cardinality, Scalar, Value},
    read::read_item,
    score::score,
};
use serde_json::{Value as Json, json};

/// An item with a response of each kind and the rules given.
fn item(rules: &str) -> qti::model::Item {
    let xml = format!(
        r#"<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="i" title="t" adaptive="false" timeDependent="false">
        <responseDeclaration identifier="N" cardinality="single" baseType="float"/>
        <responseDeclaration identifier="L" cardinality="ordered" baseType="identifier"/>
        <responseDeclaration identifier="B" cardinality="multiple" baseType="identifier"/>
        <responseDeclaration identifier="S" cardinality="single" baseType="string"/>
        <responseDeclaration identifier="P" cardinality="multiple" baseType="point">
          <areaMapping defaultValue="-1" upperBound="3"><areaMapEntry shape="rect" coords="0,0,9,9" mappedValue="2"/></areaMapping>
        </responseDeclaration>
        <outcomeDeclaration identifier="OUT" cardinality="single" baseType="string"/>
        <outcomeDeclaration identifier="WHOLE" cardinality="single" baseType="integer"/>
        <outcomeDeclaration identifier="LEVEL" cardinality="single" baseType="identifier">
          <interpolationTable defaultValue="low"><interpolationTableEntry sourceValue="8" targetValue="high"/>
          <interpolationTableEntry sourceValue="5" includeBoundary="false" targetValue="middle"/></interpolationTable>
        </outcomeDeclaration>
        <itemBody><p>Body</p></itemBody>
        <responseProcessing>{rules}</responseProcessing></assessmentItem>"#
    );
    let import = read_item("item.xml", xml.as_bytes());
    assert_eq!(import.faults(), [], "{rules}");
    import.content().unwrap().clone()
}

/// What an expression gives, as JSON; the outcome has no declaration, so that its type is the expression's.
fn value_with(expression: &str, responses: &BTreeMap<String, Value>) -> Json {
    let item = item(&format!(r#"<setOutcomeValue identifier="X">{expression}</setOutcomeValue>"#));
    let scoring = score(&item, responses, 7);
    assert_eq!(scoring.fault, None, "{expression}");
    qti::cases::outcome(&scoring.outcomes["X"])
}

fn value(expression: &str) -> Json {
    value_with(expression, &BTreeMap::new())
}

fn int(number: i64) -> String {
    format!(r#"<baseValue baseType="integer">{number}</baseValue>"#)
}

fn float(number: &str) -> String {
    format!(r#"<baseValue baseType="float">{number}</baseValue>"#)
}

fn text(text: &str) -> String {
    format!(r#"<baseValue baseType="string">{text}</baseValue>"#)
}

fn list(kind: &str, numbers: &[i64]) -> String {
    format!("<{kind}>{}</{kind}>", numbers.iter().map(|&number| int(number)).collect::<String>())
}

fn of(operator: &str, operands: &[String]) -> String {
    let name = operator.split(' ').next().unwrap();
    format!("<{operator}>{}</{name}>", operands.concat())
}

const NULL: &str = "<null/>";

#[test]
fn null_goes_through_all_operators_but_those_that_ask_for_it() {
    let null = NULL.to_owned();
    for operator in [
        "sum",
        "product",
        "min",
        "max",
        "gcd",
        "lcm",
        "subtract",
        "divide",
        "power",
        "integerDivide",
        "integerModulus",
        "lt",
        "gt",
        "lte",
        "gte",
        "equal toleranceMode=\"exact\"",
        "match",
        "contains",
        "member",
        "delete",
        "stringMatch caseSensitive=\"true\"",
        "substring caseSensitive=\"true\"",
    ] {
        assert_eq!(value(&of(operator, &[int(1), null.clone()])), Json::Null, "{operator}");
    }
    for operator in
        ["not", "truncate", "round", "integerToFloat", "random", "index n=\"1\"", "mathOperator name=\"abs\""]
    {
        assert_eq!(value(&of(operator, std::slice::from_ref(&null))), Json::Null, "{operator}");
    }
    assert_eq!(value(&of("isNull", std::slice::from_ref(&null))), json!(true));
    assert_eq!(value(&of("containerSize", std::slice::from_ref(&null))), json!(0));
    assert_eq!(value(&of("multiple", &[null.clone(), int(1)])), json!([1]));
    assert_eq!(value(&of("ordered", std::slice::from_ref(&null))), Json::Null);
}

#[test]
fn logic_has_three_values() {
    let (yes, no) = (of("isNull", &[NULL.to_owned()]), of("isNull", &[int(1)]));
    let null = of("not", &[NULL.to_owned()]);
    for (operator, operands, expected) in [
        ("and", vec![&yes, &null], Json::Null),
        ("and", vec![&no, &null], json!(false)),
        ("or", vec![&yes, &null], json!(true)),
        ("or", vec![&no, &null], Json::Null),
        ("anyN min=\"1\" max=\"2\"", vec![&yes, &yes, &yes], json!(false)),
        ("anyN min=\"2\" max=\"2\"", vec![&yes, &null], Json::Null),
        ("anyN min=\"2\" max=\"3\"", vec![&yes, &no, &no], json!(false)),
        ("anyN min=\"1\" max=\"3\"", vec![&yes, &null, &no], json!(true)),
    ] {
        let operands: Vec<String> = operands.into_iter().cloned().collect();
        assert_eq!(value(&of(operator, &operands)), expected, "{operator} of {operands:?}");
    }
}

#[test]
fn arithmetic_keeps_integers_and_knows_its_limits() {
    for (expression, expected) in [
        (of("sum", &[int(1), list("multiple", &[2, 3])]), json!(6)),
        (of("sum", &[int(1), float("0.5")]), json!(1.5)),
        (of("product", &[int(4), int(5)]), json!(20)),
        (of("max", &[list("ordered", &[3, 9]), int(4)]), json!(9)),
        (of("min", &[float("2.5"), int(4)]), json!(2.5)),
        (of("max", &[int(1), text("x")]), Json::Null),
        (of("divide", &[int(7), int(2)]), json!(3.5)),
        (of("divide", &[int(7), int(0)]), Json::Null),
        (of("power", &[int(0), int(-1)]), Json::Null),
        (of("integerDivide", &[int(-7), int(2)]), json!(-4)),
        (of("integerModulus", &[int(-7), int(2)]), json!(1)),
        (of("integerModulus", &[int(7), int(0)]), Json::Null),
        (of("truncate", &[float("-6.9")]), json!(-6)),
        (of("round", &[float("-6.5")]), json!(-6)),
        (of("round", &[float("6.5")]), json!(7)),
        (of("round", &[float("INF")]), json!("INF")),
        (of("round", &[float("NaN")]), Json::Null),
        (of("gcd", &[int(0), int(0)]), json!(0)),
        (of("gcd", &[list("multiple", &[12, -18])]), json!(6)),
        (of("lcm", &[int(4), int(0)]), json!(0)),
        (of("sum", &[int(i64::MAX), int(1)]), Json::Null),
        (of("mathOperator name=\"log\"", &[float("1000")]), json!(3)),
        (of("mathOperator name=\"ln\"", &[float("0")]), Json::Null),
        (of("mathOperator name=\"asin\"", &[float("2")]), Json::Null),
        (of("mathOperator name=\"toDegrees\"", &["<mathConstant name=\"pi\"/>".to_owned()]), json!(180)),
        (of("statsOperator name=\"sampleVariance\"", &[list("multiple", &[4])]), Json::Null),
        (of("statsOperator name=\"popSD\"", &[list("multiple", &[2, 4, 4, 4, 5, 5, 7, 9])]), json!(2)),
        (of("roundTo roundingMode=\"significantFigures\" figures=\"3\"", &[float("1239451")]), json!(1_240_000)),
        (of("roundTo roundingMode=\"decimalPlaces\" figures=\"1\"", &[float("0.05")]), json!(0.1)),
    ] {
        assert_eq!(value(&expression), expected, "{expression}");
    }
}

#[test]
fn tolerances_have_bounds_that_are_within_or_not() {
    let equal =
        |mode: &str, first: &str, second: &str| value(&of(&format!("equal {mode}"), &[float(first), float(second)]));
    for (mode, first, second, expected) in [
        (r#"toleranceMode="exact""#, "2", "2.0", true),
        (r#"toleranceMode="absolute" tolerance="0.1""#, "0.2", "0.3", true),
        (r#"toleranceMode="absolute" tolerance="0.1" includeUpperBound="false""#, "0.2", "0.3", false),
        (r#"toleranceMode="absolute" tolerance="1 2""#, "10", "12", true),
        (r#"toleranceMode="absolute" tolerance="1 2""#, "10", "8.5", false),
        (r#"toleranceMode="relative" tolerance="10""#, "-20", "-22", true),
        (r#"toleranceMode="relative" tolerance="10" includeLowerBound="false""#, "20", "18", false),
    ] {
        assert_eq!(equal(mode, first, second), json!(expected), "{first} {mode} {second}");
    }
}

#[test]
fn containers_are_bags_or_lists() {
    for (expression, expected) in [
        (of("contains", &[list("multiple", &[1, 2, 3, 2]), list("multiple", &[2, 2])]), json!(true)),
        (of("contains", &[list("multiple", &[1, 2, 3]), list("multiple", &[2, 2])]), json!(false)),
        (of("contains", &[list("ordered", &[1, 2, 3]), list("ordered", &[2, 3])]), json!(true)),
        (of("contains", &[list("ordered", &[1, 2, 3]), list("ordered", &[1, 3])]), json!(false)),
        (of("match", &[list("multiple", &[1, 2, 2]), list("multiple", &[2, 1, 2])]), json!(true)),
        (of("match", &[list("multiple", &[1, 2, 2]), list("multiple", &[2, 1, 1])]), json!(false)),
        (of("match", &[list("ordered", &[1, 2]), list("ordered", &[2, 1])]), json!(false)),
        (of("delete", &[int(2), list("ordered", &[2, 1, 2, 3])]), json!([1, 3])),
        (of("delete", &[int(2), list("multiple", &[2])]), Json::Null),
        (of("member", &[int(2), list("multiple", &[1, 2])]), json!(true)),
        (of("index n=\"2\"", &[list("ordered", &[5, 6])]), json!(6)),
        (of("index n=\"0\"", &[list("ordered", &[5, 6])]), Json::Null),
        (of("repeat numberRepeats=\"3\"", &[int(4)]), json!([4, 4, 4])),
        (of("repeat numberRepeats=\"0\"", &[int(4)]), Json::Null),
    ] {
        assert_eq!(value(&expression), expected, "{expression}");
    }
}

#[test]
fn text_is_compared_as_asked() {
    for (expression, expected) in [
        (of("stringMatch caseSensitive=\"false\"", &[text("Äb"), text("äB")]), json!(true)),
        (of("substring caseSensitive=\"true\"", &[text("Hell"), text("Shell")]), json!(false)),
        (of("substring caseSensitive=\"false\"", &[text("Hell"), text("Shell")]), json!(true)),
        (of("patternMatch pattern=\"[A-Z]{2}[0-9]+\"", &[text("AB12")]), json!(true)),
        (of("patternMatch pattern=\"[A-Z]{2}\"", &[text("xAB")]), json!(false)),
    ] {
        assert_eq!(value(&expression), expected, "{expression}");
    }
}

#[test]
fn areas_count_once_and_points_outside_count_the_default() {
    let points = |points: &[(f64, f64)]| {
        let points = points.iter().map(|&(x, y)| Scalar::Point(x, y)).collect();
        value_with(
            r#"<mapResponsePoint identifier="P"/>"#,
            &BTreeMap::from([("P".to_owned(), Value::multiple(points))]),
        )
    };
    assert_eq!(points(&[(1.0, 1.0), (2.0, 2.0)]), json!(2));
    assert_eq!(points(&[(1.0, 1.0), (50.0, 50.0)]), json!(1));
    assert_eq!(points(&[]), json!(0));
}

#[test]
fn tables_go_by_the_first_bound_that_is_reached() {
    let item = item(r#"<lookupOutcomeValue identifier="LEVEL"><variable identifier="N"/></lookupOutcomeValue>"#);
    for (number, level) in [(9.0, "high"), (8.0, "high"), (7.9, "middle"), (5.0, "low"), (-1.0, "low")] {
        let responses = BTreeMap::from([("N".to_owned(), Value::Single(Scalar::Float(number)))]);
        assert_eq!(qti::cases::outcome(&score(&item, &responses, 0).outcomes["LEVEL"]), json!(level), "{number}");
    }
}

#[test]
fn the_same_seed_draws_the_same_and_stays_within() {
    let item = item(
        r#"<setOutcomeValue identifier="X"><repeat numberRepeats="500"><randomInteger min="-3" max="9" step="4"/></repeat></setOutcomeValue>
           <setOutcomeValue identifier="Y"><randomFloat min="1.5" max="2.5"/></setOutcomeValue>"#,
    );
    let drawn = |seed| score(&item, &BTreeMap::new(), seed).outcomes;
    assert_eq!(drawn(1), drawn(1));
    assert_ne!(drawn(1), drawn(2));
    let outcomes = drawn(3);
    let mut seen: Vec<i64> = outcomes["X"].members().iter().map(|member| member.number().unwrap() as i64).collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen, [-3, 1, 5, 9]);
    assert!((1.5..2.5).contains(&outcomes["Y"].members()[0].number().unwrap()));
}

#[test]
fn rules_end_where_the_item_says_and_no_item_runs_for_ever() {
    let rules = r#"<setOutcomeValue identifier="WHOLE"><baseValue baseType="integer">1</baseValue></setOutcomeValue>
        <responseProcessingFragment><exitResponse/></responseProcessingFragment>
        <setOutcomeValue identifier="WHOLE"><baseValue baseType="integer">2</baseValue></setOutcomeValue>"#;
    let scoring = score(&item(rules), &BTreeMap::new(), 0);
    assert_eq!(scoring.outcomes["WHOLE"], Value::Single(Scalar::Integer(1)));
    let endless = (0..8).fold(int(1), |inner, _| of("repeat numberRepeats=\"1000\"", &[inner]));
    let endless = item(&format!(r#"<setOutcomeValue identifier="X">{endless}</setOutcomeValue>"#));
    assert_eq!(score(&endless, &BTreeMap::new(), 0).fault, Some(qti::score::ScoreFault::Steps));
}

#[test]
fn what_an_outcome_cannot_hold_is_a_fault_and_no_score() {
    let rules = format!(r#"<setOutcomeValue identifier="WHOLE">{}</setOutcomeValue>"#, text("many"));
    let fault = score(&item(&rules), &BTreeMap::new(), 0).fault.unwrap();
    assert!(fault.to_string().contains("\"WHOLE\""), "{fault}");
}

#[test]
fn templates_begin_again_for_a_constraint_and_give_up_with_the_defaults() {
    let item = |constraint: &str| {
        let xml = format!(
            r#"<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="i" title="t" adaptive="false" time-dependent="false">
            <qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="integer"/>
            <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
            <qti-template-declaration identifier="A" cardinality="single" base-type="integer">
              <qti-default-value><qti-value>100</qti-value></qti-default-value></qti-template-declaration>
            <qti-template-processing>
              <qti-set-template-value identifier="A"><qti-random-integer min="1" max="6"/></qti-set-template-value>
              <qti-template-constraint>{constraint}</qti-template-constraint>
              <qti-set-correct-response identifier="RESPONSE"><qti-variable identifier="A"/></qti-set-correct-response>
            </qti-template-processing>
            <qti-item-body><p>Throw</p></qti-item-body>
            <qti-response-processing template="https://www.imsglobal.org/question/qti_v3p0/rptemplates/match_correct.xml"/>
            </qti-assessment-item>"#
        );
        read_item("item.xml", xml.as_bytes()).content().unwrap().clone()
    };
    let four = item(
        r#"<qti-gte><qti-variable identifier="A"/><qti-base-value base-type="integer">4</qti-base-value></qti-gte>"#,
    );
    for seed in 0..50 {
        let drawn = score(&four, &BTreeMap::new(), seed).templates["A"].clone();
        let number = drawn.members()[0].number().unwrap();
        assert!((4.0..=6.0).contains(&number), "{number}");
        let responses = BTreeMap::from([("RESPONSE".to_owned(), drawn)]);
        assert_eq!(score(&four, &responses, seed).outcomes["SCORE"], Value::Single(Scalar::Float(1.0)));
    }
    let never = item("<qti-null/>");
    assert_eq!(score(&never, &BTreeMap::new(), 1).templates["A"], Value::Single(Scalar::Integer(100)));
}

#[test]
fn responses_are_read_from_whatever_json_says_them() {
    use BaseType::*;
    use Cardinality::*;
    let cases = [
        (json!("A"), Multiple, Identifier, json!(["A"])),
        (json!(["A"]), Single, Identifier, json!("A")),
        (json!(["A", "B"]), Single, Identifier, Json::Null),
        (json!(["A", "B"]), Single, DirectedPair, json!("A B")),
        (json!(["A B", "C D"]), Multiple, Pair, json!(["A B", "C D"])),
        (json!([["A", "B"], ["C", "D"]]), Multiple, DirectedPair, json!(["A B", "C D"])),
        (json!({"x": 1, "y": 2.5}), Single, Point, json!("1 2.5")),
        (json!([1, 2]), Single, Point, json!("1 2")),
        (json!([[1, 2], [3, 4]]), Multiple, Point, json!(["1 2", "3 4"])),
        (json!(["1 2", {"x": 3, "y": 4}]), Multiple, Point, json!(["1 2", "3 4"])),
        (json!(2.0), Single, Integer, json!(2)),
        (json!("two"), Single, Integer, Json::Null),
        (json!(3), Single, String, json!("3")),
        (json!(true), Single, Boolean, json!(true)),
        (json!(""), Single, String, Json::Null),
        (json!([]), Ordered, Identifier, Json::Null),
        (json!({"base": {"identifier": "A"}}), Single, Identifier, json!("A")),
        (json!({"list": {"identifier": ["A", "B"]}}), Ordered, Identifier, json!(["A", "B"])),
        (json!({"base": null}), Single, Identifier, Json::Null),
    ];
    for (given, cardinality, base_type, expected) in cases {
        let value = qti::cases::response(&given, cardinality, Some(base_type));
        assert_eq!(qti::cases::outcome(&value), expected, "{given} as {cardinality:?} {base_type:?}");
    }
}
