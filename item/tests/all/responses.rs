//! Which responses an item takes, and how they are spelt.

use std::collections::BTreeMap;

use item::{Accepts, Choice, Gap, GapEntry, InlineChoice, Interaction, Response, ResponseError, RichText};
use serde_json::json;

fn choices(labels: &[&str]) -> Vec<Choice> {
    labels.iter().map(|&id| Choice { id: id.into(), content: RichText::default() }).collect()
}

fn words(labels: &[&str]) -> Vec<InlineChoice> {
    labels.iter().map(|&id| InlineChoice { id: id.into(), text: format!("word {id}") }).collect()
}

fn pick(select: usize) -> Accepts {
    Interaction::MultipleResponse { choices: choices(&["a", "b", "c"]), select }.accepts()
}

fn order() -> Accepts {
    Interaction::Order { choices: choices(&["a", "b", "c"]) }.accepts()
}

fn matching(per_row: usize) -> Accepts {
    Interaction::Match { rows: choices(&["1", "2"]), columns: choices(&["a", "b", "c"]), per_row }.accepts()
}

fn gap_match(reuse: bool) -> Accepts {
    let (text, gaps) = (RichText::default(), vec!["g1".into(), "g2".into()]);
    Interaction::GapMatch { text, gaps, choices: words(&["a", "b", "c"]), reuse }.accepts()
}

fn cloze() -> Accepts {
    let gaps = vec![
        Gap { id: "g1".into(), entry: GapEntry::Choice { choices: words(&["a", "b"]) } },
        Gap { id: "g2".into(), entry: GapEntry::Text { max_chars: 5, numeric: false } },
    ];
    Interaction::Cloze { text: RichText::default(), gaps }.accepts()
}

fn gaps(filled: &[(&str, &str)]) -> Response {
    Response::gaps(filled.iter().map(|&(gap, value)| (gap.to_owned(), value.to_owned())))
}

fn pairs(pairs: &[[&str; 2]]) -> Response {
    Response::pairs(pairs.iter().map(|pair| pair.map(str::to_owned)))
}

fn in_order(labels: &[&str]) -> Response {
    Response::Order(labels.iter().map(|&label| label.to_owned()).collect())
}

#[test]
fn a_response_is_canonical_whatever_the_order_of_clicks() {
    assert_eq!(Response::new(["b", "a", "b"]), Response::new(["a", "b"]));
    assert_eq!(pairs(&[["2", "a"], ["1", "b"], ["2", "a"]]), pairs(&[["1", "b"], ["2", "a"]]));
}

#[test]
fn an_emptied_response_is_the_same_for_every_kind_of_item() {
    for emptied in [gaps(&[("g1", "  ")]), pairs(&[]), Response::text(""), Response::new([""; 0])] {
        assert_eq!(emptied, Response::default());
        for accepts in [pick(2), order(), matching(1), gap_match(false), cloze(), Accepts::Text { max_chars: 9 }] {
            assert_eq!(accepts.check(&emptied), Ok(()));
        }
    }
    for empty in [
        Response::Order(vec![]),
        Response::Gaps(BTreeMap::new()),
        Response::Pairs(vec![]),
        Response::Text(String::new()),
    ] {
        for accepts in [pick(2), order(), matching(1), gap_match(false), cloze(), Accepts::Text { max_chars: 9 }] {
            assert!(accepts.check(&empty).is_err(), "{empty:?} has another spelling");
        }
    }
}

#[test]
fn what_does_not_fit_the_item_is_named() {
    let unknown = |label: &str| Err(ResponseError::UnknownChoice(label.into()));
    assert_eq!(pick(2).check(&Response::new(["a"])), Ok(()));
    assert_eq!(pick(2).check(&Response::new(["d"])), unknown("d"));
    assert_eq!(pick(2).check(&Response::new(["a", "b", "c"])), Err(ResponseError::TooMany { max: 2, got: 3 }));
    assert_eq!(pick(2).check(&Response::Choices(vec!["b".into(), "a".into()])), Err(ResponseError::NotCanonical));
    assert_eq!(pick(2).check(&in_order(&["a", "b", "c"])), Err(ResponseError::OtherKind));

    assert_eq!(order().check(&in_order(&["c", "a", "b"])), Ok(()));
    assert_eq!(order().check(&in_order(&["c", "a", "d"])), unknown("d"));
    assert_eq!(order().check(&in_order(&["c", "a"])), Err(ResponseError::NotAnOrder));
    assert_eq!(order().check(&in_order(&["c", "a", "a"])), Err(ResponseError::NotAnOrder));

    assert_eq!(matching(2).check(&pairs(&[["1", "a"], ["1", "b"]])), Ok(()));
    assert_eq!(matching(1).check(&pairs(&[["1", "a"], ["1", "b"]])), Err(ResponseError::TooMany { max: 1, got: 2 }));
    assert_eq!(matching(1).check(&pairs(&[["3", "a"]])), unknown("3"));
    assert_eq!(matching(1).check(&pairs(&[["a", "1"]])), unknown("a"));

    assert_eq!(gap_match(true).check(&gaps(&[("g1", "a"), ("g2", "a")])), Ok(()));
    assert_eq!(gap_match(false).check(&gaps(&[("g1", "a"), ("g2", "a")])), Err(ResponseError::Twice("a".into())));
    assert_eq!(gap_match(false).check(&gaps(&[("g3", "a")])), Err(ResponseError::UnknownGap("g3".into())));

    assert_eq!(cloze().check(&gaps(&[("g1", "b"), ("g2", "größ")])), Ok(()));
    assert_eq!(cloze().check(&gaps(&[("g1", "größ")])), unknown("größ"));
    assert_eq!(cloze().check(&gaps(&[("g2", "123456")])), Err(ResponseError::TooLong { max: 5, got: 6 }));
    assert_eq!(cloze().check(&gaps(&[("g2", "1\n2")])), Err(ResponseError::Character('\n')));

    let text = Accepts::Text { max_chars: 4 };
    assert_eq!(text.check(&Response::text("a\nb\t")), Ok(()));
    assert_eq!(text.check(&Response::text("a\rb")), Err(ResponseError::Character('\r')));
    assert_eq!(text.check(&Response::text("漢字漢字漢")), Err(ResponseError::TooLong { max: 4, got: 5 }));
}

#[test]
fn every_kind_of_response_has_one_spelling() {
    for (response, spelt) in [
        (Response::default(), json!([])),
        (Response::new(["c", "a"]), json!(["a", "c"])),
        (in_order(&["b", "a"]), json!({"order": ["b", "a"]})),
        (gaps(&[("g2", "0.5"), ("g1", "a")]), json!({"gaps": {"g1": "a", "g2": "0.5"}})),
        (pairs(&[["1", "a"]]), json!({"pairs": [["1", "a"]]})),
        (Response::text("x"), json!({"text": "x"})),
    ] {
        assert_eq!(serde_json::to_value(&response).unwrap(), spelt);
        assert_eq!(serde_json::from_value::<Response>(spelt).unwrap(), response);
    }
    for other in [json!("a"), json!({}), json!({"text": "a", "order": []}), json!({"text": 1}), json!([["1", "a"]])] {
        assert!(serde_json::from_value::<Response>(other.clone()).is_err(), "{other}");
    }
}

#[test]
fn blanks_are_no_answer_though_they_are_kept() {
    let blanks = Response::text(" \n");
    assert!(blanks.is_blank() && !blanks.is_empty());
    assert!(!Response::text(" x").is_blank());
}
