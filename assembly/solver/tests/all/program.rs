//! The program itself: one document in, one out.

use std::{
    io::Write as _,
    process::{Command, Output, Stdio},
};

use assembly::{
    Constraint, Problem, sample,
    solver::{Answer, NoForms, Outcome, Request},
};

use crate::{forms_of, seed};

fn run(input: &[u8], options: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_invigil-assemble"));
    command.args(options).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // It may end before it has read everything.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn answer(input: &[u8]) -> Answer {
    let output = run(input, &[]);
    assert!(output.status.success(), "{output:?}");
    Answer::parse(&output.stdout).unwrap()
}

fn asked(problem: Problem) -> (Request, Answer) {
    let request = Request::new(problem, seed(1));
    let answer = answer(&serde_json::to_vec(&request).unwrap());
    (request, answer)
}

#[test]
fn the_program_answers_as_the_crate_does() {
    let problem = sample::problem(300, 2, 1);
    let (request, answer) = asked(problem.clone());
    assert_eq!(answer.forms(request).unwrap(), forms_of(&problem, 1));
}

#[test]
fn a_limit_that_nobody_states_is_searched_for() {
    let mut problem = sample::problem(200, 3, 1);
    problem.blueprint.overlap = None;
    let (request, answer) = asked(problem.clone());
    let set = answer.forms(request).unwrap();
    let limit = set.problem.blueprint.overlap.unwrap();
    assert!((1..80).contains(&limit), "{limit}");
    let least = assembly_solver::least_overlap(&problem).unwrap().unwrap();
    assert!(limit >= least, "{limit} {least}");
}

#[test]
fn rules_that_exclude_one_another_come_back_by_name() {
    let (request, answer) = asked(sample::problem(160, 10, 1));
    let Err(NoForms::Conflict(conflict)) = answer.forms(request) else { panic!() };
    assert!(conflict.rules.contains(&Constraint::Overlap { items: 16 }), "{conflict}");
}

#[test]
fn what_is_no_request_is_refused_and_what_is_no_option_explained() {
    let mut unsound = sample::problem(300, 2, 1);
    unsound.forms = 0;
    let unsound = serde_json::to_vec(&Request::new(unsound, seed(1))).unwrap();
    for input in [b"".as_slice(), b"nonsense", b"{}", &unsound] {
        assert!(matches!(answer(input).outcome, Outcome::Refused(_)), "{input:?}");
    }
    let output = run(b"", &["--help"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty() && String::from_utf8_lossy(&output.stderr).starts_with("Usage:"));
}

/// Writes the forms that the tests of `assembly` rest on, which have no solver.
#[test]
#[ignore = "writes assembly/tests/all/six_of_400.json"]
fn regenerate_the_known_forms() {
    let (request, answer) = asked(sample::problem(400, 6, 1));
    let forms: Vec<_> = answer.forms(request).unwrap().forms.into_iter().map(|form| form.items).collect();
    let lines: Vec<String> = forms.iter().map(|items| serde_json::to_string(items).unwrap()).collect();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/all/six_of_400.json");
    std::fs::write(file, format!("[\n{}\n]\n", lines.join(",\n"))).unwrap();
}
