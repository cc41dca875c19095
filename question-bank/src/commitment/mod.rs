//! The promise published before a sitting: which secrets, which pool, which blueprint (docs/DRAW.md, «Commitment»).

mod audit;
pub mod merkle;
mod procedure;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    Blueprint, CandidateSecret, PROCEDURE, Pool,
    canonical::{canonical_json, length_prefixed, sha256_hex},
    draw2::{self, Earlier},
    draw3,
};
pub use audit::{AuditStep, Outcome, audit, audit2, audit3};

/// What the exam body publishes before a sitting, so that it can change no draw afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// Always `invigil-draw-commitment`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// The sitting.
    pub sitting: String,
    /// The procedure of its draws.
    pub procedure: String,
    /// Digest of the whole pool list, published beside this document.
    pub pool_digest: String,
    /// Digest of the blueprint, published beside this document.
    pub blueprint_digest: String,
    /// `version_hash` of items of the pool that this sitting does not use, ascending. Draws run over the pool without
    /// them.
    pub exclusions: Vec<String>,
    /// One entry a candidate, ascending by pseudonym.
    pub roster: Vec<RosterEntry>,
    /// RFC 6962 root over the roster: each leaf is the RFC 8785 form of an entry.
    pub root: String,
}

/// A candidate's line in the roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RosterEntry {
    /// The attempt's pseudonym.
    pub pseudonym: String,
    /// SHA-256 of the length-prefixed parts `invigil-secret-1`, pseudonym, secret; by `invigil-draw-2` and `-3` of `invigil-secret-2`,
    /// pseudonym, secret, and the digest of what the candidate met before.
    pub secret_commitment: String,
}

/// What is published of a candidate after the last window that used the secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reveal {
    /// Always `invigil-draw-reveal`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// The attempt's pseudonym.
    pub pseudonym: String,
    /// The secret, 64 lower-case hex characters.
    pub secret: String,
    /// What the candidate met before; not by `invigil-draw-1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<Earlier>,
}

impl RosterEntry {
    /// The line of a candidate.
    pub fn new(pseudonym: &str, secret: &CandidateSecret) -> Self {
        let parts = length_prefixed(&[b"invigil-secret-1", pseudonym.as_bytes(), secret.as_bytes()]);
        Self { pseudonym: pseudonym.to_owned(), secret_commitment: sha256_hex(&parts) }
    }

    /// The same by `invigil-draw-2` and `-3`. The secret hides what the candidate met, until both are revealed.
    pub fn new2(pseudonym: &str, secret: &CandidateSecret, earlier: &Earlier) -> Self {
        let met = hex::decode(earlier.digest()).unwrap_or_default();
        let parts = length_prefixed(&[b"invigil-secret-2", pseudonym.as_bytes(), secret.as_bytes(), &met]);
        Self { pseudonym: pseudonym.to_owned(), secret_commitment: sha256_hex(&parts) }
    }
}

impl Reveal {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-draw-reveal";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;

    /// The `version` of reveals by `invigil-draw-2` and `-3`.
    pub const VERSION_2: u32 = 2;

    /// Reveals a candidate's secret.
    pub fn new(pseudonym: &str, secret: &CandidateSecret) -> Self {
        Self {
            format: Self::FORMAT.into(),
            version: Self::VERSION,
            pseudonym: pseudonym.to_owned(),
            secret: secret.to_hex(),
            earlier: None,
        }
    }

    /// The same by `invigil-draw-2` and `-3`.
    pub fn new2(pseudonym: &str, secret: &CandidateSecret, earlier: Earlier) -> Self {
        Self { version: Self::VERSION_2, earlier: Some(earlier), ..Self::new(pseudonym, secret) }
    }
}

impl Commitment {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-draw-commitment";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;

    /// The `version` of commitments by `invigil-draw-2` and `-3`.
    pub const VERSION_2: u32 = 2;

    /// Commits to the secrets of a sitting's candidates, by pseudonym. The draws must run over
    /// [`pool.without(exclusions)`](Pool::without).
    pub fn new(
        sitting: &str,
        pool: &Pool,
        blueprint: &Blueprint,
        exclusions: &BTreeSet<String>,
        secrets: &BTreeMap<String, CandidateSecret>,
    ) -> Self {
        let roster: Vec<_> = secrets.iter().map(|(pseudonym, secret)| RosterEntry::new(pseudonym, secret)).collect();
        Self {
            format: Self::FORMAT.into(),
            version: Self::VERSION,
            sitting: sitting.to_owned(),
            procedure: PROCEDURE.into(),
            pool_digest: pool.digest(),
            blueprint_digest: blueprint.digest(),
            exclusions: exclusions.iter().cloned().collect(),
            root: roster_root(&roster),
            roster,
        }
    }

    /// The same by `invigil-draw-2`; each candidate's secret with what they met before.
    pub fn new2(
        sitting: &str,
        pool: &draw2::Pool,
        blueprint: &draw2::Blueprint,
        exclusions: &BTreeSet<String>,
        secrets: &BTreeMap<String, (CandidateSecret, Earlier)>,
    ) -> Self {
        let documents = (pool.digest(), blueprint.digest());
        Self::with_earlier(sitting, draw2::PROCEDURE, documents, exclusions, secrets)
    }

    /// The same by `invigil-draw-3`.
    pub fn new3(
        sitting: &str,
        pool: &draw3::Pool,
        blueprint: &draw2::Blueprint,
        exclusions: &BTreeSet<String>,
        secrets: &BTreeMap<String, (CandidateSecret, Earlier)>,
    ) -> Self {
        let documents = (pool.digest(), blueprint.digest());
        Self::with_earlier(sitting, draw3::PROCEDURE, documents, exclusions, secrets)
    }

    /// Version 2, with the digests of pool list and blueprint.
    fn with_earlier(
        sitting: &str,
        procedure: &str,
        (pool_digest, blueprint_digest): (String, String),
        exclusions: &BTreeSet<String>,
        secrets: &BTreeMap<String, (CandidateSecret, Earlier)>,
    ) -> Self {
        let roster: Vec<_> =
            secrets.iter().map(|(name, (secret, earlier))| RosterEntry::new2(name, secret, earlier)).collect();
        Self {
            format: Self::FORMAT.into(),
            version: Self::VERSION_2,
            sitting: sitting.to_owned(),
            procedure: procedure.into(),
            pool_digest,
            blueprint_digest,
            exclusions: exclusions.iter().cloned().collect(),
            root: roster_root(&roster),
            roster,
        }
    }

    /// The audit path that shows a candidate's line to be under the root, without the rest of the roster: its index, and
    /// sibling hashes in hex from the bottom up.
    pub fn inclusion_path(&self, pseudonym: &str) -> Option<(usize, Vec<String>)> {
        let index = self.roster.iter().position(|entry| entry.pseudonym == pseudonym)?;
        let path = merkle::path(&leaves(&self.roster), index)?;
        Some((index, path.into_iter().map(hex::encode).collect()))
    }
}

fn leaves(roster: &[RosterEntry]) -> Vec<merkle::Hash> {
    roster.iter().map(|entry| merkle::leaf(&canonical_json(entry))).collect()
}

/// The root over a roster, in hex.
fn roster_root(roster: &[RosterEntry]) -> String {
    hex::encode(merkle::root(&leaves(roster)))
}
