//! Among which items a form chooses: in a great pool, the least used of each domain are plenty.

use super::{Search, State};

/// How many times a domain's quota is offered at first.
pub(super) const FIRST_SHARE: usize = 6;

/// What a form may choose from.
pub(super) struct Offer {
    /// Entries.
    pub(super) entries: Vec<usize>,
    /// Whether each scenario set is among them.
    pub(super) sets: Vec<bool>,
    /// It is the whole pool.
    pub(super) whole: bool,
}

impl Search<'_> {
    /// An offer of about `share` times what the blueprint wants of each domain.
    pub(super) fn offer(&mut self, state: &State, share: usize) -> Offer {
        let prepared = self.prepared;
        let entries = prepared.entries.len();
        if entries <= self.options.whole_pool || share >= entries {
            return Offer { entries: (0..entries).collect(), sets: vec![true; prepared.sets.len()], whole: true };
        }
        let blueprint = &prepared.problem.blueprint;
        let mut order: Vec<usize> = (0..entries).collect();
        let count = order.len();
        self.stream.draw_to_front(&mut order, count);
        order.sort_by_key(|&at| {
            (!state.has_room(at), state.uses(at), prepared.problem.items[prepared.entries[at].item].used)
        });

        let mut sets = vec![false; prepared.sets.len()];
        if let Some(scenarios) = blueprint.scenarios {
            // A set is as much used as those of its items are that a form would take.
            let uses = |set: usize| -> u32 {
                let mut uses: Vec<u32> = prepared.sets[set].iter().map(|&at| state.uses(at)).collect();
                uses.sort_unstable();
                uses.iter().take(scenarios.items_each as usize).sum()
            };
            let mut by_use: Vec<usize> = (0..sets.len()).collect();
            self.stream.draw_to_front(&mut by_use, sets.len());
            by_use.sort_by_key(|&set| uses(set));
            for set in by_use.into_iter().take(share * scenarios.sets as usize) {
                sets[set] = true;
            }
        }
        let mut left: Vec<usize> =
            blueprint.domains.iter().map(|quota| share * quota.most.min(blueprint.items) as usize).collect();
        let mut offered = Vec::new();
        for at in order {
            let entry = &prepared.entries[at];
            match entry.set {
                Some(set) if sets[set] => offered.push(at),
                None if left[entry.domain] > 0 => {
                    left[entry.domain] -= 1;
                    offered.push(at);
                }
                _ => {}
            }
        }
        offered.sort_unstable();
        Offer { entries: offered, sets, whole: false }
    }
}
