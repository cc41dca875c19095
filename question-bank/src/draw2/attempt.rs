//! One attempt at a form, from the choice of scenario sets to the last sum, or the reason to start over.

use super::{
    Prepared,
    strata::{ALL_LEVELS, LEVELS, level_name},
};
use crate::draw::KeyStream;

/// Why an attempt was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Setback {
    /// The coin that makes all forms equally likely said so.
    Thinned,
    /// Scenario sets brought too many items of this domain of the blueprint, or so few that its stand-alone items do not do.
    Domain(usize),
    /// Too few or too many items of this cognitive level.
    Level(usize),
    /// Two enemies.
    Enemies,
    /// More items met before than allowed.
    SharedItems,
    /// Too short or too long to read.
    Words,
    /// Too easy or too hard.
    Difficulty,
}

/// The form in the making, kept from attempt to attempt so that nothing is allocated.
pub(super) struct Scratch {
    /// One bit an entry.
    taken: Vec<u64>,
    /// Entries in the order chosen: those of sets, then single ones.
    pub(super) chosen: Vec<u32>,
    /// Where the first unit, and each unit after it, begins in `chosen`.
    units: Vec<(u32, u32)>,
    per_domain: Vec<usize>,
    per_level: [u64; LEVELS],
    wanted: Vec<[usize; LEVELS]>,
    pilots: Vec<u32>,
    words: u64,
    difficulty: u64,
    seen: u64,
}

impl Scratch {
    pub(super) fn new(prepared: &Prepared) -> Self {
        Self {
            taken: vec![0; prepared.entries.len().div_ceil(64)],
            chosen: Vec::new(),
            units: Vec::new(),
            per_domain: vec![0; prepared.strata.len()],
            per_level: [0; LEVELS],
            wanted: vec![[0; LEVELS]; prepared.strata.len()],
            pilots: Vec::new(),
            words: 0,
            difficulty: 0,
            seen: 0,
        }
    }

    fn clear(&mut self) {
        self.taken.fill(0);
        self.chosen.clear();
        self.units.clear();
        self.per_domain.fill(0);
        (self.per_level, self.words, self.difficulty, self.seen) = ([0; LEVELS], 0, 0, 0);
    }

    fn has(&self, entry: u32) -> bool {
        self.taken[entry as usize / 64] >> (entry % 64) & 1 == 1
    }
}

impl Prepared {
    /// Leaves the items of a form in `form`, unless there is a reason to start over.
    pub(super) fn attempt(&self, stream: &mut KeyStream, form: &mut Scratch) -> Result<(), Setback> {
        form.clear();
        self.choose_sets(stream, form);
        for (index, stratum) in self.strata.iter().enumerate() {
            match stratum.accept.get(form.per_domain[index]) {
                None | Some(0) => return Err(Setback::Domain(index)),
                Some(&odds) if !stream.coin(odds) => return Err(Setback::Thinned),
                Some(_) => {}
            }
        }
        for at in 0..form.chosen.len() {
            let entry = form.chosen[at];
            self.take(form, entry)?;
        }
        self.choose_levels(stream, form)?;
        self.choose_items(stream, form)?;
        self.choose_pilots(stream, form)?;
        if self.words.is_some_and(|words| !words.contains(form.words)) {
            return Err(Setback::Words);
        }
        if self.difficulty.is_some_and(|difficulty| !difficulty.contains(form.difficulty)) {
            return Err(Setback::Difficulty);
        }
        Ok(())
    }

    fn choose_sets(&self, stream: &mut KeyStream, form: &mut Scratch) {
        let mut wanted = self.scenarios.count;
        for (at, set) in self.scenarios.sets.iter().enumerate() {
            if !stream.coin(self.scenarios.choice.odds(at, wanted)) {
                continue;
            }
            wanted -= 1;
            let option = &set.options[stream.pick(&set.shares)];
            form.units.push((position(form.chosen.len()), position(option.len())));
            form.words += u64::from(set.words);
            for &entry in option {
                let facts = &self.entries[entry as usize];
                form.chosen.push(entry);
                form.per_domain[facts.domain] += 1;
                form.per_level[facts.level] += 1;
            }
        }
    }

    /// How many stand-alone items of each level in each domain.
    fn choose_levels(&self, stream: &mut KeyStream, form: &mut Scratch) -> Result<(), Setback> {
        for (domain, stratum) in self.strata.iter().enumerate() {
            let mut left = stratum.quota - form.per_domain[domain];
            for level in 0..LEVELS {
                let here = if level + 1 < LEVELS {
                    let split = stratum.split(level, left);
                    split.least + stream.pick(&split.shares)
                } else {
                    left
                };
                form.wanted[domain][level] = here;
                form.per_level[level] += here as u64;
                left -= here;
            }
        }
        match (0..LEVELS).find(|&level| !self.levels[level].contains(form.per_level[level])) {
            Some(level) => Err(Setback::Level(level)),
            None => Ok(()),
        }
    }

    /// Which stand-alone items: first, in all cells, those with enemies.
    fn choose_items(&self, stream: &mut KeyStream, form: &mut Scratch) -> Result<(), Setback> {
        let sets_end = form.chosen.len();
        for with_enemies in [true, false] {
            for (domain, stratum) in self.strata.iter().enumerate() {
                for (level, cell) in stratum.cells.iter().enumerate() {
                    let part = if with_enemies { 0..cell.with_enemies } else { cell.with_enemies..cell.entries.len() };
                    let mut wanted = form.wanted[domain][level];
                    for at in part {
                        if wanted == 0 {
                            break;
                        }
                        if stream.coin(cell.selection.odds(at, wanted)) {
                            wanted -= 1;
                            let entry = cell.entries[at];
                            form.chosen.push(entry);
                            self.take(form, entry)?;
                        }
                    }
                    form.wanted[domain][level] = wanted;
                }
            }
        }
        form.units.extend((sets_end..form.chosen.len()).map(|at| (position(at), 1)));
        Ok(())
    }

    fn choose_pilots(&self, stream: &mut KeyStream, form: &mut Scratch) -> Result<(), Setback> {
        if self.pilot_count == 0 {
            return Ok(());
        }
        let mut pilots = std::mem::take(&mut form.pilots);
        pilots.clear();
        pilots.extend(&self.pilots);
        stream.draw_to_front(&mut pilots, self.pilot_count);
        pilots.truncate(self.pilot_count);
        let taken = pilots.iter().try_for_each(|&entry| {
            form.units.push((position(form.chosen.len()), 1));
            form.chosen.push(entry);
            self.take(form, entry)
        });
        form.pilots = pilots;
        taken
    }

    /// Puts an entry on the form, unless an enemy is there already or too much was met before.
    fn take(&self, form: &mut Scratch, entry: u32) -> Result<(), Setback> {
        let facts = &self.entries[entry as usize];
        if facts.enemies.iter().any(|&enemy| form.has(enemy)) {
            return Err(Setback::Enemies);
        }
        form.taken[entry as usize / 64] |= 1 << (entry % 64);
        form.words += u64::from(facts.words);
        form.seen += u64::from(facts.seen);
        if !facts.pilot {
            form.difficulty += u64::from(facts.difficulty);
        }
        match self.shared_items {
            Some(most) if form.seen > u64::from(most) => Err(Setback::SharedItems),
            _ => Ok(()),
        }
    }

    /// The entries of a form in its order: units shuffled, the items of a set in authored order.
    pub(super) fn order<'a>(&self, stream: &mut KeyStream, form: &'a mut Scratch) -> impl Iterator<Item = usize> + 'a {
        let Scratch { units, chosen, .. } = form;
        let count = units.len();
        stream.draw_to_front(units, count);
        units.iter().flat_map(|&(start, length)| {
            chosen[start as usize..(start + length) as usize].iter().map(|&entry| entry as usize)
        })
    }

    /// What a setback is about, in words.
    pub(super) fn describe(&self, setback: Setback) -> String {
        match setback {
            Setback::Thinned => "choices of scenario sets that have few completions".into(),
            Setback::Domain(index) => {
                format!("scenario sets that do not go with the items of domain {}", self.domain_names[index])
            }
            Setback::Level(index) => format!("the range of items at level {}", level_name(ALL_LEVELS[index])),
            Setback::Enemies => "enemies".into(),
            Setback::SharedItems => "items that the candidate met before".into(),
            Setback::Words => "the range of words".into(),
            Setback::Difficulty => "the range of difficulty".into(),
        }
    }
}

/// Forms have at most some thousand items.
fn position(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
