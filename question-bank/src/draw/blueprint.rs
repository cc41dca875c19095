//! What a form must hold.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::canonical::digest;

/// The most items of a form that is drawn.
const MAX_ITEMS: u64 = 1_000;

/// What a draw needs to know of a scheme: how many items of which domain, how many scenario sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blueprint {
    /// Always `invigil-blueprint`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// The scheme, such as `caisp`.
    pub scheme: String,
    /// Edition of the scheme.
    pub edition: String,
    /// Items of each domain, those in scenario sets included, in the order in which a draw fills them.
    pub domains: Vec<Quota>,
    /// Scenario sets on a form.
    pub scenario_sets: u32,
    /// Items of each of them.
    pub items_per_set: u32,
}

/// How many items of a domain a form holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// The domain.
    pub domain: String,
    /// How many items.
    pub items: u32,
}

impl Blueprint {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-blueprint";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;

    /// Items of a form.
    pub fn items(&self) -> u64 {
        self.domains.iter().map(|quota| u64::from(quota.items)).sum()
    }

    /// Whether the blueprint is sound and belongs to the scheme of a pool; otherwise what is wrong.
    pub(super) fn check(&self, scheme: &str) -> Result<(), String> {
        let in_sets = u64::from(self.scenario_sets) * u64::from(self.items_per_set);
        let domains: BTreeSet<_> = self.domains.iter().map(|quota| &quota.domain).collect();
        if self.format != Self::FORMAT || self.version != Self::VERSION {
            Err(format!("the document is {:?} version {}", self.format, self.version))
        } else if self.scheme != scheme {
            Err(format!("it is for scheme {:?}, the pool for {scheme:?}", self.scheme))
        } else if domains.len() != self.domains.len() {
            Err("a domain stands twice".into())
        } else if !(1..=MAX_ITEMS).contains(&self.items()) {
            Err(format!("{} items are no form: 1 to {MAX_ITEMS} are", self.items()))
        } else if (self.scenario_sets == 0) != (self.items_per_set == 0) {
            Err(format!("{} scenario sets of {} items are none", self.scenario_sets, self.items_per_set))
        } else if in_sets > self.items() {
            Err(format!("{in_sets} items in scenario sets are more than the {} of the form", self.items()))
        } else {
            Ok(())
        }
    }

    /// SHA-256 of the blueprint's RFC 8785 form.
    pub fn digest(&self) -> String {
        digest(self)
    }
}
