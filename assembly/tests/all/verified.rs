//! The verifier catches every kind of form that is not what was asked for.

use assembly::{Constraint, FormSet, FormSetFault, Found, Problem, Range, Verifier, report::Report};

use crate::known;

/// What is found in a set of forms after something was done to it.
fn found(change: impl FnOnce(&mut FormSet)) -> Vec<Found> {
    let mut set = known::set(2);
    assert_eq!(Verifier::new(&set.problem).forms(&set.views()), []);
    change(&mut set);
    Verifier::new(&set.problem).forms(&set.views()).into_iter().map(|violation| violation.found).collect()
}

fn index(problem: &Problem, id: &str) -> usize {
    problem.items.iter().position(|item| item.id == id).unwrap()
}

fn broken(found: &[Found], is_it: impl Fn(&Constraint) -> bool) -> bool {
    found.iter().any(|found| matches!(found, Found::Broken { rule, .. } if is_it(rule)))
}

#[test]
fn an_item_less_is_missed_in_length_domain_and_set() {
    let found = found(|set| {
        let set_item = |id: &String| set.problem.items[index(&set.problem, id)].scenario.is_some();
        let at = set.forms[0].items.iter().position(set_item).unwrap();
        set.forms[0].items.remove(at);
    });
    assert!(broken(&found, |rule| matches!(rule, Constraint::Items { items: 80 })));
    assert!(broken(&found, |rule| matches!(rule, Constraint::Domain { .. })));
    assert!(found.iter().any(|found| matches!(found, Found::SetSize { count: 4, .. })), "{found:?}");
}

#[test]
fn an_item_twice_or_unknown_is_named() {
    let twice = found(|set| set.forms[0].items[1] = set.forms[0].items[0].clone());
    assert!(twice.iter().any(|found| matches!(found, Found::Twice { .. })), "{twice:?}");
    let unknown = found(|set| set.forms[0].items[0] = "nobody".into());
    assert!(unknown.contains(&Found::UnknownItem { item: "nobody".into() }), "{unknown:?}");
}

#[test]
fn an_item_without_a_place_is_named() {
    let elsewhere = found(|set| {
        let at = index(&set.problem, &set.forms[0].items[0]);
        set.problem.items[at].domain = "D9".into();
    });
    assert!(elsewhere.iter().any(|found| matches!(found, Found::OutOfPlace { .. })), "{elsewhere:?}");
    let no_sets = found(|set| set.problem.blueprint.scenarios = None);
    assert_eq!(no_sets.iter().filter(|found| matches!(found, Found::OutOfPlace { .. })).count(), 50);
}

#[test]
fn enemies_are_told_once_a_pair_whoever_names_whom() {
    for both in [false, true] {
        let found = found(|set| {
            let (one, other) = (set.forms[0].items[3].clone(), set.forms[0].items[7].clone());
            let (at, there) = (index(&set.problem, &one), index(&set.problem, &other));
            set.problem.items[there].enemies = vec![one];
            set.problem.items[at].enemies = if both { vec![other] } else { Vec::new() };
            // Otherwise the other form could hold the pair too.
            set.forms.truncate(1);
            set.problem.forms = 1;
        });
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(matches!(found[0], Found::Enemies { .. }));
    }
}

#[test]
fn each_sum_is_counted_by_its_own_rule() {
    let rule = |change: fn(&mut Problem), is_it: fn(&Constraint) -> bool| {
        let found = found(|set| change(&mut set.problem));
        assert!(
            !found.is_empty() && found.iter().all(|found| matches!(found, Found::Broken { rule, .. } if is_it(rule))),
            "{found:?}"
        );
    };
    rule(|p| p.blueprint.words = Some(Range { least: 0, most: 100 }), |r| matches!(r, Constraint::Words { .. }));
    rule(
        |p| p.blueprint.expected_score = Some(Range { least: 52_001, most: 60_000 }),
        |r| matches!(r, Constraint::ExpectedScore { .. }),
    );
    rule(
        |p| p.blueprint.key_positions = Some(Range { least: 0, most: 5 }),
        |r| matches!(r, Constraint::KeyPosition { .. }),
    );
    rule(|p| p.blueprint.levels[0].most = 1, |r| matches!(r, Constraint::Level { .. }));
    rule(|p| p.blueprint.scenarios.as_mut().unwrap().sets = 4, |r| matches!(r, Constraint::Scenarios { .. }));
}

#[test]
fn a_stimulus_is_read_once_by_whoever_has_items_of_its_set() {
    let mut set = known::set(1);
    let on: Vec<_> = set.problem.items.iter().filter(|item| set.forms[0].items.contains(&item.id)).collect();
    let mut sets: Vec<&str> = on.iter().filter_map(|item| item.scenario.as_deref()).collect();
    sets.dedup();
    assert_eq!(sets.len(), 5);
    let stimuli: u32 = sets.iter().map(|id| set.problem.stimuli[*id]).sum();
    let words = on.iter().map(|item| item.words).sum::<u32>() + stimuli;
    set.problem.blueprint.words = Some(Range { least: words, most: words });
    assert_eq!(set.check(), Ok(()));
    assert_eq!(Report::of(&set).forms[0].words, u64::from(words));
    set.problem.stimuli.clear();
    let found = Verifier::new(&set.problem).forms(&set.views());
    assert!(found.len() == 1 && found[0].to_string().ends_with(&(words - stimuli).to_string()), "{found:?}");
}

#[test]
fn forms_that_share_too_much_and_items_used_too_often_are_named() {
    let same = found(|set| set.forms[1].items = set.forms[0].items.clone());
    assert_eq!(same.len(), 1, "{same:?}");
    assert!(broken(&same, |rule| matches!(rule, Constraint::Overlap { items: 16 })));
    let used = found(|set| {
        set.problem.blueprint.max_uses = Some(2);
        let at = index(&set.problem, &set.forms[0].items[0]);
        set.problem.items[at].used = 2;
    });
    assert!(broken(&used, |rule| matches!(rule, Constraint::MaxUses { uses: 2 })), "{used:?}");
}

#[test]
fn a_document_with_a_corrupted_form_does_not_pass() {
    let mut set = known::set(2);
    set.forms[1].items.pop();
    assert!(matches!(set.check(), Err(FormSetFault::Violations(_))));
    set.forms.pop();
    assert!(matches!(set.check(), Err(FormSetFault::Unsound(_))));
}
