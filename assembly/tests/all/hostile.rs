//! Documents from anywhere.

use assembly::{
    FormSet, FormSetFault, Problem, ProblemFault,
    report::Report,
    sample,
    solver::{DocumentFault, Request},
};
use proptest::prelude::*;

use crate::known;

fn faults(change: impl FnOnce(&mut Problem)) -> Vec<ProblemFault> {
    let mut problem = sample::calibrated(300, 2, 1);
    change(&mut problem);
    let faults = problem.faults();
    let request = serde_json::to_vec(&Request::new(problem, [1; 32])).unwrap();
    assert_eq!(Request::parse(&request), Err(DocumentFault::Problem(faults.clone())));
    faults
}

#[test]
fn a_problem_is_refused_with_everything_that_is_wrong_with_it() {
    let found = faults(|problem| {
        problem.forms = 0;
        problem.blueprint.items = 100_000;
        problem.blueprint.domains[1].name = "D1".into();
        problem.blueprint.levels[0].least = 90;
        problem.items[0].difficulty = None;
        problem.items[1].information.clear();
        problem.items[2].difficulty = Some(1_001);
        problem.items[4].id = problem.items[3].id.clone();
        problem.items[5].domain = "x".repeat(10_000);
    });
    assert_eq!(found.len(), 9, "{found:#?}");
    assert!(found.iter().all(|fault| !fault.to_string().is_empty()));
}

#[test]
fn targets_where_items_state_nothing_are_refused() {
    let found = faults(|problem| problem.blueprint.information[0].ability = 17);
    assert_eq!(found, [ProblemFault::Ability(17)]);
    let found = faults(|problem| problem.abilities.swap(0, 1));
    assert!(found.contains(&ProblemFault::Abilities(-500)), "{found:?}");
}

#[test]
fn a_document_comes_back_as_it_was() {
    let set = known::set(2);
    let text = serde_json::to_string(&set).unwrap();
    assert_eq!(serde_json::from_str::<FormSet>(&text).unwrap(), set);
}

#[test]
fn another_format_or_version_is_refused() {
    let mut set = known::set(1);
    set.version = 2;
    assert!(matches!(set.check(), Err(FormSetFault::Format { version: 2, .. })));
    let unknown = serde_json::to_string(&set).unwrap().replacen("\"seed\"", "\"sead\"", 1);
    assert!(serde_json::from_str::<FormSet>(&unknown).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Numbers at the ends of their ranges, names from anywhere: an answer, never a panic.
    #[test]
    fn whatever_a_document_says_it_is_judged_and_reported(
        numbers in prop::collection::vec(prop_oneof![Just(0), Just(1), Just(u32::MAX), any::<u32>()], 12),
        ability in any::<i32>(),
        name in ".{0,40}",
    ) {
        let mut set = known::set(2);
        let blueprint = &mut set.problem.blueprint;
        blueprint.items = numbers[0];
        blueprint.domains[0].most = numbers[1];
        blueprint.overlap = Some(numbers[2]);
        blueprint.max_uses = Some(numbers[3]);
        blueprint.words = Some(assembly::Range { least: numbers[4], most: numbers[5] });
        set.problem.items.iter_mut().for_each(|item| item.difficulty = Some(numbers[6]));
        set.problem.items[1].used = numbers[7];
        set.problem.items[2].words = numbers[8];
        set.problem.items[3].information = vec![numbers[9]];
        set.targets.push(assembly::Target { ability: Some(ability), target: numbers[10] });
        set.forms[0].name = name.clone();
        set.forms[0].items.push(name);
        set.bound = u64::from(numbers[11]);
        let _ = set.check();
        let html = Report::of(&set).html();
        prop_assert!(!html.contains("<script"));
    }
}
