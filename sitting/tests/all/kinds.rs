//! Responses to every kind of item: what fits is written, what does not is refused, and typed texts are kept.

use item::{Accepts, EditError, GapAccepts, ItemId, Response, ResponseError};
use proptest::prelude::*;
use serde_json::json;
use sitting::{Event, ExamFacts, ItemRule, Manifest, Refusal, Sitting};

use crate::fixture::{Desk, MINE, answered, manifest, released, replay, submitted};

fn labels(labels: &[&str]) -> Vec<String> {
    labels.iter().map(|&label| label.to_owned()).collect()
}

fn rules() -> Vec<ItemRule> {
    let gaps = [
        ("g1".to_owned(), GapAccepts::Labels { labels: labels(&["a", "b"]) }),
        ("g2".to_owned(), GapAccepts::Text { max_chars: 5 }),
    ];
    let accepts = [
        Accepts::Choices { labels: labels(&["a", "b", "c"]), max: 2 },
        Accepts::Order { labels: labels(&["a", "b", "c"]) },
        Accepts::Gaps { gaps: gaps.into(), reuse: true },
        Accepts::Pairs { rows: labels(&["1", "2"]), columns: labels(&["a", "b"]), per_row: 1 },
        Accepts::Text { max_chars: 2_000 },
    ];
    (1..).zip(accepts).map(|(n, accepts)| ItemRule { id: ItemId::at_position(n), accepts }).collect()
}

/// A manifest of all kinds of items.
fn all_kinds() -> Manifest {
    Manifest { version: 3, items: rules(), ..manifest(MINE) }
}

fn desk() -> Desk {
    let manifest = all_kinds();
    let form = manifest.form_digest.clone();
    Desk::under(manifest).and(released(MINE, 3)).and(Event::Opened { form })
}

fn gives(item: &str, response: Response) -> Event {
    Event::Answered { item: item.into(), response }
}

fn typed(at: u32, removed: u32, text: &str) -> Event {
    Event::Typed { item: "q05".into(), at, removed, text: text.into() }
}

#[test]
fn each_kind_is_answered_changed_and_cleared() {
    let order = Response::Order(labels(&["c", "a", "b"]));
    let gaps = Response::gaps([("g1".to_owned(), "b".to_owned()), ("g2".to_owned(), "½ µ".to_owned())]);
    let pairs = Response::pairs([["2", "a"].map(str::to_owned)]);
    let desk = desk()
        .and(gives("q01", Response::new(["a", "c"])))
        .and(gives("q02", order.clone()))
        .and(gives("q03", gaps.clone()))
        .and(gives("q04", pairs.clone()))
        .and(typed(0, 0, "Firts"))
        .and(typed(2, 2, "rst"))
        .and(gives("q01", Response::default()))
        .checkpoint()
        .and(submitted());
    let held = replay(all_kinds(), &desk.lines()).unwrap();
    let answers: Vec<(&str, &Response)> = held.answers().responses().iter().map(|(id, r)| (id.as_str(), r)).collect();
    let text = Response::text("Firsts");
    assert_eq!(answers, [("q02", &order), ("q03", &gaps), ("q04", &pairs), ("q05", &text)]);
}

#[test]
fn what_an_item_does_not_take_is_refused() {
    let mut desk = desk();
    for (item, response, error) in [
        ("q01", Response::Order(labels(&["a", "b", "c"])), ResponseError::OtherKind),
        ("q02", Response::Order(labels(&["a", "b"])), ResponseError::NotAnOrder),
        ("q03", Response::gaps([("g3".to_owned(), "a".to_owned())]), ResponseError::UnknownGap("g3".into())),
        ("q03", Response::gaps([("g2".to_owned(), "123456".to_owned())]), ResponseError::TooLong { max: 5, got: 6 }),
        ("q04", Response::pairs([["1", "c"].map(str::to_owned)]), ResponseError::UnknownChoice("c".into())),
        ("q05", Response::new(["a"]), ResponseError::OtherKind),
    ] {
        assert_eq!(desk.refusal(gives(item, response)), Refusal::Response { item: item.into(), error });
    }
    let other = Event::Typed { item: "q02".into(), at: 0, removed: 0, text: "a".into() };
    assert!(matches!(desk.refusal(other), Refusal::Response { error: ResponseError::OtherKind, .. }));
    let nowhere = Event::Typed { item: "q99".into(), at: 9, removed: 0, text: "a".into() };
    assert_eq!(desk.refusal(nowhere), Refusal::UnknownItem("q99".into()));
}

#[test]
fn a_change_has_to_fit_the_text_that_is_there() {
    let mut desk = desk().and(typed(0, 0, "abc"));
    let misfit = |length| Refusal::Edit { item: "q05".into(), error: EditError { length } };
    assert_eq!(desk.refusal(typed(4, 0, "x")), misfit(3));
    assert_eq!(desk.refusal(typed(2, 2, "")), misfit(3));
    assert_eq!(desk.refusal(typed(1, 0, "")), misfit(3));
    assert!(matches!(
        desk.refusal(typed(0, 0, "\u{0}")),
        Refusal::Response { error: ResponseError::Character('\0'), .. }
    ));
    let full = "漢".repeat(1_000);
    let mut desk = desk.and(gives("q05", Response::default())).and(typed(0, 0, &full)).and(typed(1_000, 0, &full));
    let too_long = ResponseError::TooLong { max: 2_000, got: 2_001 };
    assert_eq!(desk.refusal(typed(0, 0, "a")), Refusal::Response { item: "q05".into(), error: too_long });
    assert_eq!(desk.sitting.answers().response(&"q05".into()).as_text().chars().count(), 2_000);
}

#[test]
fn the_longest_change_that_the_page_writes_fits_a_line() {
    let text = "🦀".repeat(2_000);
    let events = Event::typed(&"q05".into(), "", &text);
    assert_eq!(events.len(), 3);
    let desk = events.into_iter().fold(desk(), Desk::and);
    assert_eq!(desk.sitting.answers().response(&"q05".into()).as_text(), text);
    let quotes = Event::typed(&"q05".into(), "", &"\\\"".repeat(400));
    assert_eq!(quotes.len(), 1);
    let _ = quotes.into_iter().fold(self::desk(), Desk::and);
}

#[test]
fn choices_are_ruled_by_a_manifest_that_older_programs_read_and_other_items_are_not() {
    let spelt = |rule: &ItemRule| serde_json::to_value(rule).unwrap();
    let rules = rules();
    assert_eq!(spelt(&rules[0]), json!({"id": "q01", "choices": ["a", "b", "c"], "max": 2}));
    assert_eq!(
        spelt(&rules[2]),
        json!({"id": "q03", "accepts": {"type": "gaps", "reuse": true, "gaps": {
            "g1": {"type": "labels", "labels": ["a", "b"]}, "g2": {"type": "text", "max_chars": 5},
        }}})
    );
    for rule in &rules {
        assert_eq!(&serde_json::from_value::<ItemRule>(spelt(rule)).unwrap(), rule);
    }
    let facts = manifest(MINE).exam;
    let in_points = ExamFacts { points: Some(9), ..facts.clone() };
    let version = |exam, rules| Manifest::version_for(exam, rules, None);
    assert_eq!((version(&facts, &rules[..1]), version(&facts, &rules), version(&in_points, &rules[..1])), (2, 3, 3));
    for damaged in [
        json!({"id": "q01"}),
        json!({"id": "q01", "choices": ["a"]}),
        json!({"id": "q01", "choices": ["a"], "max": 1, "accepts": {"type": "text", "max_chars": 5}}),
        json!({"id": "q01", "accepts": {"type": "choices", "labels": ["a"], "max": 1}}),
        json!({"id": "q01", "accepts": {"type": "dance"}}),
    ] {
        assert!(serde_json::from_value::<ItemRule>(damaged.clone()).is_err(), "{damaged}");
    }
}

/// Anything that a page might try to write.
fn attempts() -> impl Strategy<Value = Event> {
    let item = prop::sample::select(vec!["q01", "q02", "q03", "q04", "q05", "q06"]).prop_map(ItemId::from);
    let label = || prop::sample::select(vec!["a", "b", "c", "1", "2", "g1", "g2", ""]).prop_map(str::to_owned);
    let list = || prop::collection::vec(label(), 0..4);
    let response = prop_oneof![
        list().prop_map(Response::Choices),
        list().prop_map(Response::new),
        list().prop_map(Response::Order),
        prop::collection::btree_map(label(), label(), 0..3).prop_map(Response::Gaps),
        prop::collection::vec([label(), label()], 0..3).prop_map(Response::Pairs),
        ".{0,8}".prop_map(Response::Text),
    ];
    let edit = (0_u32..6, 0_u32..4, "[a漢\n]{0,4}");
    (item, prop_oneof![response.prop_map(Ok), edit.prop_map(Err)]).prop_map(|(item, what)| match what {
        Ok(response) => Event::Answered { item, response },
        Err((at, removed, text)) => Event::Typed { item, at, removed, text },
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is tried: what is taken fits its item, and everybody who reads the lines has the same answers.
    #[test]
    fn a_journal_holds_only_responses_that_fit_and_reads_the_same_everywhere(
        attempts in prop::collection::vec(attempts(), 0..40),
    ) {
        let mut desk = desk();
        for attempt in attempts {
            let _ = desk.write(&attempt);
        }
        let held: Sitting = replay(all_kinds(), &desk.lines()).unwrap();
        prop_assert_eq!(held.answers(), desk.sitting.answers());
        for (item, response) in held.answers().responses() {
            prop_assert!(!response.is_empty());
            let rules = rules();
            let rule = rules.iter().find(|rule| rule.id == *item).unwrap();
            prop_assert_eq!(rule.check(response), Ok(()));
        }
    }
}

#[test]
fn an_answer_to_a_choice_is_written_as_it_always_was() {
    let line = desk().and(answered("q01", &["c", "a"])).lines().pop().unwrap();
    assert!(line.contains(r#""event":{"item":"q01","response":["a","c"],"type":"answered"}"#), "{line}");
}
