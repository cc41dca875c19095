//! Whether a form is one that the blueprint describes: written down apart from the draw, and knowing nothing of it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Blueprint, Earlier, Pool, PoolEntry, Use};
use crate::bank::Level;

/// A rule that a form breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Violation {
    /// The pool has no such item.
    #[error("{0} is not in the pool")]
    NotInPool(String),
    /// An item stands twice.
    #[error("{0} stands twice")]
    Twice(String),
    /// Another number of scored items of a domain than the blueprint wants.
    #[error("domain {domain} has {items} items, not {wanted}")]
    Domain {
        /// The domain.
        domain: String,
        /// How many the form has.
        items: u64,
        /// How many it should have.
        wanted: u64,
    },
    /// A number of scored items outside a level's range.
    #[error("level {level:?} has {items} items, outside its range")]
    Level {
        /// The level.
        level: Level,
        /// How many the form has.
        items: u64,
    },
    /// Another number of scenario sets than the blueprint wants.
    #[error("the form has {0} scenario sets")]
    Sets(u64),
    /// Another number of items of a set than the blueprint wants.
    #[error("scenario set {set} has {items} items on the form")]
    SetItems {
        /// The set.
        set: String,
        /// How many the form has.
        items: u64,
    },
    /// The items of a set do not stand together in authored order.
    #[error("the items of scenario set {0} are scattered or out of order")]
    Scattered(String),
    /// A set that the candidate must not meet again.
    #[error("scenario set {0} returns")]
    Returns(String),
    /// Two enemies.
    #[error("{one} and {other} are enemies")]
    Enemies {
        /// The one.
        one: String,
        /// The other.
        other: String,
    },
    /// Another number of pilot items than the blueprint wants.
    #[error("the form has {0} pilot items")]
    Pilots(u64),
    /// Too few or too many words.
    #[error("the form has {0} words")]
    Words(u64),
    /// Too easy or too hard.
    #[error("the form's difficulties add up to {0}")]
    Difficulty(u64),
    /// An item whose difficulty is not known, though difficulties are summed.
    #[error("{0} is not rated")]
    Unrated(String),
    /// Too many items that the candidate met before.
    #[error("the candidate met {0} of the items before")]
    SharedItems(u64),
}

/// Every rule of the blueprint that a form (`items`, by `version_hash`, in its order) breaks; none for a sound form.
pub fn check_form(pool: &Pool, blueprint: &Blueprint, earlier: &Earlier, items: &[String]) -> Vec<Violation> {
    let by_item: BTreeMap<&str, &PoolEntry> = pool.entries.iter().map(|entry| (entry.item.as_str(), entry)).collect();
    let mut broken = Vec::new();
    let mut seen = BTreeSet::new();
    let mut form: Vec<&PoolEntry> = Vec::new();
    for item in items {
        match by_item.get(item.as_str()) {
            None => broken.push(Violation::NotInPool(item.clone())),
            Some(_) if !seen.insert(item.as_str()) => broken.push(Violation::Twice(item.clone())),
            Some(entry) => form.push(entry),
        }
    }
    let scored: Vec<&PoolEntry> = form.iter().copied().filter(|entry| entry.usage == Use::Scored).collect();
    domains_and_levels(blueprint, &scored, &mut broken);
    sets(pool, blueprint, earlier, &form, &mut broken);
    for entry in &form {
        let worse = entry.enemies.iter().filter(|enemy| entry.item < **enemy && seen.contains(enemy.as_str()));
        broken.extend(worse.map(|enemy| Violation::Enemies { one: entry.item.clone(), other: enemy.clone() }));
    }
    let pilots = (form.len() - scored.len()) as u64;
    if pilots != u64::from(blueprint.pilots) {
        broken.push(Violation::Pilots(pilots));
    }
    if let Some(range) = blueprint.difficulty {
        let unrated = scored.iter().filter(|entry| entry.difficulty.is_none());
        broken.extend(unrated.map(|entry| Violation::Unrated(entry.item.clone())));
        let sum = scored.iter().filter_map(|entry| entry.difficulty).map(u64::from).sum();
        if sum < u64::from(range.min) || sum > u64::from(range.max) {
            broken.push(Violation::Difficulty(sum));
        }
    }
    let met = form.iter().filter(|entry| earlier.items.contains(&entry.item)).count() as u64;
    if blueprint.shared_items.is_some_and(|most| met > u64::from(most)) {
        broken.push(Violation::SharedItems(met));
    }
    broken
}

fn domains_and_levels(blueprint: &Blueprint, scored: &[&PoolEntry], broken: &mut Vec<Violation>) {
    let mut domains: BTreeMap<&str, u64> = BTreeMap::new();
    let mut levels: BTreeMap<Level, u64> = BTreeMap::new();
    for entry in scored {
        *domains.entry(&entry.domain).or_default() += 1;
        *levels.entry(entry.level).or_default() += 1;
    }
    for quota in &blueprint.domains {
        let (items, wanted) = (domains.remove(quota.domain.as_str()).unwrap_or_default(), u64::from(quota.items));
        if items != wanted {
            broken.push(Violation::Domain { domain: quota.domain.clone(), items, wanted });
        }
    }
    let others =
        domains.into_iter().map(|(domain, items)| Violation::Domain { domain: domain.into(), items, wanted: 0 });
    broken.extend(others);
    for range in &blueprint.levels {
        let items = levels.get(&range.level).copied().unwrap_or_default();
        if items < u64::from(range.min) || items > u64::from(range.max) {
            broken.push(Violation::Level { level: range.level, items });
        }
    }
}

fn sets(pool: &Pool, blueprint: &Blueprint, earlier: &Earlier, form: &[&PoolEntry], broken: &mut Vec<Violation>) {
    let mut members: BTreeMap<&str, Vec<(usize, u32)>> = BTreeMap::new();
    for (at, entry) in form.iter().enumerate() {
        if let Some(place) = &entry.set {
            members.entry(&place.id).or_default().push((at, place.position));
        }
    }
    if members.len() as u64 != u64::from(blueprint.scenario_sets) {
        broken.push(Violation::Sets(members.len() as u64));
    }
    let named: BTreeSet<&str> = blueprint.domains.iter().map(|quota| quota.domain.as_str()).collect();
    for (&set, places) in &members {
        let whole = pool.entries.iter().filter(|entry| {
            entry.set.as_ref().is_some_and(|place| place.id == set) && named.contains(entry.domain.as_str())
        });
        let wanted = blueprint.items_per_set.map_or_else(|| whole.count(), |each| each as usize);
        if places.len() != wanted {
            broken.push(Violation::SetItems { set: set.into(), items: places.len() as u64 });
        }
        if !places.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0 && pair[0].1 < pair[1].1) {
            broken.push(Violation::Scattered(set.into()));
        }
        if earlier.sets.iter().any(|barred| barred == set) {
            broken.push(Violation::Returns(set.into()));
        }
    }
    let stimuli = pool.sets.iter().filter(|set| members.contains_key(set.id.as_str())).map(|set| u64::from(set.words));
    let words = stimuli.sum::<u64>() + form.iter().map(|entry| u64::from(entry.words)).sum::<u64>();
    if blueprint.words.is_some_and(|range| words < u64::from(range.min) || words > u64::from(range.max)) {
        broken.push(Violation::Words(words));
    }
}
