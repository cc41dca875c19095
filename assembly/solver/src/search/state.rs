//! Forms under construction, and what they share.

use crate::prepared::Prepared;

/// Some forms, by the entries that stand on them.
#[derive(Clone, Debug)]
pub(crate) struct State {
    /// Of each form, its entries, ascending; empty while it is not made.
    forms: Vec<Vec<usize>>,
    /// Of each form, whether an entry stands on it.
    on: Vec<Vec<bool>>,
    /// On how many forms each entry stands.
    uses: Vec<u32>,
    /// On how many it may.
    room: Vec<u32>,
    /// How many items each two forms share.
    shared: Vec<Vec<u32>>,
    /// The scenario set of each entry that has one.
    set_of: Vec<Option<usize>>,
    /// Of each form, how many entries of each scenario set stand on it.
    of_set: Vec<Vec<u32>>,
    /// How many scenario sets each two forms share.
    shared_sets: Vec<Vec<u32>>,
    /// How much they may share.
    limits: Limits,
}

/// What two forms may share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) items: u32,
    pub(crate) sets: u32,
}

impl State {
    pub(crate) fn new(prepared: &Prepared<'_>, limits: Limits) -> Self {
        let (forms, entries) = (prepared.forms(), prepared.entries.len());
        Self {
            forms: vec![Vec::new(); forms],
            on: vec![vec![false; entries]; forms],
            uses: vec![0; entries],
            room: prepared.entries.iter().map(|entry| entry.room.min(entry.share)).collect(),
            shared: vec![vec![0; forms]; forms],
            set_of: prepared.entries.iter().map(|entry| entry.set).collect(),
            of_set: vec![vec![0; prepared.sets.len()]; forms],
            shared_sets: vec![vec![0; forms]; forms],
            limits,
        }
    }

    pub(crate) fn forms(&self) -> &[Vec<usize>] {
        &self.forms
    }

    pub(crate) fn has(&self, form: usize, entry: usize) -> bool {
        self.on[form][entry]
    }

    pub(crate) fn uses(&self, entry: usize) -> u32 {
        self.uses[entry]
    }

    /// Whether one more form may use an entry.
    pub(crate) fn has_room(&self, entry: usize) -> bool {
        self.uses[entry] < self.room[entry]
    }

    pub(crate) fn shared(&self, one: usize, other: usize) -> u32 {
        self.shared[one][other]
    }

    /// Puts a form in the empty place.
    pub(crate) fn put(&mut self, form: usize, mut members: Vec<usize>) {
        members.sort_unstable();
        for &entry in &members {
            self.enter(form, entry);
        }
        self.forms[form] = members;
    }

    /// Empties a place.
    pub(crate) fn take_out(&mut self, form: usize) -> Vec<usize> {
        let members = std::mem::take(&mut self.forms[form]);
        for &entry in &members {
            self.leave(form, entry);
        }
        members
    }

    /// Puts one entry in the place of another.
    pub(crate) fn swap(&mut self, form: usize, out: usize, into: usize) {
        self.leave(form, out);
        self.enter(form, into);
        self.forms[form].retain(|&entry| entry != out);
        let at = self.forms[form].partition_point(|&entry| entry < into);
        self.forms[form].insert(at, into);
    }

    fn enter(&mut self, form: usize, entry: usize) {
        self.on[form][entry] = true;
        self.uses[entry] += 1;
        for other in (0..self.on.len()).filter(|&other| other != form) {
            if self.on[other][entry] {
                self.shared[form][other] += 1;
                self.shared[other][form] += 1;
            }
        }
        if let Some(set) = self.set_of[entry] {
            self.of_set[form][set] += 1;
            if self.of_set[form][set] == 1 {
                for other in self.others_with(form, set) {
                    self.shared_sets[form][other] += 1;
                    self.shared_sets[other][form] += 1;
                }
            }
        }
    }

    fn leave(&mut self, form: usize, entry: usize) {
        self.on[form][entry] = false;
        self.uses[entry] -= 1;
        for other in (0..self.on.len()).filter(|&other| other != form) {
            if self.on[other][entry] {
                self.shared[form][other] -= 1;
                self.shared[other][form] -= 1;
            }
        }
        if let Some(set) = self.set_of[entry] {
            self.of_set[form][set] -= 1;
            if self.of_set[form][set] == 0 {
                for other in self.others_with(form, set) {
                    self.shared_sets[form][other] -= 1;
                    self.shared_sets[other][form] -= 1;
                }
            }
        }
    }

    fn others_with(&self, form: usize, set: usize) -> Vec<usize> {
        (0..self.of_set.len()).filter(|&other| other != form && self.of_set[other][set] > 0).collect()
    }

    /// The scenario sets of a form.
    pub(crate) fn sets_of(&self, form: usize) -> impl Iterator<Item = usize> {
        self.of_set[form].iter().enumerate().filter(|(_, count)| **count > 0).map(|(set, _)| set)
    }

    /// By how much the limits between forms are broken, all together: items and scenario sets too many.
    pub(crate) fn excess(&self) -> u64 {
        let pairs = (0..self.forms.len()).flat_map(|form| (0..form).map(move |other| (form, other)));
        let shared: u64 = pairs.map(|(form, other)| self.over(form, other)).sum();
        let uses = self.uses.iter().zip(&self.room).map(|(uses, room)| u64::from(uses.saturating_sub(*room)));
        shared + uses.sum::<u64>()
    }

    /// In how much of that a form has a part.
    pub(crate) fn excess_of(&self, form: usize) -> u64 {
        let shared: u64 = (0..self.forms.len()).map(|other| self.over(form, other)).sum();
        let uses = self.forms[form].iter().filter(|&&entry| self.uses[entry] > self.room[entry]).count();
        shared + uses as u64
    }

    /// By how much two forms share more than they may.
    fn over(&self, form: usize, other: usize) -> u64 {
        let items = self.shared[form][other].saturating_sub(self.limits.items);
        let sets = self.shared_sets[form][other].saturating_sub(self.limits.sets);
        u64::from(items) + u64::from(sets)
    }

    /// The forms, those that are most over the limits first.
    pub(crate) fn worst_first(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.forms.len()).collect();
        order.sort_by_key(|&form| (std::cmp::Reverse(self.excess_of(form)), form));
        order
    }

    /// The most that two forms share.
    pub(crate) fn most_shared(&self) -> u32 {
        self.shared.iter().flatten().copied().max().unwrap_or(0)
    }
}
