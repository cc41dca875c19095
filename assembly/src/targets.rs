//! What forms are made alike in, and how far they are from it: judged from the document alone, whoever wrote it.

use std::collections::BTreeSet;

use crate::{
    forms::{AssembledForm, FormSet, FormSetFault},
    problem::Item,
};

/// An ability, or `None` for the expected score, and what is wanted there.
type Wanted = (Option<i32>, u32);

impl FormSet {
    /// Whether the targets are those that the problem states, and none of its own but an expected score that nobody asked
    /// for; whether the forms can be measured by them; and whether they leave the bound standing.
    pub(crate) fn check_targets(&self) -> Result<(), FormSetFault> {
        let unsound = |what: String| Err(FormSetFault::Unsound(what));
        for (at, target) in self.targets.iter().enumerate() {
            let known = target.ability.is_none_or(|ability| self.problem.abilities.binary_search(&ability).is_ok());
            if !known || target.target == 0 || self.targets[..at].iter().any(|t| t.ability == target.ability) {
                return unsound(format!("target {} is none: {target:?}", at + 1));
            }
        }
        let blueprint = &self.problem.blueprint;
        let information = blueprint.information.iter().map(|wanted| (Some(wanted.ability), wanted.target));
        let wanted: BTreeSet<Wanted> = information.chain(blueprint.target_score.map(|score| (None, score))).collect();
        let stated: BTreeSet<Wanted> = self.targets.iter().map(|target| (target.ability, target.target)).collect();
        if let Some((ability, target)) = wanted.difference(&stated).next() {
            return unsound(format!("the target {target} at {} is missing", place(*ability)));
        }
        let free = |&&(ability, _): &&Wanted| ability.is_some() || blueprint.target_score.is_some();
        if let Some((ability, target)) = stated.difference(&wanted).find(free) {
            return unsound(format!("nobody asked for the target {target} at {}", place(*ability)));
        }
        let scored = self.targets.iter().any(|target| target.ability.is_none());
        if !scored && self.problem.items.iter().all(|item| item.difficulty.is_some()) {
            return unsound("every item is rated, and the forms have no expected score as their target".into());
        }
        if scored && let Some(item) = self.unrated() {
            return unsound(format!("item {} has no rating, and an expected score is a target of the forms", item.id));
        }
        let (bound, worst) = (self.bound, self.worst());
        if bound > worst {
            return unsound(format!(
                "no forms are said to be nearer their targets than {bound} millionths, and these are, by {worst}"
            ));
        }
        Ok(())
    }

    /// An item on a form that is not rated.
    fn unrated(&self) -> Option<&Item> {
        let on: BTreeSet<&String> = self.forms.iter().flat_map(|form| &form.items).collect();
        self.problem.items.iter().find(|item| item.difficulty.is_none() && on.contains(&item.id))
    }

    /// What a form is off the worst of its targets, in millionths of it, rounded up.
    pub fn deviation(&self, form: &AssembledForm) -> u64 {
        let on: BTreeSet<&String> = form.items.iter().collect();
        let items: Vec<&Item> = self.problem.items.iter().filter(|item| on.contains(&item.id)).collect();
        let off = |target: &crate::Target| {
            let at = target.ability.map(|ability| self.problem.abilities.binary_search(&ability));
            let value = |item: &Item| match at {
                None => item.difficulty.unwrap_or(0),
                Some(Ok(at)) => item.information.get(at).copied().unwrap_or(0),
                Some(Err(_)) => 0,
            };
            let sum: u64 = items.iter().map(|item| u64::from(value(item))).sum();
            sum.abs_diff(target.target.into()).saturating_mul(1_000_000).div_ceil(target.target.max(1).into())
        };
        self.targets.iter().map(off).max().unwrap_or(0)
    }

    /// The worst of [`Self::deviation`].
    pub fn worst(&self) -> u64 {
        self.forms.iter().map(|form| self.deviation(form)).max().unwrap_or(0)
    }

    /// How much less the worst could be off at most, in millionths of its target: what is proven of these forms.
    pub fn gap(&self) -> u64 {
        self.worst().saturating_sub(self.bound)
    }
}

fn place(ability: Option<i32>) -> String {
    ability.map_or("the expected score".into(), |ability| format!("ability {ability}"))
}
