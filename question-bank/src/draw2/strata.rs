//! The stand-alone items of a domain by cognitive level, and how to choose a number of them.

use num_bigint::BigUint;

use super::{
    chance::{Odds, odds, shares},
    prepare::Entry,
    sums::{Selection, together},
};
use crate::bank::Level;

/// How many cognitive levels there are.
pub(super) const LEVELS: usize = 4;
/// The cognitive levels in the order of the draw.
pub(super) const ALL_LEVELS: [Level; LEVELS] =
    [Level::Comprehension, Level::Application, Level::Analysis, Level::Evaluation];
/// Binary places of a tilt.
pub(super) const TILT_BITS: u32 = 32;

/// The place of a level in [`ALL_LEVELS`].
pub(super) fn level_index(level: Level) -> usize {
    ALL_LEVELS.iter().position(|&one| one == level).unwrap_or_default()
}

/// The name of a level in files.
pub(super) fn level_name(level: Level) -> &'static str {
    match level {
        Level::Comprehension => "comprehension",
        Level::Application => "application",
        Level::Analysis => "analysis",
        Level::Evaluation => "evaluation",
    }
}

/// The stand-alone items of a domain.
#[derive(Clone, Debug)]
pub(super) struct Stratum {
    pub(super) quota: usize,
    /// By how many items the scenario sets brought: the odds that their choice stands.
    pub(super) accept: Vec<Odds>,
    /// One for each level.
    pub(super) cells: Vec<Cell>,
    /// For each level but the last, by the number of items wanted of it and those behind it.
    splits: Vec<Vec<Split>>,
    /// Weight of all ways to choose so many of the domain.
    ways: Vec<BigUint>,
}

/// The stand-alone items of one domain and one level.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// Entries with enemies first, so that clashes show early; both parts in the pool's order.
    pub(super) entries: Vec<u32>,
    pub(super) with_enemies: usize,
    pub(super) selection: Selection,
}

/// How many items of a level there may be: `least` and more, with these shares.
#[derive(Clone, Debug)]
pub(super) struct Split {
    pub(super) least: usize,
    pub(super) shares: Vec<Odds>,
}

impl Cell {
    fn new(of_level: Vec<u32>, entries: &[Entry], most: usize) -> Self {
        let (mut list, others): (Vec<u32>, Vec<u32>) =
            of_level.into_iter().partition(|&entry| !entries[entry as usize].enemies.is_empty());
        let with_enemies = list.len();
        list.extend(others);
        let weights: Vec<BigUint> = list.iter().map(|&entry| entries[entry as usize].weight.into()).collect();
        Self { selection: Selection::new(&weights, most), entries: list, with_enemies }
    }
}

impl Stratum {
    /// The stand-alone entries `alone` of a domain with this quota.
    pub(super) fn new(quota: usize, alone: &[u32], entries: &[Entry]) -> Self {
        let of_level =
            |level| alone.iter().copied().filter(|&entry| entries[entry as usize].level == level).collect::<Vec<u32>>();
        let cells: Vec<Cell> = (0..LEVELS).map(|level| Cell::new(of_level(level), entries, quota)).collect();
        // From the last level to the first: the ways to choose so many of this level and those behind it.
        let mut behind = cells[LEVELS - 1].selection.sums.clone();
        let mut splits = Vec::new();
        for cell in cells[..LEVELS - 1].iter().rev() {
            let own = &cell.selection.sums;
            let both = together(own, &behind, quota);
            splits.push((0..both.len()).map(|wanted| Split::new(own, &behind, wanted)).collect());
            behind = both;
        }
        splits.reverse();
        Self { quota, accept: Vec::new(), cells, splits, ways: behind }
    }

    /// How to split `wanted` items between this level and those behind it.
    #[inline]
    pub(super) fn split(&self, level: usize, wanted: usize) -> &Split {
        &self.splits[level][wanted]
    }

    /// Sets the odds with which a choice of scenario sets stands, given that sets bring `offer` (fewest, most) and about
    /// `expected` items of the domain. Gives the weight that each of those items is to have when sets are proposed: it
    /// makes choices that leave many completions likely, and the odds undo what it distorts.
    pub(super) fn balance(&mut self, offer: (usize, usize), expected: usize) -> BigUint {
        let one = BigUint::from(1_u32);
        let quota = self.quota;
        let ways = |brought: usize| self.ways.get(quota - brought).unwrap_or(&BigUint::ZERO);
        // Below, the stand-alone items would not do; above, the quota is broken.
        let least = offer.0.max(quota.saturating_sub(self.ways.len() - 1));
        let most = offer.1.min(quota);
        let tilt = if least < most {
            let at = expected.clamp(least, most - 1);
            ((ways(at + 1) << TILT_BITS) / ways(at)).max(one)
        } else {
            one << TILT_BITS
        };
        // ways(brought) / (tilt / 2^32)^brought, as a part and a whole.
        let part = |brought: usize| ways(brought) << (TILT_BITS as usize * brought);
        let whole = |brought: usize| tilt.pow(u32::try_from(brought).unwrap_or(u32::MAX));
        self.accept = vec![0; quota + 1];
        let mut best: Option<usize> = None;
        for brought in least..=most {
            if best.is_none_or(|best| part(brought) * whole(best) > part(best) * whole(brought)) {
                best = Some(brought);
            }
        }
        if let Some(best) = best {
            for brought in least..=most {
                self.accept[brought] = odds(&(part(brought) * whole(best)), &(part(best) * whole(brought)));
            }
        }
        tilt
    }
}

impl Split {
    fn new(own: &[BigUint], behind: &[BigUint], wanted: usize) -> Self {
        let least = wanted.saturating_sub(behind.len() - 1);
        let most = wanted.min(own.len() - 1);
        let weights: Vec<BigUint> = (least..=most).map(|here| &own[here] * &behind[wanted - here]).collect();
        Self { least, shares: shares(&weights) }
    }
}
