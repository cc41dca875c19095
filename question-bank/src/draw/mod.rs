//! The draw procedure `invigil-draw-1` (docs/DRAW.md): from a pool list and a secret to one candidate's items.
//!
//! A procedure is never edited, only succeeded: the vectors in docs/vectors/draw hold it fast.

mod attempt;
mod blueprint;
mod feasible;
mod keystream;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{CandidateSecret, Pool, PoolError};
use attempt::Setback;
pub use blueprint::{Blueprint, Quota};
pub use feasible::Shortage;
pub use keystream::KeyStream;

/// Name of the procedure.
pub const PROCEDURE: &str = "invigil-draw-1";
/// How often a draw starts over before it gives up.
pub const MAX_ATTEMPTS: u32 = 1_000;

/// One candidate's draw: which items in which order, and each item's options in which order. No text, no key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// Always `invigil-draw`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// The procedure that made it.
    pub procedure: String,
    /// The items in the order of the form.
    pub items: Vec<DrawItem>,
}

/// One item of a draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawItem {
    /// Its `version_hash`.
    pub item: String,
    /// For each place on the form from the top, the option's index in authored order, counted from 0.
    pub options: Vec<u32>,
}

impl Draw {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-draw";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;

    /// SHA-256 of the draw's RFC 8785 form.
    pub fn digest(&self) -> String {
        crate::canonical::digest(self)
    }
}

/// Why nothing was drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawError {
    /// The pool list breaks the rules of its format.
    #[error("the pool list is not sound: {0}")]
    Pool(#[from] PoolError),
    /// The blueprint breaks the rules of its format.
    #[error("the blueprint is not sound: {0}")]
    Blueprint(String),
    /// The pool cannot meet the blueprint.
    #[error("the pool cannot meet the blueprint: {}", join(.0))]
    Infeasible(Vec<Shortage>),
    /// No attempt succeeded, though nothing is short by itself.
    #[error("no form was found in {attempts} attempts; most often {cause}")]
    Exhausted {
        /// How many attempts there were.
        attempts: u32,
        /// What most of them failed on.
        cause: String,
    },
}

fn join(shortages: &[Shortage]) -> String {
    shortages.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// A pool and a blueprint made ready for many draws.
#[derive(Clone, Debug)]
pub struct Drawer {
    blueprint: Blueprint,
    pool_digest: String,
    blueprint_digest: String,
    /// As in the pool.
    entries: Vec<Entry>,
    /// Usable scenario sets in ascending order of their hash; of each, the entries in authored order.
    sets: Vec<Vec<usize>>,
    /// For each domain of the blueprint, the stand-alone entries in ascending order of their hash.
    stand_alone: Vec<Vec<usize>>,
}

#[derive(Clone, Debug)]
struct Entry {
    item: String,
    /// Index in the blueprint; `None` for a domain that the blueprint does not have.
    domain: Option<usize>,
    options: u32,
    enemies: Vec<usize>,
}

impl Drawer {
    /// Checks pool and blueprint, and whether the one can meet the other.
    ///
    /// # Errors
    /// [`DrawError::Pool`], [`DrawError::Blueprint`] or [`DrawError::Infeasible`] with everything that is short.
    pub fn new(pool: &Pool, blueprint: &Blueprint) -> Result<Self, DrawError> {
        pool.check()?;
        blueprint.check(&pool.scheme).map_err(DrawError::Blueprint)?;
        let domains: BTreeMap<&str, usize> =
            blueprint.domains.iter().enumerate().map(|(index, quota)| (quota.domain.as_str(), index)).collect();
        let index_of: BTreeMap<&str, usize> =
            pool.entries.iter().enumerate().map(|(index, entry)| (entry.item.as_str(), index)).collect();

        let mut entries = Vec::with_capacity(pool.entries.len());
        let mut by_set: BTreeMap<&str, Vec<(u32, usize)>> = BTreeMap::new();
        let mut stand_alone = vec![Vec::new(); blueprint.domains.len()];
        for (index, entry) in pool.entries.iter().enumerate() {
            let domain = domains.get(entry.domain.as_str()).copied();
            match (&entry.set, domain) {
                (Some(place), Some(_)) => by_set.entry(&place.id).or_default().push((place.position, index)),
                (None, Some(domain)) => stand_alone[domain].push(index),
                // A form has no place for a domain that its blueprint does not name.
                (_, None) => {}
            }
            let enemies = entry.enemies.iter().filter_map(|enemy| index_of.get(enemy.as_str()).copied()).collect();
            entries.push(Entry { item: entry.item.clone(), domain, options: entry.options, enemies });
        }
        let mut sets = Vec::new();
        for mut members in by_set.into_values().filter(|m| m.len() >= blueprint.items_per_set as usize) {
            members.sort_unstable();
            sets.push(members.into_iter().map(|(_, index)| index).collect());
        }
        let drawer = Self {
            blueprint: blueprint.clone(),
            pool_digest: pool.digest(),
            blueprint_digest: blueprint.digest(),
            entries,
            sets,
            stand_alone,
        };
        let shortages = drawer.shortages();
        if shortages.is_empty() { Ok(drawer) } else { Err(DrawError::Infeasible(shortages)) }
    }

    /// Digest of the pool list.
    pub fn pool_digest(&self) -> &str {
        &self.pool_digest
    }

    /// Digest of the blueprint.
    pub fn blueprint_digest(&self) -> &str {
        &self.blueprint_digest
    }

    /// The ChaCha20 key of one candidate's draw: HKDF-SHA256 of the secret with procedure, pool, blueprint and
    /// pseudonym as info.
    pub fn key(&self, secret: &CandidateSecret, pseudonym: &str) -> [u8; 32] {
        let raw = |digest: &str| hex::decode(digest).unwrap_or_default();
        let (pool, blueprint) = (raw(&self.pool_digest), raw(&self.blueprint_digest));
        secret.derive(&[PROCEDURE.as_bytes(), &pool, &blueprint, pseudonym.as_bytes()])
    }

    /// Draws one candidate's items. The same input gives the same draw on every machine.
    ///
    /// # Errors
    /// [`DrawError::Exhausted`] if [`MAX_ATTEMPTS`] attempts found no form.
    pub fn draw(&self, secret: &CandidateSecret, pseudonym: &str) -> Result<Draw, DrawError> {
        let mut stream = KeyStream::new(self.key(secret, pseudonym));
        let mut setbacks: BTreeMap<Setback, u32> = BTreeMap::new();
        for _ in 0..MAX_ATTEMPTS {
            match self.attempt(&mut stream) {
                Ok(units) => return Ok(self.order(&mut stream, units)),
                Err(setback) => *setbacks.entry(setback).or_default() += 1,
            }
        }
        let most = setbacks.into_iter().max_by_key(|(_, count)| *count).map(|(setback, _)| setback);
        Err(DrawError::Exhausted { attempts: MAX_ATTEMPTS, cause: self.describe(most) })
    }

    /// Puts the units into form order, then each item's options.
    fn order(&self, stream: &mut KeyStream, mut units: Vec<Vec<usize>>) -> Draw {
        let count = units.len();
        stream.draw_to_front(&mut units, count);
        let mut items = Vec::new();
        for entry in units.into_iter().flatten().map(|index| &self.entries[index]) {
            let mut options: Vec<u32> = (0..entry.options).collect();
            stream.draw_to_front(&mut options, entry.options as usize);
            items.push(DrawItem { item: entry.item.clone(), options });
        }
        Draw { format: Draw::FORMAT.into(), version: Draw::VERSION, procedure: PROCEDURE.into(), items }
    }

    fn describe(&self, setback: Option<Setback>) -> String {
        let domain = |index: usize| &self.blueprint.domains[index].domain;
        match setback {
            Some(Setback::Overfull(index)) => {
                format!("scenario sets brought too many items of domain {}", domain(index))
            }
            Some(Setback::Short(index)) => format!("domain {} had too few items that are not enemies", domain(index)),
            Some(Setback::Enemies) | None => "enemies stood in the chosen scenario sets".into(),
        }
    }
}

/// One draw. [`Drawer`] is faster for many.
///
/// # Errors
/// As [`Drawer::new`] and [`Drawer::draw`].
pub fn draw(pool: &Pool, blueprint: &Blueprint, secret: &CandidateSecret, pseudonym: &str) -> Result<Draw, DrawError> {
    Drawer::new(pool, blueprint)?.draw(secret, pseudonym)
}
