//! The pool list of version 3: the forms that candidates draw from, and all that is to be known of their items.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    PoolError,
    canonical::digest,
    draw2::{self, Blueprint, Earlier, PoolEntry, PoolSet, Use, Violation, check_form},
    pool::ascending,
};

/// The most forms of a pool that is accepted.
pub const MAX_FORMS: usize = 500;
/// The longest name of a form, in bytes.
const MAX_NAME: usize = 40;

/// A pool list (docs/DRAW3.md).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pool {
    /// Always `invigil-pool`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// The scheme, such as `caisp`.
    pub scheme: String,
    /// Every item that stands on a form, ascending by `item`; all of weight 1.
    pub entries: Vec<PoolEntry>,
    /// The scenario sets that entries name, ascending by `id`.
    pub sets: Vec<PoolSet>,
    /// The most items that two of the forms share.
    pub overlap: u32,
    /// Ascending by name.
    pub forms: Vec<PoolForm>,
}

/// One form of a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoolForm {
    /// Its name, 1 to 40 bytes, such as `F01`.
    pub name: String,
    /// `version_hash` of its items, ascending.
    pub items: Vec<String>,
}

/// Why a document is not a pool of forms for a blueprint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PoolFault {
    /// What every pool list must be.
    #[error("the pool list is not sound: {0}")]
    List(#[from] PoolError),
    /// The blueprint breaks the rules of its format, or is another scheme's.
    #[error("the blueprint is not sound: {0}")]
    Blueprint(String),
    /// No forms, or more than are read.
    #[error("the pool has {0} forms: 1 to {MAX_FORMS} are drawn from")]
    Forms(usize),
    /// A name that is none, or not in its place.
    #[error("the form name {0:?} is not 1 to {MAX_NAME} bytes long, stands twice, or is not in ascending order")]
    Name(String),
    /// A form whose items are not ascending, or stand twice.
    #[error("form {form:?}: {fault}")]
    Items {
        /// The form.
        form: String,
        /// What is wrong with its list.
        fault: PoolError,
    },
    /// A form with an item that the list does not have.
    #[error("form {form:?} has item {item}, which is no entry of the pool")]
    NoEntry {
        /// The form.
        form: String,
        /// The item.
        item: String,
    },
    /// An item or a scenario set that is on none of the forms.
    #[error("{0} stands on none of the forms")]
    Idle(String),
    /// A weight other than 1: the forms are chosen, not made.
    #[error("item {0} has another weight than 1: forms are equally likely")]
    Weight(String),
    /// Two forms with the same items.
    #[error("forms {one:?} and {other:?} have the same items")]
    Equal {
        /// The one.
        one: String,
        /// The other.
        other: String,
    },
    /// Another overlap than is counted.
    #[error("two forms are said to share {stated} items at most, and some share {counted}")]
    Overlap {
        /// What the list says.
        stated: u32,
        /// What is counted.
        counted: u32,
    },
    /// A form that is not one of the blueprint's.
    #[error("form {form:?} breaks a rule of the blueprint: {broken}")]
    Rule {
        /// The form.
        form: String,
        /// The rule.
        broken: Violation,
    },
    /// A scored item on too many of the forms.
    #[error(
        "item {item} stands on {uses} of {forms} forms, more than {most} of 1000 (max_exposure): use more forms, or others"
    )]
    Exposure {
        /// The item.
        item: String,
        /// How many forms have it.
        uses: usize,
        /// Of how many.
        forms: usize,
        /// How many of 1000 may.
        most: u32,
    },
}

impl Pool {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-pool";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 3;

    /// The pool of these forms, with those of the entries and sets that stand on one, and the overlap as counted.
    pub(crate) fn of(scheme: &str, entries: &[PoolEntry], sets: &[PoolSet], mut forms: Vec<PoolForm>) -> Self {
        forms.sort_by(|a, b| a.name.cmp(&b.name));
        let used: BTreeSet<&String> = forms.iter().flat_map(|form| &form.items).collect();
        let mut entries: Vec<PoolEntry> = entries.iter().filter(|e| used.contains(&e.item)).cloned().collect();
        for entry in &mut entries {
            entry.enemies.retain(|enemy| used.contains(enemy));
        }
        let named: BTreeSet<&String> = entries.iter().filter_map(|e| e.set.as_ref()).map(|place| &place.id).collect();
        let sets = sets.iter().filter(|set| named.contains(&set.id)).cloned().collect();
        let (format, scheme) = (Self::FORMAT.into(), scheme.to_owned());
        let mut pool = Self { format, version: Self::VERSION, scheme, entries, sets, overlap: 0, forms };
        pool.overlap = pool.counted_overlap();
        pool
    }

    /// SHA-256 of the list's RFC 8785 form.
    pub fn digest(&self) -> String {
        digest(self)
    }

    /// The list without the forms that have one of these items (by `version_hash`), and without what is then on no form.
    #[must_use]
    pub fn without(&self, exclusions: &BTreeSet<String>) -> Self {
        let keeps = |form: &&PoolForm| !form.items.iter().any(|item| exclusions.contains(item));
        let forms = self.forms.iter().filter(keeps).cloned().collect();
        Self::of(&self.scheme, &self.entries, &self.sets, forms)
    }

    /// Its entries and sets as a list of version 2, which knows nothing of forms: for [`check_form`].
    pub fn as_second(&self) -> draw2::Pool {
        self.second(|_| true, |_| true)
    }

    fn second(&self, entry: impl Fn(&PoolEntry) -> bool, set: impl Fn(&PoolSet) -> bool) -> draw2::Pool {
        draw2::Pool {
            format: draw2::Pool::FORMAT.into(),
            version: draw2::Pool::VERSION,
            scheme: self.scheme.clone(),
            entries: self.entries.iter().filter(|e| entry(e)).cloned().collect(),
            sets: self.sets.iter().filter(|s| set(s)).cloned().collect(),
        }
    }

    /// Checks the rules of the format and every form against the blueprint (docs/DRAW3.md), for lists that come from
    /// elsewhere.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn check(&self, blueprint: &Blueprint) -> Result<(), PoolFault> {
        if self.format != Self::FORMAT || self.version != Self::VERSION {
            let (format, version) = (self.format.clone(), self.version);
            return Err(PoolError::Format { format, version, known: Self::VERSION }.into());
        }
        self.as_second().check()?;
        if let Some(entry) = self.entries.iter().find(|entry| entry.weight != 1) {
            return Err(PoolFault::Weight(entry.item.clone()));
        }
        self.check_forms()?;
        blueprint.check(&self.scheme).map_err(PoolFault::Blueprint)?;
        self.check_rules(blueprint)?;
        self.check_exposure(blueprint)
    }

    /// The list of forms by itself.
    fn check_forms(&self) -> Result<(), PoolFault> {
        if self.forms.is_empty() || self.forms.len() > MAX_FORMS {
            return Err(PoolFault::Forms(self.forms.len()));
        }
        let mut last = "";
        let mut seen: BTreeMap<&[String], &str> = BTreeMap::new();
        for PoolForm { name, items } in &self.forms {
            if name.as_str() <= last || name.len() > MAX_NAME {
                return Err(PoolFault::Name(name.clone()));
            }
            last = name;
            ascending(items.iter()).map_err(|fault| PoolFault::Items { form: name.clone(), fault })?;
            let missing = items.iter().find(|item| self.place(item).is_none());
            if let Some(item) = missing {
                return Err(PoolFault::NoEntry { form: name.clone(), item: item.clone() });
            }
            if let Some(one) = seen.insert(items, name) {
                return Err(PoolFault::Equal { one: one.into(), other: name.clone() });
            }
        }
        let uses = self.uses();
        let idle = self.entries.iter().zip(&uses).find(|(_, uses)| **uses == 0).map(|(entry, _)| &entry.item);
        let named: BTreeSet<&String> = self.entries.iter().filter_map(|e| e.set.as_ref()).map(|p| &p.id).collect();
        if let Some(idle) = idle.or_else(|| self.sets.iter().map(|set| &set.id).find(|id| !named.contains(id))) {
            return Err(PoolFault::Idle(idle.clone()));
        }
        let (stated, counted) = (self.overlap, self.counted_overlap());
        if stated == counted { Ok(()) } else { Err(PoolFault::Overlap { stated, counted }) }
    }

    /// Each form as one of the blueprint's, beside no more of the list than belongs to it.
    fn check_rules(&self, blueprint: &Blueprint) -> Result<(), PoolFault> {
        for form in &self.forms {
            let items: BTreeSet<&String> = form.items.iter().collect();
            let places = self.members(form).filter_map(|entry| entry.set.as_ref());
            let sets: BTreeSet<&String> = places.map(|place| &place.id).collect();
            let own = |entry: &PoolEntry| {
                items.contains(&entry.item) || entry.set.as_ref().is_some_and(|place| sets.contains(&place.id))
            };
            let around = self.second(own, |set| sets.contains(&set.id));
            let order: Vec<String> = self.units(form).into_iter().flatten().map(|e| e.item.clone()).collect();
            let broken = check_form(&around, blueprint, &Earlier::none(), &order);
            if let Some(broken) = broken.into_iter().next() {
                return Err(PoolFault::Rule { form: form.name.clone(), broken });
            }
        }
        Ok(())
    }

    fn check_exposure(&self, blueprint: &Blueprint) -> Result<(), PoolFault> {
        let Some(most) = blueprint.max_exposure else { return Ok(()) };
        let (uses, forms) = (self.uses(), self.forms.len());
        let scored = self.entries.iter().zip(uses).filter(|(entry, _)| entry.usage == Use::Scored);
        match scored.max_by_key(|(_, uses)| *uses) {
            Some((entry, uses)) if 1_000 * uses as u64 > u64::from(most) * forms as u64 => {
                Err(PoolFault::Exposure { item: entry.item.clone(), uses, forms, most })
            }
            _ => Ok(()),
        }
    }

    /// The entries of a form: scenario sets ascending by id, each in authored order, then every other entry by itself, in
    /// the order of the list.
    pub(super) fn units<'a>(&'a self, form: &PoolForm) -> Vec<Vec<&'a PoolEntry>> {
        let mut sets: BTreeMap<&'a str, Vec<(u32, &'a PoolEntry)>> = BTreeMap::new();
        let mut alone = Vec::new();
        for entry in self.members(form) {
            match &entry.set {
                Some(place) => sets.entry(&place.id).or_default().push((place.position, entry)),
                None => alone.push(vec![entry]),
            }
        }
        let in_order = |mut set: Vec<(u32, _)>| {
            set.sort_by_key(|(position, _)| *position);
            set.into_iter().map(|(_, entry)| entry).collect()
        };
        sets.into_values().map(in_order).chain(alone).collect()
    }

    /// The entries of a form in the order of the list.
    pub(super) fn members<'a>(&'a self, form: &PoolForm) -> impl Iterator<Item = &'a PoolEntry> {
        form.items.iter().filter_map(|item| self.entries.get(self.place(item)?))
    }

    fn place(&self, item: &String) -> Option<usize> {
        self.entries.binary_search_by(|entry| entry.item.cmp(item)).ok()
    }

    /// On how many forms each entry stands.
    fn uses(&self) -> Vec<usize> {
        let mut uses = vec![0; self.entries.len()];
        let places = self.forms.iter().flat_map(|form| &form.items).filter_map(|item| self.place(item));
        places.for_each(|place| uses[place] += 1);
        uses
    }

    /// The most items that two forms share.
    fn counted_overlap(&self) -> u32 {
        let row = |form: &PoolForm| {
            let mut bits = vec![0_u64; self.entries.len().div_ceil(64)];
            form.items.iter().filter_map(|item| self.place(item)).for_each(|at| bits[at / 64] |= 1 << (at % 64));
            bits
        };
        let rows: Vec<Vec<u64>> = self.forms.iter().map(row).collect();
        let shared = |one: &[u64], other: &[u64]| one.iter().zip(other).map(|(a, b)| (a & b).count_ones()).sum::<u32>();
        let with_later = rows.iter().enumerate().flat_map(|(at, one)| rows[at + 1..].iter().map(|o| shared(one, o)));
        with_later.max().unwrap_or_default()
    }
}
