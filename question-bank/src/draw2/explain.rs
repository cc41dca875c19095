//! Why no form is found though nothing is short by itself: which constraints stand in the way.

use super::{Blueprint, Conflict, Earlier, Pool, Prepared, attempt::Scratch, strata::level_name};
use crate::draw::KeyStream;

/// How often forms are sought without a constraint.
const ATTEMPTS: u32 = 20_000;

impl Conflict {
    /// The constraints without any one of which forms are found, sought by trial: for a pool and a blueprint that
    /// [`Prepared`] takes, and of which no draw finds a form. The same input gives the same answer.
    pub fn explain(pool: &Pool, blueprint: &Blueprint, earlier: &Earlier) -> Self {
        let without =
            relaxations(pool, blueprint, earlier).into_iter().filter_map(|(name, pool, blueprint, earlier)| {
                let prepared = Prepared::new(&pool, &blueprint, &earlier).ok()?;
                let mut stream = KeyStream::new([0; 32]);
                prepared.choose(&mut stream, &mut Scratch::new(&prepared), ATTEMPTS).is_ok().then_some(name)
            });
        Self::Together { without: without.collect(), attempts: ATTEMPTS }
    }
}

type Relaxed = (String, Pool, Blueprint, Earlier);

/// Pool, blueprint and earlier attempts with one constraint left out, and its name.
fn relaxations(pool: &Pool, blueprint: &Blueprint, earlier: &Earlier) -> Vec<Relaxed> {
    let mut all: Vec<Relaxed> = Vec::new();
    let mut relaxed = |name: String, change: &dyn Fn(&mut Blueprint)| {
        let mut blueprint = blueprint.clone();
        change(&mut blueprint);
        all.push((name, pool.clone(), blueprint, earlier.clone()));
    };
    for range in &blueprint.levels {
        let name = format!("level {}, {} to {} items", level_name(range.level), range.min, range.max);
        relaxed(name, &|blueprint| blueprint.levels.retain(|other| other.level != range.level));
    }
    if let Some(words) = blueprint.words {
        relaxed(format!("words, {} to {}", words.min, words.max), &|blueprint| blueprint.words = None);
    }
    if let Some(range) = blueprint.difficulty {
        relaxed(format!("difficulty, {} to {}", range.min, range.max), &|blueprint| blueprint.difficulty = None);
    }
    if blueprint.pilots > 0 {
        relaxed(format!("pilot items, {}", blueprint.pilots), &|blueprint| blueprint.pilots = 0);
    }
    if blueprint.scenario_sets > 0 {
        let name = format!("scenario sets, {}", blueprint.scenario_sets);
        relaxed(name, &|blueprint| (blueprint.scenario_sets, blueprint.items_per_set) = (0, Some(0)));
    }
    if !earlier.is_empty() {
        let name = format!("what the candidate met before, at most {:?} items of it", blueprint.shared_items);
        all.push((name, pool.clone(), blueprint.clone(), Earlier::none()));
    }
    if pool.entries.iter().any(|entry| !entry.enemies.is_empty()) {
        let mut peaceful = pool.clone();
        peaceful.entries.iter_mut().for_each(|entry| entry.enemies.clear());
        all.push(("enemies".into(), peaceful, blueprint.clone(), earlier.clone()));
    }
    all
}
