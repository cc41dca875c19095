//! The draw procedure `invigil-draw-2` (docs/DRAW.md): every form that the blueprint allows is as likely as any other,
//! or as likely as its published weights say.
//!
//! A procedure is never edited, only succeeded: the vectors in docs/vectors/draw hold it fast.

mod attempt;
mod blueprint;
mod chance;
mod check;
mod earlier;
mod explain;
mod exposure;
mod feasible;
mod pool;
mod prepare;
mod scenarios;
mod strata;
mod sums;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{CandidateSecret, draw::KeyStream};
use attempt::{Scratch, Setback};
pub use blueprint::{Blueprint, LevelRange, Range};
pub use check::{Violation, check_form};
pub use earlier::Earlier;
pub use exposure::{Exposure, FitError, exposures, fit};
pub use feasible::Conflict;
pub use pool::{Pool, PoolEntry, PoolSet, Use};
pub use prepare::{PrepareError, Prepared};

/// Name of the procedure.
pub const PROCEDURE: &str = "invigil-draw-2";
/// How often a draw starts over before it gives up.
pub const MAX_ATTEMPTS: u32 = 1_000_000;

/// One candidate's draw: which items in which order. No text, no key, and no order of options: that follows from the
/// bank's secret (docs/DRAW.md, «Order of options»).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// Always `invigil-draw`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// The procedure that made it.
    pub procedure: String,
    /// What the candidate met before, as far as the blueprint limits that.
    pub earlier: Earlier,
    /// `version_hash` of each item, in the order of the form, pilot items included.
    pub items: Vec<String>,
}

impl Draw {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-draw";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 2;

    /// The form hash: SHA-256 of the draw's RFC 8785 form.
    pub fn digest(&self) -> String {
        crate::canonical::digest(self)
    }
}

/// Why nothing was drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no form was found in {attempts} attempts; most often {}", causes.first().map_or("nothing", |(cause, _)| cause))]
pub struct Exhausted {
    /// How many attempts there were.
    pub attempts: u32,
    /// What they failed on, most often first.
    pub causes: Vec<(String, u32)>,
}

impl Prepared {
    /// The ChaCha20 key of one candidate's draw: HKDF-SHA256 of the secret with procedure, pool, blueprint, what the
    /// candidate saw before, and pseudonym as info.
    pub fn key(&self, secret: &CandidateSecret, pseudonym: &str) -> [u8; 32] {
        let raw = |digest: &str| hex::decode(digest).unwrap_or_default();
        let (pool, blueprint, earlier) =
            (raw(&self.pool_digest), raw(&self.blueprint_digest), raw(&self.earlier.digest()));
        secret.derive(&[PROCEDURE.as_bytes(), &pool, &blueprint, &earlier, pseudonym.as_bytes()])
    }

    /// Draws one candidate's form. The same input gives the same draw on every machine.
    ///
    /// # Errors
    /// [`Exhausted`] if [`MAX_ATTEMPTS`] attempts found no form.
    pub fn draw(&self, secret: &CandidateSecret, pseudonym: &str) -> Result<Draw, Exhausted> {
        let mut stream = KeyStream::new(self.key(secret, pseudonym));
        let mut scratch = Scratch::new(self);
        self.choose(&mut stream, &mut scratch, MAX_ATTEMPTS)?;
        let items = self.order(&mut stream, &mut scratch).map(|entry| self.entries[entry].item.clone()).collect();
        let (format, procedure) = (Draw::FORMAT.into(), PROCEDURE.into());
        Ok(Draw { format, version: Draw::VERSION, procedure, earlier: self.earlier.clone(), items })
    }

    /// Leaves the items of a form in `scratch`; how many attempts it took.
    pub(self) fn choose(&self, stream: &mut KeyStream, scratch: &mut Scratch, attempts: u32) -> Result<u32, Exhausted> {
        let mut setbacks: BTreeMap<Setback, u32> = BTreeMap::new();
        for number in 1..=attempts {
            match self.attempt(stream, scratch) {
                Ok(()) => return Ok(number),
                Err(setback) => *setbacks.entry(setback).or_default() += 1,
            }
        }
        // That a proposal was thinned out says nothing about a constraint.
        setbacks.remove(&Setback::Thinned);
        let mut causes: Vec<_> = setbacks.into_iter().map(|(setback, count)| (self.describe(setback), count)).collect();
        causes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Err(Exhausted { attempts, causes })
    }
}
