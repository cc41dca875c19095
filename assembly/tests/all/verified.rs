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
fn scenario_sets_that_two_forms_share_are_counted_once_each() {
    let set = known::set(2);
    let sets = |form: usize| -> std::collections::BTreeSet<&str> {
        let on = set.problem.items.iter().filter(|item| set.forms[form].items.contains(&item.id));
        on.filter_map(|item| item.scenario.as_deref()).collect()
    };
    let shared = u32::try_from(sets(0).intersection(&sets(1)).count()).unwrap();
    let limited = |most: u32| found(|set| set.problem.blueprint.shared_sets = Some(most));
    assert_eq!(limited(shared), []);
    // Forms that are the same share all five.
    let same = found(|set| {
        set.problem.blueprint.overlap = Some(80);
        set.problem.blueprint.shared_sets = Some(4);
        set.forms[1].items = set.forms[0].items.clone();
    });
    assert_eq!(same, [Found::Broken { rule: Constraint::SharedSets { sets: 4 }, count: 5 }]);
    assert_eq!(Report::of(&set).overlap.most_sets, shared);
}

#[test]
fn exposure_is_of_these_forms_and_of_scored_items_and_uses_are_of_all() {
    // An item that both forms have, as they have all of them.
    let on_both = |set: &mut FormSet| {
        set.forms[1].items = set.forms[0].items.clone();
        set.problem.blueprint.overlap = Some(80);
        index(&set.problem, &set.forms[0].items[0])
    };
    let exposed = |pilot: bool, used: u32| {
        found(|set| {
            let at = on_both(set);
            (set.problem.items[at].pilot, set.problem.items[at].used) = (pilot, used);
            let others = set.problem.items.iter_mut().enumerate().filter(|(other, _)| *other != at);
            others.for_each(|(_, item)| item.pilot = true);
            set.problem.blueprint.max_forms = Some(1);
        })
    };
    let rule = Constraint::MaxForms { forms: 1 };
    // What was before counts for nothing.
    for used in [0, 9] {
        assert_eq!(exposed(false, used), [Found::Broken { rule: rule.clone(), count: 2 }]);
    }
    assert_eq!(exposed(true, 9), []);
    let used = found(|set| {
        let at = on_both(set);
        (set.problem.items[at].pilot, set.problem.items[at].used) = (true, 1);
        set.problem.blueprint.max_uses = Some(2);
    });
    assert_eq!(used, [Found::Broken { rule: Constraint::MaxUses { uses: 2 }, count: 3 }]);
}

#[test]
fn targets_and_bound_of_a_document_are_judged_wherever_it_comes_from() {
    let unsound = |change: &dyn Fn(&mut FormSet)| {
        let mut set = known::set(2);
        change(&mut set);
        let Err(FormSetFault::Unsound(what)) = set.check() else { panic!("{:?}", set.check()) };
        // The same where several sets are read.
        for sets in [vec![set.clone()], vec![known::set(2), set]] {
            assert!(FormSet::join(sets).is_err(), "{what}");
        }
        what
    };
    assert!(
        unsound(&|set| set.targets[0].target = 60_000).contains("the target 52000 at the expected score is missing")
    );
    assert!(unsound(&|set| set.targets.clear()).contains("is missing"));
    assert!(unsound(&|set| set.bound = 1_000_000).contains("nearer their targets than 1000000"));
    let unrated = unsound(&|set| {
        set.problem.blueprint.target_score = None;
        set.problem.blueprint.expected_score = None;
        let at = index(&set.problem, &set.forms[1].items[3]);
        set.problem.items[at].difficulty = None;
    });
    assert!(unrated.contains("has no rating"), "{unrated}");
}

#[test]
fn a_document_with_a_corrupted_form_does_not_pass() {
    let mut set = known::set(2);
    set.forms[1].items.pop();
    assert!(matches!(set.check(), Err(FormSetFault::Violations(_))));
    set.forms.pop();
    assert!(matches!(set.check(), Err(FormSetFault::Unsound(_))));
}
