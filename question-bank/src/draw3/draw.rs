//! One form of the pool for one candidate.

use std::collections::BTreeSet;

use super::{Draw, PROCEDURE, Pool, PoolFault, PoolForm};
use crate::{
    CandidateSecret,
    draw::KeyStream,
    draw2::{self, Blueprint, Earlier, PoolEntry, check_form},
};

/// A pool of forms and its blueprint, checked and ready for many draws.
#[derive(Clone, Debug)]
pub struct Drawer {
    pool: Pool,
    second: draw2::Pool,
    blueprint: Blueprint,
    pool_digest: String,
    blueprint_digest: String,
}

/// Why a pool cannot be drawn from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawerError {
    /// It is no pool of forms for this blueprint.
    #[error(transparent)]
    Pool(#[from] PoolFault),
    /// Every form has an item that the sitting excludes.
    #[error("each of the {0} forms has an item that the sitting excludes")]
    Excluded(usize),
}

/// Why no form was drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoForm {
    /// The lists of what a candidate met before are not ascending lists of digests.
    #[error("what the candidate met before is not sound: items and sets are ascending lists of SHA-256 in hex")]
    Earlier,
    /// Every form is barred by what the candidate met before.
    #[error(
        "none of the {forms} forms is left: {sat} with nothing but items met before, {sets} with a scenario set that must \
         not return, {over} with too many items met before{}; the least that a form shares with earlier attempts is \
         {least}: assemble further forms, or allow more (shared_items)",
        .most.map(|most| format!(" (at most {most})")).unwrap_or_default()
    )]
    AllMet {
        /// How many forms there are.
        forms: usize,
        /// Of how many every item was met.
        sat: usize,
        /// How many others have a barred set.
        sets: usize,
        /// How many others share too much.
        over: usize,
        /// The most items met before that a form may have.
        most: Option<u32>,
        /// The fewest that any form has.
        least: usize,
    },
}

/// How a form stands to what a candidate met.
enum Standing {
    Open,
    Sat,
    SetReturns,
    Over,
}

impl Drawer {
    /// Checks pool list and blueprint. Draws are from the forms without an item of `exclusions` (by `version_hash`).
    ///
    /// # Errors
    /// [`DrawerError`].
    pub fn new(pool: &Pool, exclusions: &BTreeSet<String>, blueprint: &Blueprint) -> Result<Self, DrawerError> {
        pool.check(blueprint)?;
        let used = pool.without(exclusions);
        if used.forms.is_empty() {
            return Err(DrawerError::Excluded(pool.forms.len()));
        }
        Ok(Self {
            second: used.as_second(),
            blueprint: blueprint.clone(),
            pool_digest: used.digest(),
            blueprint_digest: blueprint.digest(),
            pool: used,
        })
    }

    /// The pool list that is drawn from.
    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// The blueprint.
    pub fn blueprint(&self) -> &Blueprint {
        &self.blueprint
    }

    /// The ChaCha20 key of one candidate's draw: HKDF-SHA256 of the secret with procedure, pool, blueprint, what the
    /// candidate met before, and pseudonym as info.
    pub fn key(&self, secret: &CandidateSecret, pseudonym: &str, earlier: &Earlier) -> [u8; 32] {
        let raw = |digest: &str| hex::decode(digest).unwrap_or_default();
        let (pool, blueprint, earlier) = (raw(&self.pool_digest), raw(&self.blueprint_digest), raw(&earlier.digest()));
        secret.derive(&[PROCEDURE.as_bytes(), &pool, &blueprint, &earlier, pseudonym.as_bytes()])
    }

    /// Draws one candidate's form. The same input gives the same draw on every machine.
    ///
    /// # Errors
    /// [`NoForm`] if what the candidate met bars every form.
    pub fn draw(&self, secret: &CandidateSecret, pseudonym: &str, earlier: &Earlier) -> Result<Draw, NoForm> {
        let open = self.open(earlier)?;
        let mut stream = KeyStream::new(self.key(secret, pseudonym, earlier));
        let form = open[stream.below(u32::try_from(open.len()).unwrap_or(u32::MAX)) as usize];
        let mut units = self.pool.units(form);
        let count = units.len();
        stream.draw_to_front(&mut units, count);
        Ok(Draw {
            format: Draw::FORMAT.into(),
            version: Draw::VERSION,
            procedure: PROCEDURE.into(),
            earlier: earlier.clone(),
            form: form.name.clone(),
            items: units.into_iter().flatten().map(|entry| entry.item.clone()).collect(),
        })
    }

    /// What a draw breaks, by a check that knows nothing of the key stream; nothing for a sound one.
    pub fn violations(&self, earlier: &Earlier, draw: &Draw) -> Vec<String> {
        let broken = check_form(&self.second, &self.blueprint, earlier, &draw.items);
        let mut broken: Vec<String> = broken.iter().map(ToString::to_string).collect();
        let mut items = draw.items.clone();
        items.sort();
        match self.pool.forms.iter().find(|form| form.name == draw.form) {
            None => broken.push(format!("the pool has no form {:?}, or one with an excluded item", draw.form)),
            Some(form) if form.items != items => {
                broken.push(format!("the items are not those of form {:?}", draw.form));
            }
            Some(_) => {}
        }
        broken
    }

    /// The forms that a candidate may sit, in the order of the pool.
    fn open(&self, earlier: &Earlier) -> Result<Vec<&PoolForm>, NoForm> {
        if !earlier.is_sound() {
            return Err(NoForm::Earlier);
        }
        let items: BTreeSet<&String> = earlier.items.iter().collect();
        let sets: BTreeSet<&String> = earlier.sets.iter().collect();
        let most = self.blueprint.shared_items;
        let (mut open, mut sat, mut returning, mut over, mut least) = (Vec::new(), 0, 0, 0, usize::MAX);
        for form in &self.pool.forms {
            let shared = form.items.iter().filter(|item| items.contains(item)).count();
            least = least.min(shared);
            match self.standing(form, shared, &sets) {
                Standing::Open => open.push(form),
                Standing::Sat => sat += 1,
                Standing::SetReturns => returning += 1,
                Standing::Over => over += 1,
            }
        }
        if open.is_empty() {
            return Err(NoForm::AllMet { forms: self.pool.forms.len(), sat, sets: returning, over, most, least });
        }
        Ok(open)
    }

    fn standing(&self, form: &PoolForm, shared: usize, sets: &BTreeSet<&String>) -> Standing {
        let returns = |entry: &PoolEntry| entry.set.as_ref().is_some_and(|place| sets.contains(&place.id));
        if shared == form.items.len() {
            Standing::Sat
        } else if self.pool.members(form).any(returns) {
            Standing::SetReturns
        } else if self.blueprint.shared_items.is_some_and(|most| shared > most as usize) {
            Standing::Over
        } else {
            Standing::Open
        }
    }
}
