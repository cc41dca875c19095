//! Forms are what was asked for.

use assembly::{Blueprint, Problem, Quota, Range, report::Report, sample};
use assembly_solver::{AssemblyError, Event, Options, assemble, assemble_telling};
use proptest::prelude::*;

use crate::{forms_of, seed};

/// How far off its targets the worst form may be beyond what is proven, in millionths: less is not worth another sweep.
const NEAR: u64 = 2_000;

#[test]
fn ten_forms_of_400_items_share_at_most_a_fifth_and_are_equally_hard() {
    let set = forms_of(&sample::problem(400, 10, 1), 1);
    assert_eq!(set.check(), Ok(()));
    assert!(set.worst() <= NEAR && set.bound == 0, "{} {}", set.worst(), set.bound);
    for form in &set.forms {
        let difficulty =
            |id: &String| set.problem.items.iter().find(|item| item.id == *id).unwrap().difficulty.unwrap();
        // A tenth of a point of 52.
        let score = form.items.iter().map(difficulty).sum::<u32>();
        assert!(score.abs_diff(52_000) <= 104, "{}: {score}", form.name);
    }
}

#[test]
fn information_at_several_abilities_comes_within_a_percent_of_its_targets() {
    let set = forms_of(&sample::calibrated(400, 4, 2), 2);
    assert_eq!(set.check(), Ok(()));
    assert!(set.gap() <= 10_000, "{} of {}", set.gap(), set.worst());
}

#[test]
fn a_pool_too_great_for_one_model_is_offered_in_part() {
    let mut problem = sample::problem(1_500, 3, 3);
    problem.blueprint.overlap = Some(0);
    problem.blueprint.max_uses = Some(1);
    let set = forms_of(&problem, 3);
    assert_eq!(set.check(), Ok(()));
    assert!(set.worst() <= NEAR, "{}", set.worst());
}

#[test]
fn without_ratings_there_is_no_target_and_nothing_to_be_off() {
    let mut problem = sample::problem(300, 2, 4);
    problem.blueprint.target_score = None;
    problem.blueprint.expected_score = None;
    problem.items.iter_mut().for_each(|item| item.difficulty = None);
    let set = forms_of(&problem, 4);
    assert!(set.targets.is_empty());
    assert_eq!((set.check(), set.worst()), (Ok(()), 0));
}

#[test]
fn a_target_nobody_asked_for_is_what_the_pool_gives() {
    let mut problem = sample::problem(300, 3, 5);
    problem.blueprint.target_score = None;
    let set = forms_of(&problem, 5);
    assert_eq!(set.targets.len(), 1);
    assert!(set.worst() <= NEAR, "{}", set.worst());
}

#[test]
fn a_target_out_of_reach_is_approached_as_far_as_is_proven() {
    let mut problem = sample::problem(300, 3, 6);
    problem.blueprint.expected_score = None;
    problem.blueprint.target_score = Some(70_000);
    let set = forms_of(&problem, 6);
    assert_eq!(set.check(), Ok(()));
    assert!(set.bound > 50_000, "{}", set.bound);
    assert!(set.gap() <= 10_000, "{} of {}", set.gap(), set.worst());
}

#[test]
fn earlier_uses_count() {
    let mut problem = sample::problem(400, 2, 7);
    problem.blueprint.max_uses = Some(2);
    for item in problem.items.iter_mut().step_by(5) {
        item.used = 2;
    }
    let set = forms_of(&problem, 7);
    let spent = |id: &&String| set.problem.items.iter().any(|item| item.id == **id && item.used == 2);
    assert_eq!(set.forms.iter().flat_map(|form| &form.items).filter(spent).count(), 0);
}

#[test]
fn forms_that_may_share_no_scenario_sets_share_none() {
    let mut problem = sample::problem(400, 3, 8);
    problem.blueprint.overlap = Some(40);
    problem.blueprint.shared_sets = Some(0);
    let set = forms_of(&problem, 8);
    assert_eq!(set.check(), Ok(()));
    assert_eq!(Report::of(&set).overlap.most_sets, 0);
}

#[test]
fn so_many_sets_that_some_must_be_shared_are_told() {
    // About twenty sets, of which each form has five.
    let mut problem = sample::problem(400, 6, 8);
    problem.blueprint.overlap = Some(80);
    problem.blueprint.shared_sets = Some(0);
    let Err(AssemblyError::Conflict(conflict)) = assemble(&problem, seed(8), Options::default()) else { panic!() };
    let told = conflict.to_string();
    assert!(told.contains("with 5 items of each") && told.contains("no two forms share a scenario set"), "{told}");
    assert_eq!(conflict.rules.len(), 2, "{told}");
}

#[test]
fn scored_items_are_on_so_many_of_these_forms_whatever_they_were_on_before() {
    let mut problem = sample::problem(300, 4, 9);
    problem.blueprint.max_forms = Some(2);
    problem.blueprint.overlap = Some(60);
    problem.items.iter_mut().for_each(|item| item.used = 7);
    let set = forms_of(&problem, 9);
    assert_eq!(set.check(), Ok(()));
    assert!(Report::of(&set).exposure.histogram.len() <= 3);
}

#[test]
fn what_is_told_on_the_way_is_good_and_gets_better() {
    let problem = sample::problem(160, 4, 1);
    let problem = Problem { blueprint: Blueprint { overlap: Some(50), ..problem.blueprint }, ..problem };
    let (mut told, mut worst) = (Vec::new(), Vec::new());
    let set = assemble_telling(&problem, seed(1), Options::default(), &mut |event| match event {
        Event::Progress(words) => told.push(words),
        Event::Better(set) => {
            assert_eq!(set.check(), Ok(()));
            worst.push(set.worst());
        }
    });
    let set = set.unwrap();
    assert!(told.contains(&"form 4 of 4".to_owned()), "{told:?}");
    assert!(!worst.is_empty() && worst.is_sorted_by(|one, next| one > next), "{worst:?}");
    assert!(set.worst() <= *worst.last().unwrap());
}

/// A pool of a few items in two domains, with a set, enemies and all kinds of rules.
fn small() -> impl Strategy<Value = Problem> {
    let item = (0..2_usize, 0..3_usize, prop::option::weighted(0.4, 0..3_usize), 300..900_u32, 20..60_u32, 1..4_u32);
    let items = prop::collection::vec((item, prop::option::weighted(0.2, any::<prop::sample::Index>())), 16..40);
    (items, 1..4_u32, 4..8_u32, 0..8_u32, prop::option::of(1..4_u32), any::<bool>()).prop_map(
        |(items, forms, length, overlap, max_uses, scenarios)| {
            let mut problem = sample::problem(items.len(), forms, 1);
            let ids: Vec<String> = problem.items.iter().map(|item| item.id.clone()).collect();
            for (item, ((domain, level, set, difficulty, words, key), enemy)) in problem.items.iter_mut().zip(items) {
                item.domain = format!("D{}", domain + 1);
                item.level = ["application", "analysis", "evaluation"][level].into();
                item.scenario = set.map(|set| format!("set-{set}"));
                (item.difficulty, item.words, item.key) = (Some(difficulty), words, Some(key));
                item.enemies = enemy.map(|index| index.get(&ids).clone()).into_iter().collect();
            }
            problem.stimuli = (0..3).map(|set| (format!("set-{set}"), 10 + 30 * set)).collect();
            let quota = |name: &str, least, most| Quota { name: name.into(), least, most };
            let blueprint = &mut problem.blueprint;
            blueprint.items = length;
            blueprint.domains = vec![quota("D1", 1, length), quota("D2", length / 3, length - 1)];
            blueprint.levels = vec![quota("analysis", 1, length)];
            blueprint.words = Some(Range { least: 0, most: length * 45 });
            blueprint.key_positions = Some(Range { least: 0, most: length - 1 });
            blueprint.expected_score = None;
            blueprint.target_score = Some(length * 600);
            (blueprint.overlap, blueprint.max_uses, blueprint.max_forms) = (Some(overlap), max_uses, max_uses);
            blueprint.shared_sets = max_uses.map(|most| most - 1);
            blueprint.scenarios = scenarios.then_some(assembly::Scenarios { sets: 1, items_each: 2 });
            problem
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn no_form_ever_breaks_a_rule(problem in small(), number in any::<u8>()) {
        match assemble(&problem, seed(number), Options { sweeps: 4, ..Options::default() }) {
            Ok(set) => prop_assert_eq!(set.check(), Ok(())),
            Err(AssemblyError::Conflict(_) | AssemblyError::NotFound(_)) => {}
            Err(other) => prop_assert!(false, "{}", other),
        }
    }
}
