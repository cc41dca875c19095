//! What a pool lacks for a blueprint, seen by counting before anything is drawn.

use serde::Serialize;

use super::{
    Blueprint, Range,
    prepare::Entry,
    scenarios::Scenarios,
    strata::{level_index, level_name},
};
use crate::bank::Level;

/// A constraint that a pool cannot meet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Conflict {
    /// Too few scenario sets from which enough items may be taken.
    #[error("scenario sets with {} that may stand together: {needed} needed, {available} available",
        items_per_set.map_or("items".into(), |each| format!("at least {each} items")))]
    Sets {
        /// Items that a set must have; nothing where sets are whole.
        items_per_set: Option<u32>,
        /// How many sets the blueprint wants.
        needed: u64,
        /// How many the pool has.
        available: u64,
    },
    /// Too few items of a domain, or scenario sets that bring too many.
    #[error("domain {domain}: {wanted} items wanted, forms can hold {least} to {most}")]
    Domain {
        /// The domain.
        domain: String,
        /// How many items the blueprint wants.
        wanted: u64,
        /// The fewest that scenario sets bring.
        least: u64,
        /// The most that there are for a form.
        most: u64,
    },
    /// Too few or too many items of a cognitive level.
    #[error("level {}: {min} to {max} items wanted, forms can hold {least} to {most}", level_name(*level))]
    Level {
        /// The level.
        level: Level,
        /// The fewest that the blueprint wants.
        min: u64,
        /// The most that it wants.
        max: u64,
        /// The fewest that the domains' items leave room for.
        least: u64,
        /// The most.
        most: u64,
    },
    /// The ranges of the cognitive levels do not go with the number of items.
    #[error("the levels allow {least} to {most} items together, the form has {items}")]
    Levels {
        /// Items of a form.
        items: u64,
        /// All minima together.
        least: u64,
        /// All maxima together.
        most: u64,
    },
    /// No form is so short, or so long.
    #[error("words: {min} to {max} wanted, forms can have {least} to {most}")]
    Words {
        /// The fewest that the blueprint wants.
        min: u64,
        /// The most that it wants.
        max: u64,
        /// The fewest that could be.
        least: u64,
        /// The most.
        most: u64,
    },
    /// No form is so hard, or so easy.
    #[error("difficulty: a sum of {min} to {max} thousandths wanted, forms can have {least} to {most}")]
    Difficulty {
        /// The least that the blueprint wants.
        min: u64,
        /// The most that it wants.
        max: u64,
        /// The least that could be.
        least: u64,
        /// The most.
        most: u64,
    },
    /// Too few pilot items.
    #[error("pilot items: {needed} needed, {available} available")]
    Pilots {
        /// How many the blueprint wants.
        needed: u64,
        /// How many the pool has.
        available: u64,
    },
    /// The candidate has met too much of the pool.
    #[error("items met before: at most {wanted} wanted, any form has at least {least}")]
    SharedItems {
        /// The most that the blueprint wants.
        wanted: u64,
        /// The fewest that could be.
        least: u64,
    },
    /// Items would stand on more forms than allowed.
    #[error("exposure: {what} stand on {share} of 1000 forms, at most {max} are allowed; {needed}")]
    Exposure {
        /// Which items.
        what: String,
        /// The share of forms, in thousandths.
        share: u64,
        /// The most that the blueprint wants.
        max: u64,
        /// What would help.
        needed: String,
    },
    /// Nothing is short by itself.
    #[error("{}", together(.without, .attempts))]
    Together {
        /// The constraints without any one of which forms are found.
        without: Vec<String>,
        /// How often each was tried.
        attempts: u32,
    },
}

fn together(without: &[String], attempts: &u32) -> String {
    if without.is_empty() {
        return format!("no form was found in {attempts} attempts, nor by dropping any one constraint");
    }
    format!("no form meets all constraints at once; forms are found without any one of these: {}", without.join("; "))
}

/// Every constraint that counting shows to be impossible. An empty list is no promise: constraints together may still
/// leave no form.
pub(super) fn conflicts(
    blueprint: &Blueprint,
    entries: &[Entry],
    alone: &[Vec<u32>],
    scenarios: &Scenarios,
    pilots: usize,
) -> Vec<Conflict> {
    let mut found = Vec::new();
    let (needed, available) = (u64::from(blueprint.scenario_sets), scenarios.sets.len() as u64);
    if available < needed {
        found.push(Conflict::Sets { items_per_set: blueprint.items_per_set, needed, available });
    }
    for (domain, (quota, alone)) in blueprint.domains.iter().zip(alone).enumerate() {
        let (least, most) = scenarios.offer(domain);
        let (wanted, least, most) = (u64::from(quota.items), least as u64, (most + alone.len()) as u64);
        if wanted < least || wanted > most {
            found.push(Conflict::Domain { domain: quota.domain.clone(), wanted, least, most });
        }
    }
    let needed = u64::from(blueprint.pilots);
    if needed > pilots as u64 {
        found.push(Conflict::Pilots { needed, available: pilots as u64 });
    }
    if !found.is_empty() {
        return found;
    }
    let all = Available::new(blueprint, entries, alone, scenarios);
    all.levels(blueprint, &mut found);
    all.sums(blueprint, scenarios, &mut found);
    found
}

/// The scored entries that forms are made of, by domain.
struct Available<'a>(Vec<(usize, Vec<&'a Entry>)>);

impl<'a> Available<'a> {
    fn new(blueprint: &Blueprint, entries: &'a [Entry], alone: &[Vec<u32>], scenarios: &Scenarios) -> Self {
        let mut in_sets: Vec<u32> =
            scenarios.sets.iter().flat_map(|set| set.options.iter().flatten()).copied().collect();
        in_sets.sort_unstable();
        in_sets.dedup();
        let of_domain = |(domain, (quota, alone)): (usize, (&crate::Quota, &Vec<u32>))| {
            let sets = in_sets.iter().filter(|&&entry| entries[entry as usize].domain == domain);
            (quota.items as usize, alone.iter().chain(sets).map(|&entry| &entries[entry as usize]).collect())
        };
        Self(blueprint.domains.iter().zip(alone).enumerate().map(of_domain).collect())
    }

    /// The fewest and the most entries of a kind that the quotas of the domains leave room for.
    fn bounds(&self, is_it: impl Fn(&Entry) -> bool) -> (u64, u64) {
        self.0.iter().fold((0, 0), |(least, most), (quota, entries)| {
            let of_kind = entries.iter().filter(|entry| is_it(entry)).count();
            let others = entries.len() - of_kind;
            (least + quota.saturating_sub(others) as u64, most + of_kind.min(*quota) as u64)
        })
    }

    /// The least and the greatest sum that the quotas of the domains leave room for.
    fn sum(&self, of: impl Fn(&Entry) -> u32) -> (u64, u64) {
        self.0.iter().fold((0, 0), |(least, most), (quota, entries)| {
            let mut numbers: Vec<u64> = entries.iter().map(|entry| u64::from(of(entry))).collect();
            numbers.sort_unstable();
            let greatest: u64 = numbers.iter().rev().take(*quota).sum();
            (least + numbers.iter().take(*quota).sum::<u64>(), most + greatest)
        })
    }

    fn levels(&self, blueprint: &Blueprint, found: &mut Vec<Conflict>) {
        let items = blueprint.items();
        for range in &blueprint.levels {
            let (min, max) = (u64::from(range.min), u64::from(range.max));
            let (least, most) = self.bounds(|entry| entry.level == level_index(range.level));
            if max < least || min > most {
                found.push(Conflict::Level { level: range.level, min, max, least, most });
            }
        }
        let ranges = super::strata::ALL_LEVELS.map(|level| blueprint.level(level));
        let least = ranges.iter().map(|range| u64::from(range.min)).sum();
        let most = ranges.iter().map(|range| u64::from(range.max)).sum();
        if !(least..=most).contains(&items) {
            found.push(Conflict::Levels { items, least, most });
        }
    }

    fn sums(&self, blueprint: &Blueprint, scenarios: &Scenarios, found: &mut Vec<Conflict>) {
        let apart =
            |range: Range, (least, most): (u64, u64)| u64::from(range.max) < least || u64::from(range.min) > most;
        // Pilot items can only add words.
        if let Some(range) = blueprint.words.filter(|_| blueprint.pilots == 0) {
            let mut stimuli: Vec<u64> = scenarios.sets.iter().map(|set| u64::from(set.words)).collect();
            stimuli.sort_unstable();
            let (least, most) = self.sum(|entry| entry.words);
            let least = least + stimuli.iter().take(scenarios.count).sum::<u64>();
            let most = most + stimuli.iter().rev().take(scenarios.count).sum::<u64>();
            if apart(range, (least, most)) {
                found.push(Conflict::Words { min: range.min.into(), max: range.max.into(), least, most });
            }
        }
        if let Some(range) = blueprint.difficulty {
            let (least, most) = self.sum(|entry| entry.difficulty);
            if apart(range, (least, most)) {
                found.push(Conflict::Difficulty { min: range.min.into(), max: range.max.into(), least, most });
            }
        }
        if let Some(wanted) = blueprint.shared_items.map(u64::from) {
            let (least, _) = self.bounds(|entry| entry.seen);
            if least > wanted {
                found.push(Conflict::SharedItems { wanted, least });
            }
        }
    }
}
