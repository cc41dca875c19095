//! Where there are no forms, the fewest rules are named that exclude one another.

use assembly::{Conflict, Constraint, Problem, Range, sample};
use assembly_solver::{AssemblyError, Options, assemble, least_overlap};

use crate::seed;

fn conflict(problem: &Problem) -> Conflict {
    match assemble(problem, seed(1), Options::default()) {
        Err(AssemblyError::Conflict(conflict)) => conflict,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_domain_that_the_pool_cannot_fill_is_named_alone() {
    let mut problem = sample::problem(300, 2, 1);
    for item in problem.items.iter_mut().filter(|item| item.domain == "D7").skip(5) {
        item.domain = "D1".into();
    }
    let found = conflict(&problem);
    let rule = Constraint::Domain { domain: "D7".into(), least: 6, most: 6 };
    assert_eq!((found.rules.as_slice(), found.smallest), ([rule].as_slice(), true));
    assert!(found.to_string().ends_with("can be this: a form has 6 items of domain D7"), "{found}");
}

#[test]
fn quotas_that_add_up_to_another_length_are_named_with_the_length() {
    let mut problem = sample::problem(300, 1, 1);
    problem.blueprint.items = 81;
    let found = conflict(&problem);
    // The length and all seven quotas: without any of them there are forms.
    assert_eq!(found.rules.len(), 8, "{found}");
}

#[test]
fn a_score_that_easy_items_cannot_give_is_named_with_the_length() {
    let mut problem = sample::problem(300, 1, 1);
    problem.blueprint.expected_score = Some(Range { least: 79_000, most: 80_000 });
    let found = conflict(&problem);
    assert!(found.rules.iter().any(|rule| matches!(rule, Constraint::ExpectedScore { .. })), "{found}");
    assert!(found.rules.len() == 2, "{found}");
}

#[test]
fn too_little_overlap_for_so_many_forms_is_told_and_what_would_do() {
    let mut problem = sample::problem(160, 10, 1);
    let found = conflict(&problem);
    assert!(found.rules.contains(&Constraint::Overlap { items: 16 }), "{found}");
    assert!(found.to_string().starts_with("no 10 forms from the 160 items"), "{found}");
    let least = least_overlap(&problem).unwrap().unwrap();
    assert!((17..80).contains(&least), "{least}");
    problem.blueprint.overlap = Some(80);
    assert!(assemble(&problem, seed(1), Options::default()).is_ok());
}
