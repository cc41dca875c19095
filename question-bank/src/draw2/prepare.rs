//! A pool, a blueprint and what a candidate met before, made ready for many draws.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigUint;

use super::{
    Blueprint, Conflict, Earlier, Pool, Range, Use,
    scenarios::Scenarios,
    strata::{LEVELS, Stratum, level_index},
};
use crate::PoolError;

/// The most numbers that the tables of a pool and a blueprint may hold.
const MAX_NUMBERS: usize = 2_500_000;

/// Why a pool and a blueprint cannot be drawn from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrepareError {
    /// The pool list breaks the rules of its format.
    #[error("the pool list is not sound: {0}")]
    Pool(#[from] PoolError),
    /// The blueprint breaks the rules of its format.
    #[error("the blueprint is not sound: {0}")]
    Blueprint(String),
    /// The lists of what a candidate met before are not ascending lists of digests.
    #[error("what the candidate met before is not sound: items and sets are ascending lists of SHA-256 in hex")]
    Earlier,
    /// A difficulty is asked for that an item does not have.
    #[error("the blueprint sums difficulties, and {0} has none: rate it, or leave it out of the pool")]
    Unrated(String),
    /// The tables would be too big.
    #[error("pool and blueprint are too big together to be drawn from: use fewer items, or shorter scenario sets")]
    TooLarge,
    /// The pool cannot meet the blueprint.
    #[error("the pool cannot meet the blueprint: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Infeasible(Vec<Conflict>),
}

/// A pool and a blueprint made ready for many draws.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub(super) pool_digest: String,
    pub(super) blueprint_digest: String,
    pub(super) earlier: Earlier,
    /// As in the pool.
    pub(super) entries: Vec<Entry>,
    /// One for each domain of the blueprint, in its order.
    pub(super) strata: Vec<Stratum>,
    pub(super) scenarios: Scenarios,
    pub(super) pilots: Vec<u32>,
    pub(super) pilot_count: usize,
    /// Of each level.
    pub(super) levels: [Range; LEVELS],
    pub(super) words: Option<Range>,
    pub(super) difficulty: Option<Range>,
    pub(super) shared_items: Option<u32>,
    /// For messages.
    pub(super) domain_names: Vec<String>,
}

/// An entry of the pool, as the draw sees it.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) item: String,
    /// Index in the blueprint.
    pub(super) domain: usize,
    /// Index in [`super::strata::level_index`]'s order.
    pub(super) level: usize,
    pub(super) words: u32,
    pub(super) difficulty: u32,
    pub(super) weight: u32,
    pub(super) pilot: bool,
    /// The candidate met it before.
    pub(super) seen: bool,
    /// Those that take part.
    pub(super) enemies: Vec<u32>,
}

impl Prepared {
    /// Checks pool list and blueprint and builds the tables.
    ///
    /// # Errors
    /// [`PrepareError`]. Pools that pass may still have no form, which a draw finds out ([`super::Exhausted`]).
    pub fn new(pool: &Pool, blueprint: &Blueprint, earlier: &Earlier) -> Result<Self, PrepareError> {
        pool.check()?;
        blueprint.check(&pool.scheme).map_err(PrepareError::Blueprint)?;
        if !earlier.is_sound() {
            return Err(PrepareError::Earlier);
        }
        let domains: BTreeMap<&str, usize> =
            blueprint.domains.iter().enumerate().map(|(index, quota)| (quota.domain.as_str(), index)).collect();
        let (seen, mut barred): (BTreeSet<&String>, BTreeSet<&String>) =
            (earlier.items.iter().collect(), earlier.sets.iter().collect());
        if blueprint.shared_items == Some(0) && blueprint.items_per_set.is_none() {
            // Without an item that was met before, a set is not whole.
            let met = pool.entries.iter().filter(|entry| seen.contains(&entry.item));
            barred.extend(met.filter_map(|entry| entry.set.as_ref()).map(|place| &place.id));
        }
        let takes_part: Vec<Option<usize>> = pool
            .entries
            .iter()
            .map(|entry| {
                let again = blueprint.shared_items == Some(0) && seen.contains(&entry.item);
                let returns = entry.set.as_ref().is_some_and(|place| barred.contains(&place.id));
                domains.get(entry.domain.as_str()).copied().filter(|_| !again && !returns)
            })
            .collect();
        let index_of: BTreeMap<&str, u32> =
            (0..).zip(&pool.entries).map(|(index, e)| (e.item.as_str(), index)).collect();

        let mut entries = Vec::with_capacity(pool.entries.len());
        for (entry, domain) in pool.entries.iter().zip(&takes_part) {
            if blueprint.difficulty.is_some() && entry.difficulty.is_none() && entry.usage == Use::Scored {
                return Err(PrepareError::Unrated(entry.item.clone()));
            }
            let enemies = entry.enemies.iter().filter_map(|enemy| index_of.get(enemy.as_str()).copied());
            entries.push(Entry {
                item: entry.item.clone(),
                domain: domain.unwrap_or_default(),
                level: level_index(entry.level),
                words: entry.words,
                difficulty: entry.difficulty.unwrap_or_default(),
                weight: entry.weight,
                pilot: entry.usage == Use::Pilot,
                seen: seen.contains(&entry.item),
                enemies: enemies.filter(|&enemy| takes_part[enemy as usize].is_some()).collect(),
            });
        }
        let (mut pilots, mut alone) = (Vec::new(), vec![Vec::new(); blueprint.domains.len()]);
        let mut by_set: BTreeMap<&str, Vec<(u32, u32)>> = BTreeMap::new();
        for (index, (entry, domain)) in (0..).zip(pool.entries.iter().zip(&takes_part)) {
            match (domain, entry.usage, &entry.set) {
                (None, ..) => {}
                (Some(_), Use::Pilot, _) => pilots.push(index),
                (Some(domain), Use::Scored, None) => alone[*domain].push(index),
                (Some(_), Use::Scored, Some(place)) => {
                    by_set.entry(&place.id).or_default().push((place.position, index));
                }
            }
        }
        let words: BTreeMap<&str, u32> = pool.sets.iter().map(|set| (set.id.as_str(), set.words)).collect();
        let groups = by_set.into_iter().map(|(id, mut members)| {
            members.sort_unstable();
            (words.get(id).copied().unwrap_or_default(), members.into_iter().map(|(_, index)| index).collect())
        });
        Self::build(pool, blueprint, earlier, entries, &alone, pilots, groups.collect())
    }

    fn build(
        pool: &Pool,
        blueprint: &Blueprint,
        earlier: &Earlier,
        entries: Vec<Entry>,
        alone: &[Vec<u32>],
        pilots: Vec<u32>,
        groups: Vec<(u32, Vec<u32>)>,
    ) -> Result<Self, PrepareError> {
        let quotas = blueprint.domains.iter().map(|quota| quota.items as usize);
        let numbers: usize =
            quotas.clone().zip(alone).map(|(q, list)| 2 * q * q + list.len() * q.min(list.len())).sum();
        if numbers > MAX_NUMBERS {
            return Err(PrepareError::TooLarge);
        }
        let mut strata: Vec<Stratum> =
            quotas.zip(alone).map(|(quota, list)| Stratum::new(quota, list, &entries)).collect();
        let mut scenarios = Scenarios::new(blueprint, groups, &entries).ok_or(PrepareError::TooLarge)?;
        let conflicts = super::feasible::conflicts(blueprint, &entries, alone, &scenarios, pilots.len());
        if !conflicts.is_empty() {
            return Err(PrepareError::Infeasible(conflicts));
        }
        let mut tilts: Vec<BigUint> = Vec::new();
        for (domain, stratum) in strata.iter_mut().enumerate() {
            tilts.push(stratum.balance(scenarios.offer(domain), scenarios.expected(domain)));
        }
        scenarios.weigh(&entries, &tilts);
        Ok(Self {
            pool_digest: pool.digest(),
            blueprint_digest: blueprint.digest(),
            earlier: earlier.clone(),
            entries,
            strata,
            scenarios,
            pilots,
            pilot_count: blueprint.pilots as usize,
            levels: super::strata::ALL_LEVELS.map(|level| blueprint.level(level)),
            words: blueprint.words,
            difficulty: blueprint.difficulty,
            shared_items: blueprint.shared_items,
            domain_names: blueprint.domains.iter().map(|quota| quota.domain.clone()).collect(),
        })
    }

    /// Digest of the pool list.
    pub fn pool_digest(&self) -> &str {
        &self.pool_digest
    }

    /// Digest of the blueprint.
    pub fn blueprint_digest(&self) -> &str {
        &self.blueprint_digest
    }
}
