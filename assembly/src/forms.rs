//! A set of parallel forms as a document.

use serde::{Deserialize, Serialize};

use crate::{
    check::{MAX_FORM_ITEMS, ProblemFault},
    problem::Problem,
    verify::{Form, Verifier, Violation},
};

/// Parallel forms, with the problem they solve and what was proven of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormSet {
    /// Always `invigil-forms`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// What made it.
    pub procedure: String,
    /// The seed, 64 hexadecimal digits.
    pub seed: String,
    /// What was asked for.
    pub problem: Problem,
    /// What the forms were made alike in.
    pub targets: Vec<Target>,
    /// What the worst of any such forms must be off its targets at least, in millionths of them.
    pub bound: u64,
    /// The forms.
    pub forms: Vec<AssembledForm>,
}

/// A sum that each form was to meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The ability (thousandths) at which it is information; `null` for the expected score.
    pub ability: Option<i32>,
    /// In thousandths.
    pub target: u32,
}

/// One form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssembledForm {
    /// Its name in the set, such as `F01`.
    pub name: String,
    /// Its items by id, ascending.
    pub items: Vec<String>,
}

/// Why a document is not a set of parallel forms.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormSetFault {
    /// Another format, version or procedure.
    #[error(
        "the document is {format:?} version {version} by {procedure:?}, not {:?} version 1 by {:?}",
        FormSet::FORMAT,
        FormSet::PROCEDURE
    )]
    Format {
        /// Its format.
        format: String,
        /// Its version.
        version: u32,
        /// Its procedure.
        procedure: String,
    },
    /// Its problem is not sound.
    #[error("the problem has {} faults, first: {}", .0.len(), first(.0))]
    Problem(Vec<ProblemFault>),
    /// A form is not what its problem asks for.
    #[error("the forms are not what was asked for in {} points, first: {}", .0.len(), first(.0))]
    Violations(Vec<Violation>),
    /// A name or target that cannot be.
    #[error("{0}")]
    Unsound(String),
}

fn first<T: ToString>(list: &[T]) -> String {
    list.first().map(T::to_string).unwrap_or_default()
}

impl FormSet {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-forms";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;
    /// The procedure this code carries out.
    pub const PROCEDURE: &'static str = "invigil-assembly-1";

    /// Checks a document that comes from elsewhere: its format, its problem, every form against every rule, its targets and
    /// its bound.
    ///
    /// # Errors
    /// [`FormSetFault`].
    pub fn check(&self) -> Result<(), FormSetFault> {
        self.check_shape()?;
        let violations = Verifier::new(&self.problem).forms(&self.views());
        if !violations.is_empty() {
            return Err(FormSetFault::Violations(violations));
        }
        self.check_targets()
    }

    /// Checks that it is such a document, whatever its forms are.
    fn check_shape(&self) -> Result<(), FormSetFault> {
        if self.format != Self::FORMAT || self.version != Self::VERSION || self.procedure != Self::PROCEDURE {
            let (format, version, procedure) = (self.format.clone(), self.version, self.procedure.clone());
            return Err(FormSetFault::Format { format, version, procedure });
        }
        let faults = self.problem.faults();
        if !faults.is_empty() {
            return Err(FormSetFault::Problem(faults));
        }
        let unsound = |what: String| Err(FormSetFault::Unsound(what));
        if self.forms.len() as u64 != u64::from(self.problem.forms) {
            return unsound(format!("{} forms were asked for, {} are there", self.problem.forms, self.forms.len()));
        }
        for (at, form) in self.forms.iter().enumerate() {
            if form.name.is_empty() || form.name.len() > 40 || self.forms[..at].iter().any(|f| f.name == form.name) {
                return unsound(format!("form {} has no name of its own of 1 to 40 bytes: {:?}", at + 1, form.name));
            }
            if form.items.len() > MAX_FORM_ITEMS as usize {
                return unsound(format!("form {} has {} items", form.name, form.items.len()));
            }
        }
        Ok(())
    }

    /// Several sets of one blueprint as one, for a report: their items together, their forms one after another. Whether
    /// the forms keep the rules, and those between forms across the sets, is for the report to say.
    ///
    /// # Errors
    /// [`FormSetFault`] of the first document that is none, whose targets or bound cannot be, or whose blueprint or items are
    /// not those of the others.
    pub fn join(sets: Vec<Self>) -> Result<Self, FormSetFault> {
        let unsound = |what: String| FormSetFault::Unsound(what);
        let mut sets = sets.into_iter();
        let mut joined = sets.next().ok_or_else(|| unsound("there are no forms".into()))?;
        joined.check_shape()?;
        joined.check_targets()?;
        for (at, set) in (2..).zip(sets) {
            set.check_shape()?;
            set.check_targets()?;
            if joined.problem.abilities != set.problem.abilities
                || !joined.problem.blueprint.is_like(&set.problem.blueprint)
            {
                return Err(unsound(format!("set {at} has another blueprint than the first; report each by itself")));
            }
            joined.problem.items = joined.problem.joined_items(&set.problem).map_err(|id| {
                unsound(format!("item {id} of set {at} is not what it is in the first: report each by itself"))
            })?;
            for (id, words) in set.problem.stimuli {
                if *joined.problem.stimuli.entry(id.clone()).or_insert(words) != words {
                    return Err(unsound(format!("scenario set {id} of set {at} is another version than in the first")));
                }
            }
            // What was proven of one target is not proven of another.
            joined.bound = if joined.targets == set.targets { joined.bound.max(set.bound) } else { 0 };
            joined.problem.forms += set.problem.forms;
            // So many of each set's forms are so many of all of them.
            let of_all = &mut joined.problem.blueprint.max_forms;
            *of_all = of_all.zip(set.problem.blueprint.max_forms).map(|(one, other)| one.saturating_add(other));
            let name = |form: AssembledForm| AssembledForm { name: format!("{at}.{}", form.name), items: form.items };
            joined.forms.extend(set.forms.into_iter().map(name));
        }
        Ok(joined)
    }

    /// The forms as a verifier takes them.
    pub fn views(&self) -> Vec<Form<'_>> {
        self.forms.iter().map(|form| (form.name.as_str(), form.items.as_slice())).collect()
    }
}
