//! A solver's answer is believed in nothing that can be counted.

use assembly::{
    Conflict, Constraint, FormSetFault, Made, NotFound, Target,
    solver::{Answer, DocumentFault, NoForms, Outcome, OverlapLimit, Request},
};
use proptest::prelude::*;

use crate::known;

/// What becomes of two forms after something was done to them.
fn answered(change: impl FnOnce(&mut Made)) -> NoForms {
    let mut made = known::made(2);
    change(&mut made);
    Answer::new(Outcome::Forms(made)).forms(Request::new(known::problem(2), [1; 32])).unwrap_err()
}

fn unsound(change: impl FnOnce(&mut Made)) -> String {
    match answered(change) {
        NoForms::Unsound(fault) => fault.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn forms_are_named_and_put_in_order_whatever_order_they_come_in() {
    let mut made = known::made(2);
    made.forms.iter_mut().for_each(|items| items.reverse());
    let set = known::answered(known::problem(2), made);
    assert_eq!(set, known::set(2));
    assert_eq!(set.forms.iter().map(|form| form.name.as_str()).collect::<Vec<_>>(), ["F01", "F02"]);
    assert_eq!(set.seed, "01".repeat(32));
}

#[test]
fn forms_that_are_not_what_was_asked_for_are_refused() {
    let half = unsound(|made| made.forms[1].truncate(40));
    assert!(half.contains("F02: a form has 80 items, but there are 40"), "{half}");
    let twice = unsound(|made| made.forms[0][1] = made.forms[0][0].clone());
    assert!(twice.contains("twice"), "{twice}");
    let unknown = unsound(|made| made.forms[0][0] = "item-99999".into());
    assert!(unknown.contains("the pool has no item item-99999"), "{unknown}");
    let same = unsound(|made| made.forms[1] = made.forms[0].clone());
    assert!(same.contains("no two forms share more than 16 items, but there are 80"), "{same}");
    assert!(unsound(|made| made.forms.truncate(1)).contains("2 forms were asked for, 1 are there"));
    assert!(unsound(|made| made.forms[0] = vec![String::new(); 5_000]).contains("has 5000 items"));
    let many = unsound(|made| made.forms = vec![vec![String::new()]; 100_000]);
    assert!(many.contains("2 forms were asked for, 100000 are there"), "{many}");
}

#[test]
fn a_limit_or_a_target_that_nobody_asked_for_is_refused() {
    assert!(matches!(answered(|made| made.overlap = Some(80)), NoForms::Beside(_)));
    assert!(matches!(answered(|made| made.overlap = None), NoForms::Beside(_)));
    let other = unsound(|made| made.targets[0].target = 60_000);
    assert!(other.contains("the target 52000 at the expected score is missing"), "{other}");
    assert!(unsound(|made| made.targets.clear()).contains("is missing"));
    let more = unsound(|made| made.targets.push(Target { ability: Some(0), target: 1 }));
    assert!(more.contains("nobody asked for the target 1 at ability 0"), "{more}");
}

#[test]
fn without_a_target_the_forms_of_rated_items_have_one_of_their_own() {
    let mut problem = known::problem(2);
    problem.blueprint.target_score = None;
    let mut made = known::made(2);
    made.targets[0].target = 52_000;
    assert_eq!(known::answered(problem.clone(), made.clone()).targets, made.targets);
    made.targets.clear();
    let fault = Answer::new(Outcome::Forms(made)).forms(Request::new(problem, [1; 32])).unwrap_err();
    assert!(matches!(fault, NoForms::Unsound(FormSetFault::Unsound(_))), "{fault}");
}

#[test]
fn a_bound_that_the_forms_themselves_disprove_is_refused() {
    let fault = unsound(|made| made.bound = 400);
    assert!(fault.contains("400 millionths"), "{fault}");
}

#[test]
fn a_limit_that_was_searched_for_is_kept_by_the_forms() {
    // Six forms of 80 from 400 items share some.
    let mut problem = known::problem(6);
    problem.blueprint.overlap = None;
    let request = Request::new(problem, [1; 32]);
    assert_eq!(request.overlap, OverlapLimit::Search);
    let found = |overlap| {
        let made = Made { overlap, ..known::made(6) };
        Answer::new(Outcome::Forms(made)).forms(request.clone())
    };
    // Whatever it is called, the limit is the one that they keep.
    let set = found(Some(16)).unwrap();
    let most = assembly::report::Report::of(&set).overlap.most;
    assert_eq!(set.problem.blueprint.overlap, Some(most));
    assert_eq!(found(Some(80)).unwrap(), set);
    assert_eq!(found(Some(most)).unwrap(), set);
    assert!(matches!(found(Some(most - 1)), Err(NoForms::Unsound(FormSetFault::Violations(_)))));
    assert!(matches!(found(Some(81)), Err(NoForms::Beside(_))));
    assert!(matches!(found(None), Err(NoForms::Beside(_))));
    assert!(matches!(found(Some(0)), Err(NoForms::Unsound(FormSetFault::Violations(_)))));
}

#[test]
fn rules_that_exclude_one_another_are_told_if_they_are_the_problems() {
    let conflict = |rules: Vec<Constraint>, forms| {
        let conflict = Conflict { forms, eligible: 300, rules, smallest: true };
        Answer::new(Outcome::Conflict(conflict)).forms(Request::new(known::problem(2), [1; 32])).unwrap_err()
    };
    let overlap = Constraint::Overlap { items: 16 };
    let told = conflict(vec![overlap.clone()], 2).to_string();
    let sentence = "no 2 forms from the 300 items that the blueprint can use can be this: no two forms share more than 16 \
                    items";
    assert_eq!(told, sentence);
    assert!(matches!(conflict(vec![Constraint::Overlap { items: 15 }], 2), NoForms::Beside(_)));
    assert!(matches!(conflict(vec![overlap.clone()], 3), NoForms::Beside(_)));
    assert!(matches!(conflict(vec![overlap.clone(), overlap.clone()], 2), NoForms::Beside(_)));
    assert!(matches!(conflict(Vec::new(), 2), NoForms::Beside(_)));
    let NoForms::Conflict(conflict) = conflict(vec![overlap, Constraint::Items { items: 80 }], 2) else { panic!() };
    let told = Conflict { smallest: false, ..conflict }
        .told(|rule| matches!(rule, Constraint::Overlap { .. }).then(|| "--overlap".into()));
    assert!(told.contains("no two forms share more than 16 items (--overlap); a form has 80 items – fewer"), "{told}");
}

#[test]
fn what_else_a_solver_says_is_passed_on_in_bounds() {
    let forms = |outcome| Answer::new(outcome).forms(Request::new(known::problem(2), [1; 32])).unwrap_err();
    let found = NotFound { forms: 2, shared: 20, over: 4, least: 3 };
    assert!(forms(Outcome::NotFound(found)).to_string().contains("the nearest share up to 20 items, 4 more"));
    assert!(matches!(forms(Outcome::NotFound(NotFound { forms: 3, ..found })), NoForms::Beside(_)));
    assert_eq!(forms(Outcome::Stuck), NoForms::Stuck);
    let reason = forms(Outcome::Refused("no\nroom".repeat(10_000))).to_string();
    assert!(reason.len() < 1_000 && !reason.contains('\n'), "{reason}");
}

#[test]
fn a_request_comes_back_as_it_was_and_one_that_is_none_is_refused() {
    let request = Request::new(known::problem(2), [7; 32]);
    let bytes = serde_json::to_vec(&request).unwrap();
    assert_eq!(Request::parse(&bytes), Ok(request.clone()));
    assert_eq!(request.seed(), Ok([7; 32]));
    let refused = |change: &dyn Fn(&mut Request)| {
        let mut request = request.clone();
        change(&mut request);
        Request::parse(&serde_json::to_vec(&request).unwrap()).unwrap_err()
    };
    assert!(matches!(refused(&|r| r.version = 2), DocumentFault::Format { version: 2, .. }));
    assert!(
        matches!(refused(&|r| r.format = "x".repeat(1_000)), DocumentFault::Format { format, .. } if format.len() == 60)
    );
    assert_eq!(refused(&|r| r.seed.push('0')), DocumentFault::Seed);
    assert_eq!(refused(&|r| r.overlap = OverlapLimit::Search), DocumentFault::Limit);
    assert!(matches!(refused(&|r| r.problem.forms = 0), DocumentFault::Problem(_)));
    assert!(matches!(Request::parse(b"{}"), Err(DocumentFault::Json(_))));
    assert_eq!(Request::parse(&vec![b' '; assembly::solver::MAX_BYTES + 1]), Err(DocumentFault::Length));
}

#[test]
fn an_answer_comes_back_as_it_was_and_unknown_members_are_refused() {
    for outcome in [Outcome::Forms(known::made(2)), Outcome::Stuck, Outcome::Refused("no".into())] {
        let answer = Answer::new(outcome);
        assert_eq!(Answer::parse(&serde_json::to_vec(&answer).unwrap()), Ok(answer));
    }
    for text in [
        r#"{"format":"invigil-assembly-answer","version":1,"outcome":"stuck","more":1}"#,
        r#"{"format":"invigil-assembly-answer","version":1,"outcome":{"forms":{}}}"#,
        r#"{"format":"invigil-assembly-answer","version":1,"outcome":{"stuck":null,"refused":"no"}}"#,
        r#"{"format":"invigil-assembly-answer","version":9,"outcome":"stuck"}"#,
        "nonsense",
        "",
    ] {
        assert!(Answer::parse(text.as_bytes()).is_err(), "{text}");
    }
}

#[test]
fn of_several_answers_the_last_counts_and_of_a_stopped_solver_the_last_whole_one_with_forms() {
    let text = |outcome: Outcome| serde_json::to_string(&Answer::new(outcome)).unwrap();
    let (stuck, one, two) =
        (text(Outcome::Stuck), text(Outcome::Forms(known::made(1))), text(Outcome::Forms(known::made(2))));
    let forms = |made| Answer::new(Outcome::Forms(made));
    let lines = format!("{one}\n{two}\n");
    assert_eq!(Answer::parse(lines.as_bytes()), Ok(forms(known::made(2))));
    assert_eq!(Answer::parse(format!("{one}\n{stuck}").as_bytes()), Ok(Answer::new(Outcome::Stuck)));
    let cut = &lines[..lines.len() - 9];
    assert!(Answer::parse(cut.as_bytes()).is_err());
    assert_eq!(Answer::last_whole(cut.as_bytes()), Some(forms(known::made(1))));
    for nothing in ["", "{", &stuck, &one[..one.len() - 1]] {
        assert_eq!(Answer::last_whole(nothing.as_bytes()), None, "{nothing:.20}");
    }
}

proptest! {
    /// Bytes from anywhere, and numbers from anywhere in an answer: an answer or a fault, never a panic.
    #[test]
    fn whatever_a_solver_writes_is_judged(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        numbers in prop::collection::vec(any::<u32>(), 5),
        ability in any::<Option<i32>>(),
        items in prop::collection::vec(".{0,12}", 0..5),
    ) {
        let _ = Answer::parse(&bytes);
        let request = Request::new(known::problem(2), [1; 32]);
        let made = Made {
            overlap: Some(16),
            targets: vec![Target { ability, target: numbers[0] }, Target { ability: None, target: numbers[1] }],
            bound: numbers[2].into(),
            forms: vec![items.clone(), items],
        };
        prop_assert!(Answer::new(Outcome::Forms(made)).forms(request.clone()).is_err());
        let rules = vec![Constraint::Words { least: numbers[3], most: numbers[4] }];
        let conflict = Conflict { forms: numbers[0], eligible: numbers[1], rules, smallest: false };
        prop_assert!(Answer::new(Outcome::Conflict(conflict)).forms(request).is_err());
    }
}
