//! A form brought nearer its targets, item by item, in whole numbers.

use std::collections::BTreeSet;

use super::{Search, State};
use crate::target::{Criterion, worst};

/// An item that could stand in the place of another.
#[derive(Clone, Copy)]
struct Swap {
    out: usize,
    into: usize,
}

/// How often an item is exchanged at most.
const MAX_SWAPS: usize = 60;
/// How many exchanges are tried two by two.
const MAX_PAIRED: usize = 2_000;
/// With how many others each of them, on either side of what would be exact.
const NEAREST: usize = 6;

impl Search<'_> {
    /// Exchanges items of a form for others of the same domain, level, set and key position while that brings it nearer
    /// its targets and no rule is broken that was kept.
    pub(super) fn polish(&mut self, state: &mut State, form: usize) {
        if !self.options.give_way {
            return;
        }
        let stimuli = self.stimuli_of(&state.forms()[form]);
        for _ in 0..MAX_SWAPS {
            let now = worst(self.criteria, &state.forms()[form]);
            if now <= self.bound {
                return;
            }
            let swaps = self.swaps(state, form, stimuli);
            let sums: Vec<i64> = self.criteria.iter().map(|criterion| criterion.sum(&state.forms()[form])).collect();
            let after = |swaps: &[Swap]| -> u64 {
                let deviations = self.criteria.iter().zip(&sums).map(|(criterion, sum)| {
                    let change: i64 = swaps.iter().map(|s| criterion.values[s.into] - criterion.values[s.out]).sum();
                    criterion.deviation(sum + change)
                });
                deviations.max().unwrap_or(0)
            };
            let rank = |swap: &Swap| (after(&[*swap]), state.uses(swap.into), swap.out, swap.into);
            let Some(best) = swaps.iter().min_by_key(|swap| rank(swap)).copied() else { return };
            if after(&[best]) <= self.bound {
                return state.swap(form, best.out, best.into);
            }
            let pair = self.best_pair(&swaps, &sums, &after);
            if let Some((deviation, [one, other])) = pair
                && deviation < after(&[best]).min(now)
            {
                state.swap(form, one.out, one.into);
                // The first may have made the second impossible.
                if self.fits(state, form, stimuli, other) {
                    state.swap(form, other.out, other.into);
                    continue;
                }
                state.swap(form, one.into, one.out);
            }
            if after(&[best]) >= now {
                return;
            }
            state.swap(form, best.out, best.into);
        }
    }

    /// Two exchanges at once that come nearest: for each, those that make up best for what it leaves of the criterion that
    /// is worst off.
    fn best_pair(&self, swaps: &[Swap], sums: &[i64], after: &dyn Fn(&[Swap]) -> u64) -> Option<(u64, [Swap; 2])> {
        let off = |(criterion, sum): &(&Criterion, &i64)| criterion.deviation(**sum);
        let (lead, sum) = self.criteria.iter().zip(sums).max_by_key(off)?;
        let change = |swap: &Swap| lead.values[swap.into] - lead.values[swap.out];
        let mut sorted: Vec<Swap> = swaps.iter().copied().take(MAX_PAIRED).collect();
        sorted.sort_by_key(change);
        let mut best: Option<(u64, [Swap; 2])> = None;
        for one in &sorted {
            let at = sorted.partition_point(|other| change(other) < lead.target - sum - change(one));
            for other in &sorted[at.saturating_sub(NEAREST)..sorted.len().min(at + NEAREST)] {
                if one.out != other.out && one.into != other.into {
                    let deviation = after(&[*one, *other]);
                    if best.is_none_or(|(least, _)| deviation < least) {
                        best = Some((deviation, [*one, *other]));
                    }
                }
            }
        }
        best
    }

    /// Every exchange that breaks no rule, in an order drawn from the seed.
    fn swaps(&mut self, state: &State, form: usize, stimuli: i64) -> Vec<Swap> {
        let members = &state.forms()[form];
        let prepared = self.prepared;
        let keys_count = prepared.problem.blueprint.key_positions.is_some();
        let alike = |out: usize, into: usize| {
            let (one, other) = (&prepared.entries[out], &prepared.entries[into]);
            (one.domain, one.level, one.set) == (other.domain, other.level, other.set)
                && (one.key == other.key || !keys_count)
        };
        let mut swaps = Vec::new();
        for &out in members {
            for into in (0..prepared.entries.len()).filter(|&into| alike(out, into)) {
                if self.fits(state, form, stimuli, Swap { out, into }) {
                    swaps.push(Swap { out, into });
                }
            }
        }
        let count = swaps.len();
        self.stream.draw_to_front(&mut swaps, count);
        swaps
    }

    /// Words of the stimuli of a form's sets. They stay the same: an item and what stands in its place are of one set or of
    /// none.
    fn stimuli_of(&self, members: &[usize]) -> i64 {
        let sets: BTreeSet<usize> = members.iter().filter_map(|&at| self.prepared.entries[at].set).collect();
        sets.into_iter().map(|set| self.prepared.stimuli[set]).sum()
    }

    fn fits(&self, state: &State, form: usize, stimuli: i64, swap: Swap) -> bool {
        let Swap { out, into } = swap;
        let prepared = self.prepared;
        if !state.has(form, out) || state.has(form, into) || !state.has_room(into) {
            return false;
        }
        if prepared.enemies_of[into].iter().any(|&enemy| enemy != out && state.has(form, enemy)) {
            return false;
        }
        let blueprint = &prepared.problem.blueprint;
        let members = &state.forms()[form];
        let holds = |range: Option<assembly::Range>, besides: i64, of: &dyn Fn(usize) -> i64| {
            range.is_none_or(|range| {
                let sum = besides + members.iter().map(|&at| of(at)).sum::<i64>() - of(out) + of(into);
                (i64::from(range.least)..=i64::from(range.most)).contains(&sum)
            })
        };
        let words = holds(blueprint.words, stimuli, &|at| prepared.entries[at].words);
        let score = holds(blueprint.expected_score, 0, &|at| prepared.entries[at].difficulty);
        words
            && score
            && (0..state.forms().len()).filter(|&other| other != form).all(|other| {
                let gained = u32::from(state.has(other, into)) + state.shared(form, other);
                let lost = u32::from(state.has(other, out));
                lost >= u32::from(state.has(other, into)) || gained - lost <= self.limits.items
            })
    }
}
