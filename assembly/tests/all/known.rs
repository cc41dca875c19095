//! Forms that the solver once made, so that no solver is needed here.

use assembly::{
    FormSet, Made, Problem, Target, sample,
    solver::{Answer, Outcome, Request},
};

/// Items by id of six forms for [`sample::problem`] of 400 items and six forms by seed 1, as `invigil-assemble` made them.
const FORMS: &str = include_str!("six_of_400.json");

/// The pool of 400 items, and the first of those forms.
pub(crate) fn problem(forms: u32) -> Problem {
    sample::problem(400, forms, 1)
}

/// What a solver makes of [`problem`].
pub(crate) fn made(forms: u32) -> Made {
    let mut known: Vec<Vec<String>> = serde_json::from_str(FORMS).unwrap();
    known.truncate(forms as usize);
    let targets = vec![Target { ability: None, target: 52_000 }];
    Made { overlap: Some(16), targets, bound: 0, forms: known }
}

/// A request for the forms of a problem, whose answer is these.
pub(crate) fn answered(problem: Problem, made: Made) -> FormSet {
    let request = Request::new(problem, [1; 32]);
    Answer::new(Outcome::Forms(made)).forms(request).unwrap_or_else(|fault| panic!("{fault}"))
}

/// So many parallel forms.
pub(crate) fn set(forms: u32) -> FormSet {
    answered(problem(forms), made(forms))
}
