//! What a form must hold.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{Quota, bank::Level, canonical::digest};

/// The most items of a form that is drawn, pilot items included.
const MAX_ITEMS: u64 = 1_000;

/// All that a draw needs to know of a scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blueprint {
    /// Always `invigil-blueprint`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// The scheme, such as `caisp`.
    pub scheme: String,
    /// Edition of the scheme.
    pub edition: String,
    /// Scored items of each domain, those in scenario sets included.
    pub domains: Vec<Quota>,
    /// Scored items of cognitive levels; a level that is not named may have any number.
    pub levels: Vec<LevelRange>,
    /// Scenario sets on a form.
    pub scenario_sets: u32,
    /// Items of each of them; `null` for whole sets.
    pub items_per_set: Option<u32>,
    /// Words of a form, stimuli and pilot items included.
    pub words: Option<Range>,
    /// Sum of the scored items' difficulty ratings, in thousandths of a point.
    pub difficulty: Option<Range>,
    /// Pilot items on a form, which are not scored.
    pub pilots: u32,
    /// The most items of a form that its candidate met in earlier attempts.
    pub shared_items: Option<u32>,
    /// The greatest share of forms that a scored item is to stand on, in thousandths. The draw does not use it: it is met
    /// by the weights of the pool list.
    pub max_exposure: Option<u32>,
}

/// From `min` to `max`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// The least.
    pub min: u32,
    /// The most.
    pub max: u32,
}

impl Range {
    /// Whether a sum lies in it.
    pub fn contains(self, sum: u64) -> bool {
        (u64::from(self.min)..=u64::from(self.max)).contains(&sum)
    }
}

/// How many items of a cognitive level a form holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelRange {
    /// The level.
    pub level: Level,
    /// The fewest.
    pub min: u32,
    /// The most.
    pub max: u32,
}

impl Blueprint {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-blueprint";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 2;

    /// Scored items of a form.
    pub fn items(&self) -> u64 {
        self.domains.iter().map(|quota| u64::from(quota.items)).sum()
    }

    /// SHA-256 of the blueprint's RFC 8785 form.
    pub fn digest(&self) -> String {
        digest(self)
    }

    /// How many items of this level a form may hold.
    pub(super) fn level(&self, level: Level) -> Range {
        let named = self.levels.iter().find(|range| range.level == level);
        named.map_or(Range { min: 0, max: u32::MAX }, |range| Range { min: range.min, max: range.max })
    }

    /// Whether the blueprint is sound and belongs to the scheme of a pool; otherwise what is wrong.
    pub(crate) fn check(&self, scheme: &str) -> Result<(), String> {
        let domains: BTreeSet<_> = self.domains.iter().map(|quota| &quota.domain).collect();
        let levels: BTreeSet<_> = self.levels.iter().map(|range| range.level).collect();
        let all = self.items() + u64::from(self.pilots);
        let in_sets = u64::from(self.scenario_sets) * u64::from(self.items_per_set.unwrap_or(1));
        let mut ranges = self.levels.iter().map(|range| Range { min: range.min, max: range.max });
        if self.format != Self::FORMAT || self.version != Self::VERSION {
            Err(format!("the document is {:?} version {}", self.format, self.version))
        } else if self.scheme != scheme {
            Err(format!("it is for scheme {:?}, the pool for {scheme:?}", self.scheme))
        } else if domains.len() != self.domains.len() {
            Err("a domain stands twice".into())
        } else if levels.len() != self.levels.len() {
            Err("a cognitive level stands twice".into())
        } else if self.items() == 0 || all > MAX_ITEMS {
            Err(format!("{all} items are no form: 1 to {MAX_ITEMS} are, and not pilot items alone"))
        } else if self.items_per_set.is_some_and(|each| (each == 0) != (self.scenario_sets == 0)) {
            Err(format!("{} scenario sets of {:?} items are none", self.scenario_sets, self.items_per_set))
        } else if in_sets > self.items() {
            Err(format!("{in_sets} items in scenario sets are more than the {} of the form", self.items()))
        } else if ranges.any(is_empty) || [self.words, self.difficulty].into_iter().flatten().any(is_empty) {
            Err("a range ends before it begins".into())
        } else if self.max_exposure.is_some_and(|most| !(1..=1_000).contains(&most)) {
            Err("the maximum exposure is 1 to 1000 of 1000 forms".into())
        } else {
            Ok(())
        }
    }
}

fn is_empty(range: Range) -> bool {
    range.min > range.max
}
