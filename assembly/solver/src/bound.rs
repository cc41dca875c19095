//! What the sums over all forms say: whether there can be such forms, how little they can share, how near their targets
//! they can come.

use std::collections::BTreeSet;

use assembly::Constraint;
use highs::Col;

use crate::{
    milp::{Answer, Effort, Model},
    prepared::Prepared,
    rows::{self, Columns, Of},
    target::{Criterion, MILLION},
};

/// Whether some rules rule out each other in this pool. `false` is no promise that there are such forms.
pub(crate) fn impossible(prepared: &Prepared<'_>, rules: &BTreeSet<&Constraint>) -> bool {
    let (model, _) = limited_sums(prepared, rules);
    if matches!(model.solve(Effort::FULL), Answer::Infeasible) {
        return true;
    }
    let mut model = Model::default();
    let (every, sets) = ((0..prepared.entries.len()).map(|at| (at, 0.0)), vec![true; prepared.sets.len()]);
    rows::add(&mut model, prepared, Of::OneForm, rules, every, &sets);
    matches!(model.solve(Effort { nodes: 2_000, slack: 1e-6, seed: 0 }), Answer::Infeasible)
}

/// Below which limit two of the forms must share more items than allowed, whatever the forms; `None` if the rules cannot
/// be met at all.
pub(crate) fn least_overlap(prepared: &Prepared<'_>, rules: &BTreeSet<&Constraint>) -> Option<u32> {
    if prepared.forms() < 2 {
        return Some(0);
    }
    let (mut model, columns) = sums(prepared, rules);
    share_items(&mut model, prepared, &columns, 1.0, f64::INFINITY);
    match model.solve(Effort::FULL) {
        Answer::Infeasible => None,
        // The greatest of the pairs is no less than their mean, and whole.
        Answer::Found { bound, .. } => Some((bound / pairs(prepared) - 1e-6).ceil().max(0.0) as u32),
        Answer::Unknown => Some(0),
    }
}

/// What the worst of the forms is at least off its targets, in millionths of them, and the mean of each criterion's sum
/// where that is reached; `None` if the rules cannot be met at all.
pub(crate) fn deviation(
    prepared: &Prepared<'_>,
    rules: &BTreeSet<&Constraint>,
    criteria: &[Criterion],
) -> Option<(u64, Vec<f64>)> {
    let (mut model, columns) = limited_sums(prepared, rules);
    let forms = prepared.forms() as f64;
    let worst = model.continuous(1.0, f64::INFINITY);
    for criterion in criteria {
        let target = criterion.target as f64 * forms;
        let terms = || columns.items.iter().map(|&(at, col)| (col, criterion.values[at] as f64));
        let part = target / MILLION as f64;
        model.row(f64::NEG_INFINITY, target, terms().chain([(worst, -part)]));
        model.row(target, f64::INFINITY, terms().chain([(worst, part)]));
    }
    match model.solve(Effort::FULL) {
        Answer::Infeasible => None,
        Answer::Unknown => Some((0, criteria.iter().map(|criterion| criterion.target as f64).collect())),
        Answer::Found { columns: values, bound } => {
            let mean = |criterion: &Criterion| {
                let sum: f64 =
                    columns.items.iter().map(|&(at, col)| criterion.values[at] as f64 * values[col.index()]).sum();
                sum / forms
            };
            // A little below what the solver says, which reckons in fractions.
            let floor = (bound * (1.0 - 1e-6) - 0.01).max(0.0).floor();
            Some((floor as u64, criteria.iter().map(mean).collect()))
        }
    }
}

/// What the best of all single forms is at least off its targets, in millionths, by branch and bound.
pub(crate) fn deviation_of_one(prepared: &Prepared<'_>, rules: &BTreeSet<&Constraint>, criteria: &[Criterion]) -> u64 {
    let mut model = Model::default();
    let (every, sets) = ((0..prepared.entries.len()).map(|at| (at, 0.0)), vec![true; prepared.sets.len()]);
    let columns = rows::add(&mut model, prepared, Of::OneForm, rules, every, &sets);
    let worst = model.continuous(1.0, f64::INFINITY);
    for criterion in criteria {
        let (target, part) = (criterion.target as f64, criterion.target as f64 / MILLION as f64);
        let terms = || columns.items.iter().map(|&(at, col)| (col, criterion.values[at] as f64));
        model.row(f64::NEG_INFINITY, target, terms().chain([(worst, -part)]));
        model.row(target, f64::INFINITY, terms().chain([(worst, part)]));
    }
    match model.solve(Effort { nodes: 500, slack: 100.0, seed: 0 }) {
        Answer::Found { bound, .. } => (bound * (1.0 - 1e-6) - 0.01).max(0.0).floor() as u64,
        Answer::Infeasible | Answer::Unknown => 0,
    }
}

/// The sums of all forms, and what items they may share.
fn limited_sums(prepared: &Prepared<'_>, rules: &BTreeSet<&Constraint>) -> (Model, Columns) {
    let (mut model, columns) = sums(prepared, rules);
    let limit = rules.iter().find_map(|rule| match rule {
        Constraint::Overlap { items } => Some(*items),
        _ => None,
    });
    if let Some(limit) = limit {
        share_items(&mut model, prepared, &columns, 0.0, f64::from(limit) * pairs(prepared));
    }
    (model, columns)
}

/// The sums of all forms, and what scenario sets they may share.
fn sums(prepared: &Prepared<'_>, rules: &BTreeSet<&Constraint>) -> (Model, Columns) {
    let mut model = Model::default();
    let (every, sets) = ((0..prepared.entries.len()).map(|at| (at, 0.0)), vec![true; prepared.sets.len()]);
    let columns = rows::add(&mut model, prepared, Of::Sums(prepared.forms()), rules, every, &sets);
    let limit = rules.iter().find_map(|rule| match rule {
        Constraint::SharedSets { sets } => Some(*sets),
        _ => None,
    });
    if let (Some(limit), Some(scenarios)) = (limit, prepared.problem.blueprint.scenarios) {
        let sets: Vec<Col> = columns.sets.iter().copied().flatten().collect();
        let most = f64::from(limit) * pairs(prepared);
        share(&mut model, prepared.forms(), scenarios.sets as usize, &sets, 0.0, most);
    }
    (model, columns)
}

/// How many pairs of forms there are.
fn pairs(prepared: &Prepared<'_>) -> f64 {
    let forms = prepared.forms() as f64;
    forms * (forms - 1.0) / 2.0
}

fn share_items(model: &mut Model, prepared: &Prepared<'_>, columns: &Columns, cost: f64, most: f64) {
    let items: Vec<Col> = columns.items.iter().map(|&(_, col)| col).collect();
    share(model, prepared.forms(), prepared.problem.blueprint.items as usize, &items, cost, most);
}

/// Adds what the forms share of some columns, of which each form has so many: what is on z forms is shared by z(z − 1)/2
/// pairs of them. That is no less than any of its chords' tangents k·z − k(k + 1)/2, which meet it at k and k + 1; as many of
/// them are added as matter.
fn share(model: &mut Model, forms: usize, each: usize, shared_out: &[Col], cost: f64, most: f64) {
    let mean = forms * each / shared_out.len().max(1);
    let width = if shared_out.len() <= 1_000 { 12 } else { 4 };
    let first = mean.saturating_sub(width / 3).max(1);
    let mut shared = Vec::new();
    for &col in shared_out {
        let pairs = model.continuous(cost, f64::INFINITY);
        for k in (first..forms).take(width).map(|k| k as f64) {
            model.row(f64::NEG_INFINITY, k * (k + 1.0) / 2.0, [(col, k), (pairs, -1.0)]);
        }
        shared.push((pairs, 1.0));
    }
    model.row(f64::NEG_INFINITY, most, shared);
}
