//! Forms as a solver gives them, and how they become a set.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    forms::{AssembledForm, FormSet, FormSetFault, Target},
    problem::Problem,
};

/// What a solver made of a problem: no more than it adds to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Made {
    /// How many items two of the forms may share: the problem's limit, or where there was none, the one that was found.
    pub overlap: Option<u32>,
    /// What the forms were made alike in.
    pub targets: Vec<Target>,
    /// What the worst of any such forms must be off its targets at least, in millionths of them, by the solver's word.
    pub bound: u64,
    /// The items of each form by id, in any order.
    pub forms: Vec<Vec<String>>,
}

impl Made {
    /// What was made, out of its document.
    pub fn of(set: &FormSet) -> Self {
        Self {
            overlap: set.problem.blueprint.overlap,
            targets: set.targets.clone(),
            bound: set.bound,
            forms: set.forms.iter().map(|form| form.items.clone()).collect(),
        }
    }

    /// Puts the forms beside the problem that was asked, whose limit on what two forms share is that of `self`, and counts
    /// them again.
    ///
    /// # Errors
    /// The first thing that is not as it was asked for.
    pub(crate) fn checked(self, mut problem: Problem, seed: String) -> Result<FormSet, FormSetFault> {
        problem.blueprint.overlap = self.overlap;
        let width = self.forms.len().to_string().len().max(2);
        let form = |(at, mut items): (usize, Vec<String>)| {
            items.sort_unstable();
            AssembledForm { name: format!("F{:0width$}", at + 1), items }
        };
        let set = FormSet {
            format: FormSet::FORMAT.into(),
            version: FormSet::VERSION,
            procedure: FormSet::PROCEDURE.into(),
            seed,
            targets: self.targets,
            bound: self.bound,
            forms: self.forms.into_iter().enumerate().map(form).collect(),
            problem,
        };
        set.check()?;
        set.check_targets()?;
        Ok(set)
    }
}

impl FormSet {
    /// Whether the targets are those that the problem states, and none of its own but an expected score that nobody asked
    /// for.
    fn check_targets(&self) -> Result<(), FormSetFault> {
        let unsound = |what: String| Err(FormSetFault::Unsound(what));
        let blueprint = &self.problem.blueprint;
        let information = blueprint.information.iter().map(|wanted| (Some(wanted.ability), wanted.target));
        let wanted: BTreeSet<(Option<i32>, u32)> =
            information.chain(blueprint.target_score.map(|score| (None, score))).collect();
        let stated: BTreeSet<(Option<i32>, u32)> =
            self.targets.iter().map(|target| (target.ability, target.target)).collect();
        if let Some((ability, target)) = wanted.difference(&stated).next() {
            return unsound(format!("the target {target} at {} is missing", place(*ability)));
        }
        let free = |&&(ability, _): &&(Option<i32>, u32)| ability.is_some() || blueprint.target_score.is_some();
        if let Some((ability, target)) = stated.difference(&wanted).find(free) {
            return unsound(format!("nobody asked for the target {target} at {}", place(*ability)));
        }
        let rated = self.problem.items.iter().all(|item| item.difficulty.is_some());
        if rated && !self.targets.iter().any(|target| target.ability.is_none()) {
            return unsound("every item is rated, and the forms have no expected score as their target".into());
        }
        Ok(())
    }
}

fn place(ability: Option<i32>) -> String {
    ability.map_or("the expected score".into(), |ability| format!("ability {ability}"))
}
