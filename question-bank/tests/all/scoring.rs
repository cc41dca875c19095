//! Scoring responses by a plan.

use std::collections::BTreeMap;

use item::{ItemId, Response};
use question_bank::{FormPlan, PlanItem, Score, ScoreError, assemble_form, scheme::PassMark, score};

use crate::{assembly::draw_from, draw::secret, fixture};

/// A plan of items `q01`, `q02`, … of these domains, each with its keys.
fn plan(items: &[(&str, &str)]) -> FormPlan {
    let item = |(position, (domain, keys)): (usize, &(&str, &str))| PlanItem {
        id: ItemId::at_position(position),
        bank_id: format!("it-{position}"),
        revision: 1,
        version_hash: "0".repeat(64),
        domain: (*domain).to_owned(),
        key: response(keys),
        scored: true,
        rule: None,
    };
    FormPlan {
        format: FormPlan::FORMAT.into(),
        version: FormPlan::VERSION,
        scheme: "small".into(),
        edition: "1".into(),
        items: (1..).zip(items).map(item).collect(),
    }
}

/// The response that chooses these letters.
fn response(letters: &str) -> Response {
    Response::new(letters.chars())
}

fn responses(given: &[(&str, &str)]) -> BTreeMap<ItemId, Response> {
    given.iter().map(|&(id, letters)| (ItemId::from(id), response(letters))).collect()
}

/// The score of a candidate who is right in so many of so many items of one domain.
fn right_in(correct: usize, of: usize) -> Score {
    let scheme = fixture::scheme(&[("D1", 80)], 0, 0);
    let given = (1..=of).map(|at| (ItemId::at_position(at), response(if at <= correct { "a" } else { "b" })));
    score(&plan(&vec![("D1", "a"); of]), &given.collect(), &scheme).unwrap()
}

#[test]
fn a_response_counts_if_it_is_exactly_the_key() {
    let scheme = fixture::scheme(&[("D1", 4)], 0, 0);
    for (key, given, correct) in [
        ("a", "a", true),
        ("a", "b", false),
        ("a", "", false),
        ("a", "ab", false),
        ("bd", "bd", true),
        ("bd", "db", true),
        ("bd", "b", false),
        ("bd", "bc", false),
        ("bd", "bcd", false),
        ("bd", "", false),
    ] {
        let score = score(&plan(&[("D1", key)]), &responses(&[("q01", given)]), &scheme).unwrap();
        assert_eq!(score.items[0].correct, correct, "key {key:?}, response {given:?}");
        assert_eq!((score.raw, score.max), (u32::from(correct), 1));
        assert_eq!(score.items[0].response, response(given));
    }
}

#[test]
fn what_is_not_answered_is_wrong_and_shown_as_empty() {
    let scheme = fixture::scheme(&[("D1", 3)], 0, 0);
    let score = score(&plan(&[("D1", "a"), ("D1", "b"), ("D1", "c")]), &responses(&[("q02", "b")]), &scheme).unwrap();
    let items: Vec<_> = score.items.iter().map(|item| (item.id.as_str(), item.correct)).collect();
    assert_eq!(items, [("q01", false), ("q02", true), ("q03", false)]);
    assert!(score.items[0].response.is_empty());
    assert_eq!((score.raw, score.max), (1, 3));
}

#[test]
fn the_cut_is_never_rounded_down() {
    let seventy_percent = PassMark { correct: 56, of: 80 };
    for (max, cut) in [(80, 56), (81, 57), (79, 56), (82, 58), (10, 7), (1, 1), (60, 42), (3, 3)] {
        assert_eq!(seventy_percent.cut(max), cut, "70 % of {max}");
        assert!(seventy_percent.is_met(cut, max) && !seventy_percent.is_met(cut - 1, max));
    }
    assert_eq!(PassMark { correct: 1, of: 3 }.cut(u32::MAX), 1_431_655_765);
    assert_eq!(PassMark { correct: u32::MAX, of: 1 }.cut(u32::MAX), u32::MAX, "no overflow");
    assert_eq!(PassMark { correct: 1, of: 0 }.cut(5), 5, "no division by zero");
}

#[test]
fn of_81_items_57_pass_and_56_fail() {
    let (fails, passes) = (right_in(56, 81), right_in(57, 81));
    assert_eq!((fails.raw, fails.max, fails.cut, fails.passed), (56, 81, 57, false));
    assert_eq!((passes.raw, passes.max, passes.cut, passes.passed), (57, 81, 57, true));
}

#[test]
fn a_form_without_items_passes_nobody() {
    let scheme = fixture::scheme(&[("D1", 4)], 0, 0);
    let score = score(&plan(&[]), &BTreeMap::new(), &scheme).unwrap();
    assert_eq!((score.raw, score.max, score.passed), (0, 0, false));
}

#[test]
fn bands_begin_exactly_at_their_border() {
    for (correct, of, band, weak) in [
        (20, 20, "above_target", false),
        (17, 20, "above_target", false),
        (16, 20, "on_target", false),
        (14, 20, "on_target", false),
        (13, 20, "below_target", true),
        (0, 20, "below_target", true),
        (6, 7, "above_target", false),
        (5, 7, "on_target", false),
        (4, 7, "below_target", true),
        (1, 1, "above_target", false),
        (0, 1, "below_target", true),
        // 84.6 % and 69.2 %: not rounded up.
        (11, 13, "on_target", false),
        (9, 13, "below_target", true),
    ] {
        let score = right_in(correct, of);
        let domain = &score.domains[0];
        assert_eq!((domain.band.as_str(), domain.weak), (band, weak), "{correct} of {of}");
        assert_eq!((domain.correct as usize, domain.of as usize), (correct, of));
    }
}

#[test]
fn domains_are_reported_in_the_order_of_the_scheme_without_those_not_asked() {
    let scheme = fixture::scheme(&[("D3", 1), ("D1", 2), ("D2", 1)], 0, 0);
    let plan = plan(&[("D1", "a"), ("D3", "a"), ("D1", "a")]);
    let score = score(&plan, &responses(&[("q01", "a"), ("q02", "b"), ("q03", "a")]), &scheme).unwrap();
    let domains: Vec<_> = score.domains.iter().map(|d| (d.domain.as_str(), d.correct, d.of, d.weak)).collect();
    assert_eq!(domains, [("D3", 0, 1, true), ("D1", 2, 2, false)]);
    assert_eq!((score.domains[1].title.as_str(), score.domains[1].band_title.as_str()), ("Domain D1", "Above target"));
    assert!(!score.passed, "2 of 3 are less than 70 %, though one domain is not weak");
}

#[test]
fn what_does_not_belong_together_is_not_scored() {
    let scheme = fixture::scheme(&[("D1", 4)], 0, 0);
    let sound = plan(&[("D1", "a")]);
    for change in [|plan: &mut FormPlan| plan.edition = "2".into(), |plan: &mut FormPlan| plan.scheme = "x".into()] {
        let mut plan = sound.clone();
        change(&mut plan);
        assert!(matches!(score(&plan, &BTreeMap::new(), &scheme), Err(ScoreError::OtherScheme { .. })));
    }
    assert_eq!(
        score(&sound, &responses(&[("q01", "a"), ("q02", "a")]), &scheme),
        Err(ScoreError::UnknownItem(ItemId::from("q02")))
    );
    assert_eq!(
        score(&plan(&[("D1", "a"), ("D9", "a")]), &BTreeMap::new(), &scheme),
        Err(ScoreError::UnknownDomain { item: ItemId::from("q02"), domain: "D9".into() })
    );
}

#[test]
fn from_bank_to_score_the_right_options_win_whatever_their_place() {
    let bank = fixture::Files::sound().hashed();
    for number in 0..30 {
        let (form, plan) = assemble_form(&bank, &draw_from(&bank, &secret(number))).unwrap();
        // The candidate knows the subject, not the labels: the choice is made by the option's text.
        let mut given = BTreeMap::new();
        for (item, planned) in form.items.iter().zip(&plan.items) {
            let keys = bank.bank().items[&planned.bank_id].options.iter().filter(|option| option.key);
            let texts: Vec<_> = keys.map(|option| &option.text).collect();
            let right = item.interaction.choices().iter().filter(|choice| texts.contains(&&choice.content));
            given.insert(item.id.clone(), Response::new(right.map(|choice| choice.id.clone())));
        }
        let best = score(&plan, &given, bank.scheme()).unwrap();
        assert_eq!((best.raw, best.max, best.cut, best.passed), (4, 4, 3, true));
        given.remove(&ItemId::from("q01"));
        given.insert(ItemId::from("q02"), Response::default());
        let worse = score(&plan, &given, bank.scheme()).unwrap();
        assert_eq!((worse.raw, worse.passed), (2, false));
    }
}

#[test]
fn a_score_is_read_back_as_it_was_written_and_nothing_more_is_accepted() {
    let written = right_in(3, 4);
    let json = serde_json::to_string(&written).unwrap();
    assert_eq!(serde_json::from_str::<Score>(&json).unwrap(), written);
    assert!(serde_json::from_str::<Score>(&json.replacen('{', "{\"extra\":1,", 1)).is_err());
    assert!(!json.contains("key"));
}
