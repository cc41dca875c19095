//! What a candidate met in earlier attempts.

use serde::{Deserialize, Serialize};

use crate::canonical::{digest, is_digest};

/// What a candidate may not meet again, or not much of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Earlier {
    /// `version_hash` of the items seen, ascending: a form shares at most the blueprint's `shared_items` with them.
    pub items: Vec<String>,
    /// Scenario sets that never return, ascending.
    pub sets: Vec<String>,
}

impl Earlier {
    /// Of a candidate without earlier attempts.
    pub fn none() -> Self {
        Self::default()
    }

    /// SHA-256 of the RFC 8785 form.
    pub fn digest(&self) -> String {
        digest(self)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.sets.is_empty()
    }

    /// Whether both lists are of digests, strictly ascending.
    pub fn is_sound(&self) -> bool {
        [&self.items, &self.sets]
            .into_iter()
            .all(|list| list.is_sorted_by(|one, next| one < next) && list.iter().all(|name| is_digest(name)))
    }
}
