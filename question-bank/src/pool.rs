//! The pool list: which item versions a form may use, and all that a draw needs to know of them; no text, no key.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    HashedBank,
    bank::{Item, Level, Status},
    canonical::{digest, is_digest},
    lifecycle::{Taint, Tie},
};

/// The most entries of a pool that is accepted.
pub(crate) const MAX_ENTRIES: usize = 20_000;

/// The most options of an entry: as many as there are letters.
const MAX_OPTIONS: u32 = 26;

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
}

/// One item version of a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoolEntry {
    /// Its `version_hash`.
    pub item: String,
    /// Its domain.
    pub domain: String,
    /// Its cognitive level.
    pub level: Level,
    /// How many options it has, and rows where it has rows: what the draw puts in order.
    pub options: u32,
    /// Its scenario set; `null` for a stand-alone item.
    pub set: Option<SetPlace>,
    /// `version_hash` of every item of the pool that must not stand on the same form, ascending.
    pub enemies: Vec<String>,
}

/// A place in a scenario set.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetPlace {
    /// Salted hash of the set.
    pub id: String,
    /// Position in authored order, counted from 1.
    pub position: u32,
}

/// An item that may not stand on a form, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ineligible {
    /// The item's id in the bank.
    pub id: String,
    /// Every reason.
    pub reasons: Vec<Reason>,
}

/// Why an item may not stand on a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// The scheme does not allow its status.
    #[error("its status is {status:?}")]
    Status {
        /// The status.
        status: Status,
    },
    /// Nobody has reviewed it.
    #[error("it is not reviewed")]
    NotReviewed,
    /// It was written too long ago, by the scheme's `max_age_days` or `authored_from`.
    #[error("it was written on {authored_on}, and the scheme asks for {from} or later")]
    Age {
        /// When it was written.
        authored_on: NaiveDate,
        /// The first day on which it could have been written.
        from: NaiveDate,
    },
    /// The scheme sums difficulties, and nobody has rated it.
    #[error("it has no difficulty rating, and the scheme sums them")]
    NotRated,
    /// Pilot items are embedded one by one, never as scenario sets.
    #[error("it is a pilot item in a scenario set, and pilot items are embedded one by one")]
    PilotSet,
    /// A reference was to be looked at again.
    #[error("its reference was to be reviewed by {review_by}")]
    ReviewExpired {
        /// The last day it could be used.
        review_by: NaiveDate,
    },
    /// A compromised item takes it along.
    #[error("{taint}")]
    Compromised {
        /// Which item, and what ties them.
        #[serde(flatten)]
        taint: Taint,
    },
}

/// Why a document is not a pool list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PoolError {
    /// Another format or version.
    #[error("the document is {format:?} version {version}, not \"invigil-pool\" version {known}")]
    Format {
        /// Its format.
        format: String,
        /// Its version.
        version: u32,
        /// The version that the procedure reads.
        known: u32,
    },
    /// More entries than are read.
    #[error("the pool has {0} entries, at most {MAX_ENTRIES} are read")]
    TooLarge(usize),
    /// A name that is not a SHA-256 in lower-case hex.
    #[error("{0:?} is not a SHA-256 in lower-case hex")]
    NotADigest(String),
    /// Entries or enemies that are not ascending, or stand twice.
    #[error("the list is not in ascending order at {0}")]
    Unsorted(String),
    /// An enemy that is not in the pool, does not name the item in turn, or is the item itself.
    #[error("{item} names {enemy} as its enemy, which the pool does not answer")]
    Enemy {
        /// The item.
        item: String,
        /// Its enemy.
        enemy: String,
    },
    /// Two items at one place of a set.
    #[error("two items stand at position {position} of set {set}")]
    SamePlace {
        /// The set.
        set: String,
        /// The place.
        position: u32,
    },
    /// A number out of its bounds: a weight of 0, or far too many words.
    #[error("a number of {0} is out of bounds")]
    Number(String),
    /// A set that the list does not have, or that a pilot item names.
    #[error("{item} stands in set {set}, which the list does not have, or is a pilot item and must stand alone")]
    NoSuchSet {
        /// The item.
        item: String,
        /// The set.
        set: String,
    },
    /// More options than there are letters.
    #[error("{item} has {options} options, at most {MAX_OPTIONS} are drawn")]
    Options {
        /// The item.
        item: String,
        /// How many it has.
        options: u32,
    },
}

impl HashedBank {
    /// The pool of a day (UTC): every item that a form may use, and a list of the others with the reasons.
    pub fn pool(&self, today: NaiveDate) -> (Pool, Vec<Ineligible>) {
        let mut ineligible = Vec::new();
        let mut eligible: BTreeMap<&str, (&Item, &str)> = BTreeMap::new();
        let tainted = self.bank().tainted();
        for item in self.bank().items.values() {
            let reasons = self.reasons_against(item, today, &tainted);
            if !reasons.is_empty() {
                ineligible.push(Ineligible { id: item.id.clone(), reasons });
            } else if let Some(hashes) = self.hashes(&item.id) {
                eligible.insert(&item.id, (item, &hashes.version));
            }
        }
        let all_enemies = self.bank().enemies();
        let mut entries: Vec<PoolEntry> = eligible
            .values()
            .map(|(item, version)| {
                let named = all_enemies.get(item.id.as_str()).into_iter().flatten();
                let mut enemies: Vec<String> =
                    named.filter_map(|id| eligible.get(id)).map(|(_, version)| (*version).to_owned()).collect();
                enemies.sort();
                let set = item.scenario.as_ref().and_then(|place| {
                    Some(SetPlace { id: self.set_hash(&place.id)?.to_owned(), position: place.position })
                });
                PoolEntry {
                    item: (*version).to_owned(),
                    domain: item.domain.clone(),
                    level: item.level,
                    options: u32::try_from(item.places()).unwrap_or(u32::MAX),
                    set,
                    enemies,
                }
            })
            .collect();
        entries.sort_by(|a, b| a.item.cmp(&b.item));
        let scheme = self.scheme().id.clone();
        (Pool { format: Pool::FORMAT.into(), version: Pool::VERSION, scheme, entries }, ineligible)
    }

    /// What every procedure asks of an item; `tainted` as the bank has it.
    pub(crate) fn reasons_against(
        &self,
        item: &Item,
        today: NaiveDate,
        tainted: &BTreeMap<&str, Taint>,
    ) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if !self.scheme().allows(item.status) {
            reasons.push(Reason::Status { status: item.status });
        }
        if !item.authoring.reviewed {
            reasons.push(Reason::NotReviewed);
        }
        if let Some(review_by) = item.review_by().filter(|&review_by| review_by < today) {
            reasons.push(Reason::ReviewExpired { review_by });
        }
        let taint = tainted.get(item.id.as_str()).filter(|taint| taint.tie != Tie::Itself);
        reasons.extend(taint.map(|taint| Reason::Compromised { taint: taint.clone() }));
        reasons
    }
}

impl Pool {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-pool";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;

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
        if self.entries.len() > MAX_ENTRIES {
            return Err(PoolError::TooLarge(self.entries.len()));
        }
        ascending(self.entries.iter().map(|entry| &entry.item))?;
        let by_item: BTreeMap<&str, &PoolEntry> = self.entries.iter().map(|e| (e.item.as_str(), e)).collect();
        let mut places = BTreeSet::new();
        for entry in &self.entries {
            if entry.options > MAX_OPTIONS {
                return Err(PoolError::Options { item: entry.item.clone(), options: entry.options });
            }
            ascending(entry.enemies.iter())?;
            for enemy in &entry.enemies {
                let answered =
                    by_item.get(enemy.as_str()).is_some_and(|e| e.enemies.binary_search(&entry.item).is_ok());
                if !answered || *enemy == entry.item {
                    return Err(PoolError::Enemy { item: entry.item.clone(), enemy: enemy.clone() });
                }
            }
            if let Some(place) = &entry.set {
                if !is_digest(&place.id) {
                    return Err(PoolError::NotADigest(place.id.clone()));
                }
                if !places.insert(place) {
                    return Err(PoolError::SamePlace { set: place.id.clone(), position: place.position });
                }
            }
        }
        Ok(())
    }
}

pub(crate) fn ascending<'a>(digests: impl Iterator<Item = &'a String> + Clone) -> Result<(), PoolError> {
    if let Some(digest) = digests.clone().find(|digest| !is_digest(digest)) {
        return Err(PoolError::NotADigest(digest.clone()));
    }
    match digests.clone().zip(digests.skip(1)).find(|(one, next)| one >= next) {
        Some((_, next)) => Err(PoolError::Unsorted(next.clone())),
        None => Ok(()),
    }
}
