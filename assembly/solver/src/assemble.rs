//! From a problem to parallel forms.

use std::collections::BTreeSet;

use assembly::{
    AssembledForm, Conflict, Constraint, FormSet, NotFound, Problem, ProblemFault, Target, Verifier, Violation,
};
use question_bank::draw::KeyStream;

use crate::{
    bound, explain,
    prepared::Prepared,
    progress::Event,
    search::{Limits, Options, Search, State},
    target::{Criterion, worst},
};

/// A gap that asks for another proof, in millionths.
const MUCH: u64 = 10_000;

/// Why there are no forms.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssemblyError {
    /// The problem is not sound.
    #[error("the problem has {} faults, first: {}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
    Problem(Vec<ProblemFault>),
    /// Its rules exclude one another.
    #[error("{0}")]
    Conflict(Conflict),
    /// No forms were found, though nothing proves that there are none.
    #[error("{0}")]
    NotFound(NotFound),
    /// The solver gave up.
    #[error("the solver neither made a form nor proved that there is none; loosen a rule, or try another seed")]
    Stuck,
    /// What came out is not what was asked for.
    #[error("the forms that were made break {} rules, first: {}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
    Unsound(Vec<Violation>),
}

/// Makes parallel forms: each keeps the blueprint, no two share more than allowed, and the worst of them is as near its
/// targets as was found, with a proven bound. The same problem, seed and options give the same forms on the same build of
/// the solver.
///
/// # Errors
/// [`AssemblyError`]; among them the smallest set of rules that exclude one another.
pub fn assemble(problem: &Problem, seed: [u8; 32], options: Options) -> Result<FormSet, AssemblyError> {
    assemble_telling(problem, seed, options, &mut |_| {})
}

/// The same; `tell` hears how far it is, and of every set of forms on the way that is what was asked for.
///
/// # Errors
/// [`AssemblyError`].
pub fn assemble_telling(
    problem: &Problem,
    seed: [u8; 32],
    options: Options,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<FormSet, AssemblyError> {
    let faults = problem.faults();
    if !faults.is_empty() {
        return Err(AssemblyError::Problem(faults));
    }
    let (prepared, rules) = (Prepared::new(problem), Constraint::all(problem));
    let every: BTreeSet<&Constraint> = rules.iter().collect();
    let Some((criteria, bound)) = targets(&prepared, &every) else {
        tell(Event::Progress("looking for the rules that exclude one another".into()));
        return Err(conflict(&prepared, &rules));
    };
    let verifier = Verifier::new(problem);
    let blueprint = &problem.blueprint;
    let limits =
        Limits { items: blueprint.overlap.unwrap_or(u32::MAX), sets: blueprint.shared_sets.unwrap_or(u32::MAX) };
    // How often an item is used is watched over all forms, where limits give way at a price.
    let between = |rule: &&Constraint| !matches!(rule, Constraint::MaxUses { .. } | Constraint::MaxForms { .. });
    let mut search = Search {
        prepared: &prepared,
        criteria: &criteria,
        verifier: &verifier,
        rules: every.iter().copied().filter(between).collect(),
        limits,
        bound,
        options,
        stream: KeyStream::new(seed),
    };
    let result = |state: &State, bounds: &[u64]| {
        document(&prepared, seed, standing(bounds, deviation(&criteria, state)), &criteria, state)
    };
    let found = search.run(&mut |event| match event {
        Event::Progress(words) => tell(Event::Progress(words)),
        Event::Better(state) => {
            let set = result(state, &[bound]);
            if verifier.forms(&set.views()).is_empty() {
                tell(Event::Better(&set));
            }
        }
    });
    let Ok(state) = found else { return Err(conflict(&prepared, &rules)) };
    if state.excess() > 0 {
        let (forms, shared, over) = (problem.forms, state.most_shared(), state.excess());
        let least = bound::least_overlap(&prepared, &every).unwrap_or(0);
        return Err(AssemblyError::NotFound(NotFound { forms, shared, over, least }));
    }
    // What one form cannot do by itself is worth finding out where much is left unproven.
    let much = deviation(&criteria, &state) > bound + MUCH;
    let single = if much { bound::deviation_of_one(&prepared, &every, &criteria) } else { 0 };
    let set = result(&state, &[bound, single]);
    let violations = verifier.forms(&set.views());
    if violations.is_empty() { Ok(set) } else { Err(AssemblyError::Unsound(violations)) }
}

/// Forms that share as little as is found: from the least that is not proven impossible, the limit is raised until there
/// are some. A limit that the problem states is passed over.
///
/// # Errors
/// [`AssemblyError`].
pub fn assemble_apart(problem: &Problem, seed: [u8; 32], options: Options) -> Result<FormSet, AssemblyError> {
    assemble_apart_telling(problem, seed, options, &mut |_| {})
}

/// The same; `tell` hears how far it is, and of every set of forms on the way.
///
/// # Errors
/// [`AssemblyError`].
pub fn assemble_apart_telling(
    problem: &Problem,
    seed: [u8; 32],
    options: Options,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<FormSet, AssemblyError> {
    let mut problem = problem.clone();
    problem.blueprint.overlap = None;
    let length = problem.blueprint.items;
    let step = length.div_ceil(40);
    let mut limit = least_overlap(&problem)?.unwrap_or(length);
    loop {
        problem.blueprint.overlap = Some(limit);
        let made = assemble_telling(&problem, seed, options, &mut |event| match event {
            Event::Progress(words) => tell(Event::Progress(format!("at most {limit} items shared: {words}"))),
            better @ Event::Better(_) => tell(better),
        });
        match made {
            Err(AssemblyError::NotFound(found)) if limit < length => {
                limit = (limit + step).min(found.shared).max(limit + 1);
            }
            done => return done,
        }
    }
}

/// Why there are no forms: rules that exclude one another, where that can be proven.
fn conflict(prepared: &Prepared<'_>, rules: &[Constraint]) -> AssemblyError {
    explain::conflict(prepared, rules).map_or(AssemblyError::Stuck, AssemblyError::Conflict)
}

/// The best of some bounds that what was reached leaves standing; 0 if none. The solver reckons in fractions, and one that
/// the forms disprove proves nothing, not even that they are the best there are.
fn standing(bounds: &[u64], reached: u64) -> u64 {
    bounds.iter().copied().filter(|bound| *bound <= reached).max().unwrap_or(0)
}

/// What the worst of the forms is off its targets, in millionths.
fn deviation(criteria: &[Criterion], state: &State) -> u64 {
    state.forms().iter().map(|form| worst(criteria, form)).max().unwrap_or(0)
}

/// Below which overlap there can be no such forms, whatever is tried, by counting alone; `None` if the other rules
/// already exclude one another.
///
/// # Errors
/// [`AssemblyError::Problem`].
pub fn least_overlap(problem: &Problem) -> Result<Option<u32>, AssemblyError> {
    let faults = problem.faults();
    if !faults.is_empty() {
        return Err(AssemblyError::Problem(faults));
    }
    let rules = Constraint::all(problem);
    Ok(bound::least_overlap(&Prepared::new(problem), &rules.iter().collect()))
}

/// What the forms are to be alike in, and what the worst of them must be off at least; `None` if the rules cannot be met.
/// A score that nobody asked for becomes what the pool can do.
fn targets(prepared: &Prepared<'_>, rules: &BTreeSet<&Constraint>) -> Option<(Vec<Criterion>, u64)> {
    let mut criteria = Criterion::all(prepared);
    let (bound, means) = bound::deviation(prepared, rules, &criteria)?;
    if bound == 0 || !criteria.iter().any(|criterion| criterion.free) {
        return Some((criteria, bound));
    }
    for (criterion, mean) in criteria.iter_mut().zip(means).filter(|(criterion, _)| criterion.free) {
        criterion.target = (mean.round() as i64).max(1);
    }
    let (bound, _) = bound::deviation(prepared, rules, &criteria)?;
    Some((criteria, bound))
}

fn document(prepared: &Prepared<'_>, seed: [u8; 32], bound: u64, criteria: &[Criterion], state: &State) -> FormSet {
    let problem = prepared.problem;
    let width = state.forms().len().to_string().len().max(2);
    let form = |(at, members): (usize, &Vec<usize>)| {
        let mut items: Vec<String> =
            members.iter().map(|&entry| problem.items[prepared.entries[entry].item].id.clone()).collect();
        items.sort();
        AssembledForm { name: format!("F{:0width$}", at + 1), items }
    };
    let target = |criterion: &Criterion| Target {
        ability: criterion.ability,
        target: u32::try_from(criterion.target).unwrap_or(u32::MAX),
    };
    FormSet {
        format: FormSet::FORMAT.into(),
        version: FormSet::VERSION,
        procedure: FormSet::PROCEDURE.into(),
        seed: seed.iter().map(|byte| format!("{byte:02x}")).collect(),
        problem: problem.clone(),
        targets: criteria.iter().map(target).collect(),
        bound,
        forms: state.forms().iter().enumerate().map(form).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_that_the_forms_disprove_is_dropped_and_not_made_their_own() {
        assert_eq!(standing(&[300, 900], 700), 300);
        assert_eq!(standing(&[900], 700), 0);
        assert_eq!(standing(&[700, 0], 700), 700);
    }
}
