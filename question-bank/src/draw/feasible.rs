//! What a pool lacks for a blueprint, seen before anything is drawn.

use serde::Serialize;

use super::Drawer;

/// What a pool is short of, or has too much of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Shortage {
    /// Too few scenario sets with enough eligible items.
    #[error("scenario sets with at least {items_per_set} eligible items: {needed} needed, {available} available")]
    Sets {
        /// Items that a set must have.
        items_per_set: u32,
        /// How many sets the blueprint wants.
        needed: u32,
        /// How many the pool has.
        available: u32,
    },
    /// Too few items of a domain.
    #[error("domain {domain}: {needed} items needed, {available} available")]
    Domain {
        /// The domain.
        domain: String,
        /// How many items the blueprint wants.
        needed: u32,
        /// The most that a form could hold: all stand-alone items, and scenario sets chosen to give the most.
        available: u32,
    },
    /// Whatever scenario sets are chosen, they bring more items of a domain than the blueprint wants.
    #[error("domain {domain}: {wanted} items wanted, but any choice of scenario sets brings at least {least}")]
    Overfull {
        /// The domain.
        domain: String,
        /// How many items the blueprint wants.
        wanted: u32,
        /// The fewest that scenario sets bring.
        least: u32,
    },
}

impl Drawer {
    /// Everything that makes the blueprint impossible for one domain, or for scenario sets, by counting alone. An empty
    /// list is no promise: enemies, or domains together, may still make it impossible.
    pub(super) fn shortages(&self) -> Vec<Shortage> {
        let mut shortages = Vec::new();
        let (sets, each) = (self.blueprint.scenario_sets, self.blueprint.items_per_set);
        if self.sets.len() < sets as usize {
            let available = count(self.sets.len());
            shortages.push(Shortage::Sets { items_per_set: each, needed: sets, available });
        }
        for (index, quota) in self.blueprint.domains.iter().enumerate() {
            let (least, most) = self.sets_offer(index);
            let available = count(self.stand_alone[index].len() + most);
            let domain = quota.domain.clone();
            if available < quota.items {
                shortages.push(Shortage::Domain { domain, needed: quota.items, available });
            } else if count(least) > quota.items {
                shortages.push(Shortage::Overfull { domain, wanted: quota.items, least: count(least) });
            }
        }
        shortages
    }

    /// The fewest and the most items of a domain that the scenario sets of a form can bring.
    fn sets_offer(&self, domain: usize) -> (usize, usize) {
        let (sets, each) = (self.blueprint.scenario_sets as usize, self.blueprint.items_per_set as usize);
        let mut bounds: Vec<(usize, usize)> = Vec::new();
        for set in &self.sets {
            let of_domain = set.iter().filter(|&&entry| self.entries[entry].domain == Some(domain)).count();
            bounds.push((each.saturating_sub(set.len() - of_domain), each.min(of_domain)));
        }
        let mut least: Vec<usize> = bounds.iter().map(|bound| bound.0).collect();
        let mut most: Vec<usize> = bounds.iter().map(|bound| bound.1).collect();
        least.sort_unstable();
        most.sort_unstable_by(|a, b| b.cmp(a));
        (least.iter().take(sets).sum(), most.iter().take(sets).sum())
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
