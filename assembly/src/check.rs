//! Whether a problem can be taken up at all.

use std::collections::BTreeSet;

use crate::problem::{Problem, Quota, Range};

/// The most items of a pool.
pub(crate) const MAX_ITEMS: usize = 20_000;
/// The most forms of a set.
pub(crate) const MAX_FORMS: u32 = 500;
/// The most items of a form.
pub(crate) const MAX_FORM_ITEMS: u32 = 1_000;
/// The most abilities at which information is stated.
const MAX_ABILITIES: usize = 61;
/// The longest name.
const MAX_NAME: usize = 200;
/// The greatest information of an item, and words.
const MAX_VALUE: u32 = 1_000_000;

/// What is wrong with a problem.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProblemFault {
    /// Too much or too little of something.
    #[error("{what}: {count}, but {least} to {most} are possible")]
    Count {
        /// Of what.
        what: String,
        /// How much there is.
        count: u64,
        /// The least that is possible.
        least: u64,
        /// The most that is possible.
        most: u64,
    },
    /// A range that nothing can lie in.
    #[error("{what}: at least {least} and at most {most} cannot both hold")]
    Empty {
        /// Of what.
        what: String,
        /// The lower end.
        least: u32,
        /// The upper end.
        most: u32,
    },
    /// A name that stands twice.
    #[error("{what} {name:?} stands twice; give each its own name")]
    Twice {
        /// What it names.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// An item without something that the blueprint asks for.
    #[error("item {item:?} has no {what}, which the blueprint needs; add it, or leave the item out")]
    Missing {
        /// The item.
        item: String,
        /// What it lacks.
        what: &'static str,
    },
    /// A target at an ability at which no item states its information.
    #[error("information is wanted at ability {0} (in thousandths), where items do not state it")]
    Ability(i32),
    /// Abilities that do not ascend.
    #[error("the abilities do not ascend at {0}")]
    Abilities(i32),
}

impl Problem {
    /// Everything that is wrong; empty for a sound problem. Sound says nothing of whether there are such forms.
    pub fn faults(&self) -> Vec<ProblemFault> {
        let mut faults = Vec::new();
        self.check_blueprint(&mut faults);
        self.check_items(&mut faults);
        faults
    }

    fn check_blueprint(&self, faults: &mut Vec<ProblemFault>) {
        let blueprint = &self.blueprint;
        within(faults, "forms", self.forms.into(), 1, MAX_FORMS.into());
        within(faults, "items of a form", blueprint.items.into(), 1, MAX_FORM_ITEMS.into());
        within(faults, "domains of the blueprint", blueprint.domains.len() as u64, 1, 200);
        within(faults, "levels of the blueprint", blueprint.levels.len() as u64, 0, 50);
        within(faults, "abilities", self.abilities.len() as u64, 0, MAX_ABILITIES as u64);
        name(faults, "title", &self.title);
        quotas(faults, "domain", &blueprint.domains);
        quotas(faults, "level", &blueprint.levels);
        let ranges = [
            ("words", blueprint.words),
            ("items with the key at one position", blueprint.key_positions),
            ("expected score", blueprint.expected_score),
        ];
        for (what, range) in ranges {
            let Some(Range { least, most }) = range else { continue };
            if least > most {
                faults.push(ProblemFault::Empty { what: what.into(), least, most });
            }
        }
        if let Some(scenarios) = blueprint.scenarios {
            within(faults, "scenario sets of a form", scenarios.sets.into(), 1, MAX_FORM_ITEMS.into());
            within(faults, "items of a scenario set", scenarios.items_each.into(), 1, MAX_FORM_ITEMS.into());
        }
        if let Some(forms) = blueprint.max_forms {
            within(faults, "forms of this set that an item may stand on", forms.into(), 1, u64::MAX);
        }
        if let Some(target) = blueprint.target_score {
            within(faults, "target score", target.into(), 1, u64::from(MAX_FORM_ITEMS) * 1_000);
        }
        if let Some(&[_, next]) = self.abilities.array_windows().find(|[one, next]| one >= next) {
            faults.push(ProblemFault::Abilities(next));
        }
        let mut seen = BTreeSet::new();
        for wanted in &blueprint.information {
            within(faults, "information wanted", wanted.target.into(), 1, u64::from(MAX_VALUE));
            if !seen.insert(wanted.ability) || self.abilities.binary_search(&wanted.ability).is_err() {
                faults.push(ProblemFault::Ability(wanted.ability));
            }
        }
    }

    fn check_items(&self, faults: &mut Vec<ProblemFault>) {
        within(faults, "items of the pool", self.items.len() as u64, 1, MAX_ITEMS as u64);
        if self.items.len() > MAX_ITEMS {
            return;
        }
        let rated = self.blueprint.expected_score.is_some() || self.blueprint.target_score.is_some();
        let calibrated = !self.blueprint.information.is_empty();
        let mut ids = BTreeSet::new();
        within(faults, "stimuli", self.stimuli.len() as u64, 0, MAX_ITEMS as u64);
        for (set, &words) in &self.stimuli {
            within(faults, format!("words of the stimulus of {set:?}"), words.into(), 0, MAX_VALUE.into());
        }
        for item in &self.items {
            name(faults, "id of an item", &item.id);
            name(faults, "domain of an item", &item.domain);
            name(faults, "level of an item", &item.level);
            if !ids.insert(&item.id) {
                faults.push(ProblemFault::Twice { what: "item", name: item.id.clone() });
            }
            if rated && item.difficulty.is_none() {
                faults.push(ProblemFault::Missing { item: item.id.clone(), what: "difficulty" });
            }
            if calibrated && item.information.is_empty() {
                faults.push(ProblemFault::Missing { item: item.id.clone(), what: "information" });
            }
            let of = |what: &str| format!("{what} of item {:?}", item.id);
            within(faults, of("difficulty"), item.difficulty.unwrap_or(0).into(), 0, 1_000);
            within(faults, of("words"), item.words.into(), 0, MAX_VALUE.into());
            within(faults, of("enemies"), item.enemies.len() as u64, 0, 1_000);
            within(faults, of("key position"), item.key.unwrap_or(1).into(), 1, 26);
            if !item.information.is_empty() {
                let (count, of_problem) = (item.information.len() as u64, self.abilities.len() as u64);
                within(faults, of("values of the information"), count, of_problem, of_problem);
            }
            for &value in &item.information {
                within(faults, of("information"), value.into(), 0, MAX_VALUE.into());
            }
        }
    }
}

fn within(faults: &mut Vec<ProblemFault>, what: impl Into<String>, count: u64, least: u64, most: u64) {
    if !(least..=most).contains(&count) {
        faults.push(ProblemFault::Count { what: what.into(), count, least, most });
    }
}

fn name(faults: &mut Vec<ProblemFault>, what: &str, text: &str) {
    within(faults, format!("length of the {what}"), text.len() as u64, 1, MAX_NAME as u64);
}

fn quotas(faults: &mut Vec<ProblemFault>, what: &'static str, quotas: &[Quota]) {
    let mut seen = BTreeSet::new();
    for quota in quotas {
        name(faults, what, &quota.name);
        if !seen.insert(&quota.name) {
            faults.push(ProblemFault::Twice { what, name: quota.name.clone() });
        }
        if quota.least > quota.most {
            let what = format!("{what} {}", quota.name);
            faults.push(ProblemFault::Empty { what, least: quota.least, most: quota.most });
        }
    }
}
