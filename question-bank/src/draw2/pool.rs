//! The pool list of version 2: which item versions a form may use, and all that a draw needs to know of them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    PoolError, SetPlace,
    bank::Level,
    canonical::{digest, is_digest},
    pool::{MAX_ENTRIES, ascending},
};

/// The greatest weight of an item.
pub(crate) const MAX_WEIGHT: u32 = 1_000_000;
/// The most words and the greatest difficulty of an entry that are read.
const MAX_NUMBER: u32 = 1_000_000;

/// A pool list (docs/DRAW.md).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pool {
    /// Always `invigil-pool`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// The scheme, such as `caisp`.
    pub scheme: String,
    /// Ascending by `item`.
    pub entries: Vec<PoolEntry>,
    /// The scenario sets that entries name, ascending by `id`.
    pub sets: Vec<PoolSet>,
}

/// One item version of a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoolEntry {
    /// Its `version_hash`.
    pub item: String,
    /// Whether it is scored.
    #[serde(rename = "use")]
    pub usage: Use,
    /// Its domain.
    pub domain: String,
    /// Its cognitive level.
    pub level: Level,
    /// Its scenario set; `null` for a stand-alone item.
    pub set: Option<SetPlace>,
    /// `version_hash` of every item of the pool that must not stand on the same form, ascending.
    pub enemies: Vec<String>,
    /// Words of stem and options.
    pub words: u32,
    /// How likely a minimally competent candidate is to answer it, in thousandths (Angoff); `null` if it is not rated.
    pub difficulty: Option<u32>,
    /// A form is drawn with a chance proportional to the product of its items' weights; 1 throughout for equal chances.
    pub weight: u32,
}

/// What an item is on a form for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// It counts.
    Scored,
    /// It is tried out and does not count.
    Pilot,
}

/// A scenario set of a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoolSet {
    /// Salted hash of the set.
    pub id: String,
    /// Words of its stimulus.
    pub words: u32,
}

impl Pool {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-pool";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 2;

    /// SHA-256 of the list's RFC 8785 form.
    pub fn digest(&self) -> String {
        digest(self)
    }

    /// The list without some items (by `version_hash`); they are no one's enemy any more either.
    #[must_use]
    pub fn without(&self, exclusions: &BTreeSet<String>) -> Self {
        let mut pool = self.clone();
        pool.entries.retain(|entry| !exclusions.contains(&entry.item));
        for entry in &mut pool.entries {
            entry.enemies.retain(|enemy| !exclusions.contains(enemy));
        }
        pool
    }

    /// Checks the rules of the format (docs/DRAW.md), for lists that come from elsewhere.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn check(&self) -> Result<(), PoolError> {
        if self.format != Self::FORMAT || self.version != Self::VERSION {
            let (format, version) = (self.format.clone(), self.version);
            return Err(PoolError::Format { format, version, known: Self::VERSION });
        }
        if self.entries.len() > MAX_ENTRIES || self.sets.len() > MAX_ENTRIES {
            return Err(PoolError::TooLarge(self.entries.len().max(self.sets.len())));
        }
        ascending(self.entries.iter().map(|entry| &entry.item))?;
        ascending(self.sets.iter().map(|set| &set.id))?;
        let by_item: BTreeMap<&str, &PoolEntry> = self.entries.iter().map(|e| (e.item.as_str(), e)).collect();
        let sets: BTreeSet<&str> = self.sets.iter().map(|set| set.id.as_str()).collect();
        if let Some(set) = self.sets.iter().find(|set| set.words > MAX_NUMBER) {
            return Err(PoolError::Number(set.id.clone()));
        }
        let mut places = BTreeSet::new();
        for entry in &self.entries {
            entry.check(&by_item, &sets)?;
            if let Some(place) = entry.set.as_ref().filter(|place| !places.insert(*place)) {
                return Err(PoolError::SamePlace { set: place.id.clone(), position: place.position });
            }
        }
        Ok(())
    }
}

impl PoolEntry {
    fn check(&self, by_item: &BTreeMap<&str, &Self>, sets: &BTreeSet<&str>) -> Result<(), PoolError> {
        let difficult = self.difficulty.is_none_or(|difficulty| difficulty <= MAX_NUMBER);
        if self.words > MAX_NUMBER || !difficult || !(1..=MAX_WEIGHT).contains(&self.weight) {
            return Err(PoolError::Number(self.item.clone()));
        }
        ascending(self.enemies.iter())?;
        for enemy in &self.enemies {
            let answered = by_item.get(enemy.as_str()).is_some_and(|e| e.enemies.binary_search(&self.item).is_ok());
            if !answered || *enemy == self.item {
                return Err(PoolError::Enemy { item: self.item.clone(), enemy: enemy.clone() });
            }
        }
        match &self.set {
            Some(place) if !is_digest(&place.id) => Err(PoolError::NotADigest(place.id.clone())),
            Some(place) if self.usage == Use::Pilot || !sets.contains(place.id.as_str()) => {
                Err(PoolError::NoSuchSet { item: self.item.clone(), set: place.id.clone() })
            }
            _ => Ok(()),
        }
    }
}
