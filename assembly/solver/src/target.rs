//! What forms are made alike in: the expected score, and information where it is wanted.

use crate::prepared::Prepared;

/// A whole million: deviations are stated in millionths of their target.
pub(crate) const MILLION: i64 = 1_000_000;

/// A sum over the items of a form that is to meet a target.
#[derive(Clone, Debug)]
pub(crate) struct Criterion {
    /// The ability at which it is information; `None` for the expected score.
    pub(crate) ability: Option<i32>,
    /// What each entry adds, in thousandths.
    pub(crate) values: Vec<i64>,
    /// In thousandths, at least 1.
    pub(crate) target: i64,
    /// Nobody asked for this target: the pool decides.
    pub(crate) free: bool,
}

impl Criterion {
    /// Every criterion of a problem: the expected score where it has a target or every item is rated, and information
    /// where the blueprint names a target.
    pub(crate) fn all(prepared: &Prepared<'_>) -> Vec<Self> {
        let problem = prepared.problem;
        let items = || prepared.entries.iter().map(|entry| &problem.items[entry.item]);
        let mut all = Vec::new();
        if items().all(|item| item.difficulty.is_some()) && !prepared.entries.is_empty() {
            let values: Vec<i64> = prepared.entries.iter().map(|entry| entry.difficulty).collect();
            let wanted = problem.blueprint.target_score.map(i64::from);
            let target = wanted.unwrap_or_else(|| natural(prepared, &values)).max(1);
            all.push(Self { ability: None, values, target, free: wanted.is_none() });
        }
        for wanted in &problem.blueprint.information {
            // A sound problem states information at every ability that is wanted.
            let Ok(at) = problem.abilities.binary_search(&wanted.ability) else { continue };
            let values = items().map(|item| item.information.get(at).copied().unwrap_or(0).into()).collect();
            let target = i64::from(wanted.target).max(1);
            all.push(Self { ability: Some(wanted.ability), values, target, free: false });
        }
        all
    }

    /// What a form is off its target, in millionths of it, rounded up.
    pub(crate) fn deviation(&self, sum: i64) -> u64 {
        ((sum - self.target).unsigned_abs() * MILLION.unsigned_abs()).div_ceil(self.target.unsigned_abs())
    }

    /// The sum over some entries.
    pub(crate) fn sum(&self, form: &[usize]) -> i64 {
        form.iter().map(|&at| self.values[at]).sum()
    }
}

/// The worst of a form's deviations, in millionths.
pub(crate) fn worst(criteria: &[Criterion], form: &[usize]) -> u64 {
    criteria.iter().map(|criterion| criterion.deviation(criterion.sum(form))).max().unwrap_or(0)
}

/// What a form of average items would be: of each domain its quota, scaled to the length of a form.
fn natural(prepared: &Prepared<'_>, values: &[i64]) -> i64 {
    let blueprint = &prepared.problem.blueprint;
    let (mut sum, mut quota) = (0, 0);
    for (domain, wanted) in blueprint.domains.iter().enumerate() {
        let of_domain = || prepared.entries.iter().zip(values).filter(|(entry, _)| entry.domain == domain);
        let count = of_domain().count() as i64;
        if count > 0 {
            let twice = i64::from(wanted.least) + i64::from(wanted.most.min(blueprint.items));
            sum += twice * of_domain().map(|(_, value)| value).sum::<i64>() / count;
            quota += twice;
        }
    }
    if quota == 0 { 0 } else { sum * i64::from(blueprint.items) / quota }
}
