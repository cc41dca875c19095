//! Scenario sets: which of them, and which of their items.

use num_bigint::BigUint;

use super::{
    Blueprint,
    chance::{Odds, shares},
    prepare::Entry,
    strata::TILT_BITS,
    sums::Selection,
};

/// The most ways to choose items from one set.
const MAX_OPTIONS: u64 = 20_000;

/// The scenario sets of a pool and a blueprint.
#[derive(Clone, Debug)]
pub(super) struct Scenarios {
    /// Sets on a form.
    pub(super) count: usize,
    /// In ascending order of their hash.
    pub(super) sets: Vec<Set>,
    /// Which sets.
    pub(super) choice: Selection,
    /// Entries of all sets.
    size: usize,
    each: Option<usize>,
    /// Of each domain: the fewest and the most items that a form's sets bring, and how many entries there are.
    domains: Vec<(usize, usize, usize)>,
}

/// A scenario set.
#[derive(Clone, Debug)]
pub(super) struct Set {
    /// Words of the stimulus.
    pub(super) words: u32,
    /// Entries that may stand on a form together, in authored order.
    pub(super) options: Vec<Vec<u32>>,
    /// Of the options.
    pub(super) shares: Vec<Odds>,
}

impl Scenarios {
    /// From groups of a set's words and its entries in authored order; `None` if there are too many ways to choose.
    pub(super) fn new(blueprint: &Blueprint, groups: Vec<(u32, Vec<u32>)>, entries: &[Entry]) -> Option<Self> {
        let each = blueprint.items_per_set.map(|each| each as usize);
        let (mut sets, mut size) = (Vec::new(), 0);
        let mut counts = vec![0; blueprint.domains.len()];
        for (words, members) in groups {
            let each = each.unwrap_or(members.len());
            if each > members.len() || blueprint.scenario_sets == 0 {
                continue;
            }
            if ways(members.len(), each) > MAX_OPTIONS {
                return None;
            }
            let mut options = choices(&members, each);
            options.retain(|option| !option.iter().any(|&one| clashes(&entries[one as usize], option)));
            if !options.is_empty() {
                size += members.len();
                members.iter().for_each(|&entry| counts[entries[entry as usize].domain] += 1);
                sets.push(Set { words, options, shares: Vec::new() });
            }
        }
        let count = blueprint.scenario_sets as usize;
        let offers =
            (0..counts.len()).map(|domain| offer(&sets, count, |entry| entries[entry as usize].domain == domain));
        let domains = offers.zip(&counts).map(|((least, most), &all)| (least, most, all)).collect();
        Some(Self { count, sets, choice: Selection::new(&[], 0), size, each, domains })
    }

    /// The fewest and the most items of a domain that the sets of a form can bring.
    pub(super) fn offer(&self, domain: usize) -> (usize, usize) {
        let (least, most, _) = self.domains[domain];
        (least, most)
    }

    /// About how many items of a domain the sets of a form bring, rounded down.
    pub(super) fn expected(&self, domain: usize) -> usize {
        let of_domain = self.count * self.domains[domain].2;
        match self.each {
            Some(each) => (of_domain * each).checked_div(self.size),
            None => of_domain.checked_div(self.sets.len()),
        }
        .unwrap_or_default()
    }

    /// Sets the chances with which sets and their items are proposed: each choice weighs the product of its items'
    /// weights, and of the tilt of each item's domain.
    pub(super) fn weigh(&mut self, entries: &[Entry], tilts: &[BigUint]) {
        // Tilts have binary places; options of other lengths are put on the same footing.
        let longest = self.sets.iter().flat_map(|set| &set.options).map(Vec::len).max().unwrap_or_default();
        let weight = |option: &Vec<u32>| -> BigUint {
            let items: BigUint =
                option.iter().map(|&entry| &entries[entry as usize]).map(|e| &tilts[e.domain] * e.weight).product();
            items << (TILT_BITS as usize * (longest - option.len()))
        };
        let mut whole = Vec::new();
        for set in &mut self.sets {
            let weights: Vec<BigUint> = set.options.iter().map(weight).collect();
            set.shares = shares(&weights);
            whole.push(weights.iter().sum());
        }
        self.choice = Selection::new(&whole, self.count);
    }
}

fn clashes(entry: &Entry, others: &[u32]) -> bool {
    entry.enemies.iter().any(|enemy| others.contains(enemy))
}

fn offer(sets: &[Set], count: usize, counts: impl Fn(u32) -> bool) -> (usize, usize) {
    let of = |option: &Vec<u32>| option.iter().filter(|&&entry| counts(entry)).count();
    let mut least: Vec<usize> = sets.iter().filter_map(|set| set.options.iter().map(of).min()).collect();
    let mut most: Vec<usize> = sets.iter().filter_map(|set| set.options.iter().map(of).max()).collect();
    least.sort_unstable();
    most.sort_unstable_by(|a, b| b.cmp(a));
    (least.iter().take(count).sum(), most.iter().take(count).sum())
}

/// Ways to choose `each` of `size`, as far as they can be counted.
fn ways(size: usize, each: usize) -> u64 {
    let each = each.min(size - each) as u64;
    (0..each).try_fold(1_u64, |ways, i| Some(ways.checked_mul(size as u64 - i)? / (i + 1))).unwrap_or(u64::MAX)
}

/// Every way to choose `each` of the members, in lexicographic order of their places.
fn choices(members: &[u32], each: usize) -> Vec<Vec<u32>> {
    let mut places: Vec<usize> = (0..each).collect();
    let mut all = Vec::new();
    loop {
        all.push(places.iter().map(|&place| members[place]).collect());
        // The last place that can still move up.
        let Some(at) = (0..each).rev().find(|&at| places[at] < members.len() - each + at) else { return all };
        places[at] += 1;
        (at + 1..each).for_each(|next| places[next] = places[next - 1] + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_all_and_in_order() {
        assert_eq!(choices(&[7, 8, 9], 2), [[7, 8], [7, 9], [8, 9]]);
        assert_eq!(choices(&[7, 8], 2), [[7, 8]]);
        for (size, each) in [(6, 5), (6, 3), (8, 4), (5, 0)] {
            assert_eq!(choices(&vec![0; size], each).len() as u64, ways(size, each));
        }
        assert_eq!(ways(200, 100), u64::MAX);
    }
}
