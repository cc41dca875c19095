//! How often items stand on forms, and weights that keep that under a cap.

use sha2::{Digest as _, Sha256};

use super::{
    Blueprint, Conflict, Earlier, Exhausted, Pool, PrepareError, Prepared, Use, attempt::Scratch, pool::MAX_WEIGHT,
};
use crate::draw::KeyStream;

/// The weight that fitting starts from; it lowers the weights of items that come up too often.
const START: u32 = 100_000;
/// How often weights are corrected.
const ROUNDS: u32 = 40;
/// Forms drawn for a correction.
const FEW: u32 = 4_000;
/// The same for the last word on whether the cap holds.
const MANY: u32 = 20_000;
/// What is aimed at, in hundredths of the cap, so that chance does not carry items over it.
const AIM: u64 = 95;

/// How often an item stood on forms.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Exposure {
    /// The item.
    pub item: String,
    /// Forms that it stood on.
    pub forms: u32,
}

/// How often each item of the pool stands on forms drawn from it, in the pool's order. The same seed gives the same answer.
///
/// # Errors
/// [`Exhausted`] if no form is found.
pub fn exposures(prepared: &Prepared, seed: [u8; 32], forms: u32) -> Result<Vec<Exposure>, Exhausted> {
    let counts = count(prepared, seed, forms)?;
    Ok(prepared.entries.iter().zip(counts).map(|(e, forms)| Exposure { item: e.item.clone(), forms }).collect())
}

fn count(prepared: &Prepared, seed: [u8; 32], forms: u32) -> Result<Vec<u32>, Exhausted> {
    let mut stream = KeyStream::new(seed);
    let mut scratch = Scratch::new(prepared);
    let mut counts = vec![0; prepared.entries.len()];
    for _ in 0..forms {
        prepared.choose(&mut stream, &mut scratch, super::MAX_ATTEMPTS)?;
        scratch.chosen.iter().for_each(|&entry| counts[entry as usize] += 1);
    }
    Ok(counts)
}

/// Why no weights were found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FitError {
    /// Pool and blueprint cannot be drawn from.
    #[error(transparent)]
    Prepare(#[from] PrepareError),
    /// No form was found.
    #[error(transparent)]
    Exhausted(#[from] Exhausted),
}

/// The pool with weights under which no scored item stands on a greater share of forms than the blueprint's
/// `max_exposure`; as it is where there is no cap, or equal weights keep it. Starts from equal weights, whatever the pool's
/// are. The same input gives the same weights.
///
/// # Errors
/// [`FitError`]; a cap that cannot be kept is a [`Conflict::Exposure`].
pub fn fit(pool: &Pool, blueprint: &Blueprint) -> Result<Pool, FitError> {
    let mut pool = pool.clone();
    pool.entries.iter_mut().for_each(|entry| entry.weight = 1);
    let Some(cap) = blueprint.max_exposure.map(u64::from) else { return Ok(pool) };
    let impossible = by_counting(&pool, blueprint, cap);
    if !impossible.is_empty() {
        return Err(PrepareError::Infeasible(impossible).into());
    }
    let none = Earlier::none();
    let seed = |round: u32| -> [u8; 32] {
        let parts = ["invigil-exposure-1", &pool.digest(), &blueprint.digest(), &round.to_string()].concat();
        Sha256::digest(parts).into()
    };
    // The seeds belong to the pool as it came, not to what its weights become.
    let seeds: Vec<[u8; 32]> = (0..=2 * ROUNDS).map(seed).collect();
    let sure = surely_below(cap);
    let mut best: Option<(u64, Pool, Vec<u32>)> = None;
    for round in 0..ROUNDS as usize {
        let prepared = Prepared::new(&pool, blueprint, &none)?;
        let few = count(&prepared, seeds[2 * round], FEW)?;
        // Worth a closer look?
        if greatest(&pool, &few) * 1_000 > cap * u64::from(FEW) && round + 1 < ROUNDS as usize {
            correct(&mut pool, &few, FEW, cap);
            continue;
        }
        let many = count(&prepared, seeds[2 * round + 1], MANY)?;
        let most = greatest(&pool, &many);
        if most <= sure {
            return Ok(pool);
        }
        if best.as_ref().is_none_or(|(least, ..)| most < *least) {
            best = Some((most, pool.clone(), many.clone()));
        }
        correct(&mut pool, &many, MANY, cap);
    }
    let Some((most, pool, counts)) = best else { return Ok(pool) };
    // A cap that is nearly all that counting allows leaves no room to be sure.
    if most * 1_000 <= cap * u64::from(MANY) {
        return Ok(pool);
    }
    let over = pool
        .entries
        .iter()
        .zip(&counts)
        .find(|(entry, forms)| entry.usage == Use::Scored && u64::from(**forms) == most);
    let what = over.map_or_else(String::new, |(e, _)| {
        format!("items such as one of domain {}, level {}", e.domain, super::strata::level_name(e.level))
    });
    let needed = "no weights were found that keep it: add items like these".into();
    let share = most * 1_000 / u64::from(MANY);
    Err(PrepareError::Infeasible(vec![Conflict::Exposure { what, share, max: cap, needed }]).into())
}

/// Of [`MANY`] forms, the most on which an item may be seen that is to stay under the cap on any number: two standard errors
/// less than the cap.
fn surely_below(cap: u64) -> u64 {
    let forms = u64::from(MANY);
    let error = (cap * 1_000_u64.saturating_sub(cap) * forms).isqrt() / 1_000;
    (cap * forms / 1_000).saturating_sub(2 * error)
}

/// The most forms that a scored item stood on.
fn greatest(pool: &Pool, counts: &[u32]) -> u64 {
    let scored = pool.entries.iter().zip(counts).filter(|(entry, _)| entry.usage == Use::Scored);
    scored.map(|(_, &forms)| u64::from(forms)).max().unwrap_or_default()
}

/// Multiplies weights by the square root of what is aimed at over what was seen: down where an item came up too often, and
/// up again, as far as to the start, where that went too far.
fn correct(pool: &mut Pool, counts: &[u32], drawn: u32, cap: u64) {
    if pool.entries.iter().all(|entry| entry.weight == 1) {
        pool.entries.iter_mut().filter(|e| e.usage == Use::Scored).for_each(|entry| entry.weight = START);
    }
    let aim = cap * u64::from(drawn) * AIM / 100_000;
    for (entry, &forms) in pool.entries.iter_mut().zip(counts).filter(|(entry, _)| entry.usage == Use::Scored) {
        let forms = u64::from(forms).max(1);
        if forms > aim || entry.weight < START {
            // sqrt(aim / forms) in thousandths, not more than half as much again.
            let factor = (aim * 1_000_000 / forms).isqrt().min(1_500);
            let weight = (u64::from(entry.weight) * factor / 1_000).clamp(1, u64::from(START));
            entry.weight = u32::try_from(weight).unwrap_or(START);
        }
    }
    const { assert!(START <= MAX_WEIGHT) };
}

/// Where more is asked of a group of items than the cap allows on average.
pub(super) fn by_counting(pool: &Pool, blueprint: &Blueprint, cap: u64) -> Vec<Conflict> {
    let scored: Vec<_> = pool.entries.iter().filter(|entry| entry.usage == Use::Scored).collect();
    let mut found = Vec::new();
    let mut require = |what: String, wanted: u64, available: u64, unit: &str| {
        if available > 0 && wanted * 1_000 > cap * available {
            let (share, least) = (wanted * 1_000 / available, (wanted * 1_000).div_ceil(cap));
            let needed = format!("a form takes {wanted} of {available}, and at least {least} {unit} would be needed");
            found.push(Conflict::Exposure { what, share, max: cap, needed });
        }
    };
    for quota in &blueprint.domains {
        let available = scored.iter().filter(|entry| entry.domain == quota.domain).count();
        require(format!("items of domain {}", quota.domain), quota.items.into(), available as u64, "items");
    }
    for range in &blueprint.levels {
        let available = scored.iter().filter(|entry| entry.level == range.level).count();
        let what = format!("items of level {}", super::strata::level_name(range.level));
        require(what, range.min.into(), available as u64, "items");
    }
    let sizes: Vec<u64> = pool
        .sets
        .iter()
        .map(|set| scored.iter().filter(|e| e.set.as_ref().is_some_and(|place| place.id == set.id)).count() as u64)
        .filter(|&size| size >= u64::from(blueprint.items_per_set.unwrap_or(1)))
        .collect();
    let sets = u64::from(blueprint.scenario_sets);
    match blueprint.items_per_set {
        Some(each) => {
            let items = sets * u64::from(each);
            require("items of scenario sets".into(), items, sizes.iter().sum(), "items in sets");
        }
        None => require("scenario sets".into(), sets, sizes.len() as u64, "sets"),
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_go_down_by_the_root_of_the_excess_and_up_again_to_the_start_only() {
        let entry = |item: &str, weight| super::super::PoolEntry {
            item: item.into(),
            usage: Use::Scored,
            domain: "D".into(),
            level: crate::bank::Level::Analysis,
            set: None,
            enemies: Vec::new(),
            words: 0,
            difficulty: None,
            weight,
        };
        let entries = vec![entry("a", 100_000), entry("b", 50_000), entry("c", 90_000), entry("d", 100_000)];
        let mut pool = Pool { format: String::new(), version: 2, scheme: String::new(), entries, sets: Vec::new() };
        // 95 % of a cap of 260 thousandths of 4 000 forms.
        let aim = 988;
        correct(&mut pool, &[4 * aim, aim / 4, aim / 4, aim / 4], 4_000, 260);
        let weights: Vec<u32> = pool.entries.iter().map(|entry| entry.weight).collect();
        assert_eq!(weights[1..], [75_000, 100_000, 100_000]);
        assert!(weights[0].abs_diff(50_000) < 100, "{weights:?}");
    }
}
