//! Names in the bank that drafts have already.

use std::collections::{BTreeMap, BTreeSet};

use crate::foreign::{CarriedItem, slug};

/// What no other draft of an import may have.
#[derive(Default)]
pub(super) struct Taken {
    /// Ids, and how often their names came up.
    ids: BTreeMap<String, usize>,
    /// Paths of images.
    pub(super) images: BTreeSet<String>,
}

impl Taken {
    /// An id that no other draft has, from the first name that gives one.
    pub(super) fn id(&mut self, names: [Option<&str>; 2]) -> String {
        let stem = names.into_iter().flatten().map(slug).find(|slug| !slug.is_empty());
        let stem = stem.unwrap_or_else(|| "item".to_owned());
        // Where the search for a free number goes on, so that many items of one name take no longer than others.
        let mut number = self.ids.get(&stem).copied().unwrap_or(0);
        let id = loop {
            number += 1;
            let id = if number == 1 { stem.clone() } else { format!("{stem}-{number}") };
            if !self.ids.contains_key(&id) {
                break id;
            }
        };
        self.ids.insert(stem, number);
        self.ids.entry(id.clone()).or_insert(1);
        id
    }

    /// Whether nothing has the ids of an item's file yet.
    pub(super) fn is_free(&self, item: &CarriedItem) -> bool {
        item.with.iter().all(|id| !self.ids.contains_key(id))
    }

    /// Keeps the ids and images of an item's file for it.
    pub(super) fn keep(&mut self, item: &CarriedItem) {
        // With another of its set, it was kept before.
        if self.ids.contains_key(&item.id) {
            return;
        }
        for id in item.with.iter() {
            self.ids.entry(id.clone()).or_insert(1);
        }
        self.images.extend(item.native.images.keys().cloned());
    }
}
