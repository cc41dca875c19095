//! One attempt at a form: sets, then stand-alone items, or the reason to start over.

use super::{Drawer, KeyStream};

/// Why an attempt could not be completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Setback {
    /// Two chosen scenario items are enemies.
    Enemies,
    /// The chosen scenario sets bring too many items of this domain.
    Overfull(usize),
    /// The stand-alone items of this domain do not fill its quota.
    Short(usize),
}

/// The items on the form so far, as entries of the pool.
struct Chosen {
    taken: Vec<bool>,
    per_domain: Vec<u32>,
}

impl Drawer {
    /// Chooses the items of a form, as units in the order chosen: scenario sets, then single items.
    pub(super) fn attempt(&self, stream: &mut KeyStream) -> Result<Vec<Vec<usize>>, Setback> {
        let mut chosen =
            Chosen { taken: vec![false; self.entries.len()], per_domain: vec![0; self.blueprint.domains.len()] };
        let mut units = self.choose_sets(stream);
        for &entry in units.iter().flatten() {
            self.take(&mut chosen, entry);
        }
        if units.iter().flatten().any(|&entry| self.has_enemy(&chosen, entry)) {
            return Err(Setback::Enemies);
        }
        for (domain, quota) in self.blueprint.domains.iter().enumerate() {
            if chosen.per_domain[domain] > quota.items {
                return Err(Setback::Overfull(domain));
            }
        }
        for domain in 0..self.blueprint.domains.len() {
            self.fill(stream, domain, &mut chosen, &mut units)?;
        }
        Ok(units)
    }

    fn choose_sets(&self, stream: &mut KeyStream) -> Vec<Vec<usize>> {
        let (sets, each) = (self.blueprint.scenario_sets as usize, self.blueprint.items_per_set as usize);
        let mut order: Vec<usize> = (0..self.sets.len()).collect();
        stream.draw_to_front(&mut order, sets);
        order.truncate(sets);
        let mut units = Vec::with_capacity(self.blueprint.items() as usize);
        for set in order {
            let mut places: Vec<usize> = (0..self.sets[set].len()).collect();
            stream.draw_to_front(&mut places, each);
            places.truncate(each);
            // Items of a set stay in authored order, which is the order of their places.
            places.sort_unstable();
            units.push(places.into_iter().map(|place| self.sets[set][place]).collect());
        }
        units
    }

    /// Fills what is left of a domain's quota from its stand-alone items, passing over enemies of what is chosen.
    fn fill(
        &self,
        stream: &mut KeyStream,
        domain: usize,
        chosen: &mut Chosen,
        units: &mut Vec<Vec<usize>>,
    ) -> Result<(), Setback> {
        let mut list = self.stand_alone[domain].clone();
        let mut looked_at = 0;
        while chosen.per_domain[domain] < self.blueprint.domains[domain].items {
            if looked_at == list.len() {
                return Err(Setback::Short(domain));
            }
            stream.draw_to(&mut list, looked_at);
            let entry = list[looked_at];
            looked_at += 1;
            if !self.has_enemy(chosen, entry) {
                self.take(chosen, entry);
                units.push(vec![entry]);
            }
        }
        Ok(())
    }

    fn take(&self, chosen: &mut Chosen, entry: usize) {
        chosen.taken[entry] = true;
        if let Some(domain) = self.entries[entry].domain {
            chosen.per_domain[domain] += 1;
        }
    }

    fn has_enemy(&self, chosen: &Chosen, entry: usize) -> bool {
        self.entries[entry].enemies.iter().any(|&enemy| chosen.taken[enemy])
    }
}
