//! Forms as a solver gives them, and how they become a set.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    check::MAX_FORM_ITEMS,
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

    /// The most items that two of the forms share.
    pub(crate) fn most_shared(&self) -> u32 {
        let forms: Vec<BTreeSet<&str>> =
            self.forms.iter().map(|items| items.iter().map(String::as_str).collect()).collect();
        let shared = |(at, one): (usize, &BTreeSet<&str>)| {
            forms[..at].iter().map(|other| one.intersection(other).count()).max().unwrap_or(0)
        };
        u32::try_from(forms.iter().enumerate().map(shared).max().unwrap_or(0)).unwrap_or(u32::MAX)
    }

    /// Whether there are as many forms as were asked for, none of them too long to be one.
    fn check_counts(&self, problem: &Problem) -> Result<(), FormSetFault> {
        let unsound = |what: String| Err(FormSetFault::Unsound(what));
        if self.forms.len() as u64 != u64::from(problem.forms) {
            return unsound(format!("{} forms were asked for, {} are there", problem.forms, self.forms.len()));
        }
        match self.forms.iter().position(|items| items.len() > MAX_FORM_ITEMS as usize) {
            Some(at) => unsound(format!("form {} has {} items", at + 1, self.forms[at].len())),
            None => Ok(()),
        }
    }

    /// Puts the forms beside the problem that was asked, whose limit on what two forms share is that of `self`, and counts
    /// them again.
    ///
    /// # Errors
    /// The first thing that is not as it was asked for.
    pub(crate) fn checked(self, mut problem: Problem, seed: String) -> Result<FormSet, FormSetFault> {
        // Before anything is done with them: there may be millions.
        self.check_counts(&problem)?;
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
        Ok(set)
    }
}
