//! Form after form by branch and bound, each with the others in view, until nothing is over its limit.
//!
//! All forms in one model are too many columns; one form after another runs into a trap, where the last ones find their
//! items used up. So limits between forms give way at a price, the least used items come first, and forms that are over a
//! limit are made anew while the others stand.

mod columns;
mod one;
mod polish;
mod state;

use std::collections::BTreeSet;

use assembly::{Constraint, Verifier};
use question_bank::draw::KeyStream;

use crate::{
    prepared::Prepared,
    target::{Criterion, worst},
};
pub(crate) use state::State;

/// Being off a target by less than this beyond what is proven, in millionths, is not worth a sweep.
const WORTH: u64 = 2_000;
/// After so many sweeps that brought the forms no nearer their targets, they are left as they are.
const MAX_IDLE: u32 = 3;

/// How much is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How often forms that are over a limit are gone through and made anew.
    pub sweeps: u32,
    /// With up to so many items, each form chooses among all of them; with more, among the least used of each domain.
    pub whole_pool: usize,
    /// Limits between forms give way at a price. Otherwise they are walls.
    pub give_way: bool,
}

impl Options {
    /// The solver on its own, form after form, with nothing of what this crate adds: for comparison.
    pub const ALONE: Self = Self { sweeps: 0, whole_pool: usize::MAX, give_way: false };
}

impl Default for Options {
    fn default() -> Self {
        Self { sweeps: 40, whole_pool: 700, give_way: true }
    }
}

/// What the search works on.
pub(crate) struct Search<'a> {
    pub(crate) prepared: &'a Prepared<'a>,
    pub(crate) criteria: &'a [Criterion],
    pub(crate) verifier: &'a Verifier<'a>,
    /// The rules of each form by itself.
    pub(crate) rules: BTreeSet<&'a Constraint>,
    /// The most items that two forms may share.
    pub(crate) overlap: u32,
    /// Below which deviation, in millionths, nothing can be gained.
    pub(crate) bound: u64,
    pub(crate) options: Options,
    pub(crate) stream: KeyStream,
}

/// A form that the solver could not make, though its rules do not exclude one another.
pub(crate) struct Stuck;

impl Search<'_> {
    /// The best forms that were found. They keep the rules of each form; what they are over the limits between forms is
    /// theirs to tell ([`State::excess`]).
    pub(crate) fn run(&mut self) -> Result<State, Stuck> {
        let mut state = State::new(self.prepared, self.overlap);
        for form in 0..self.prepared.forms() {
            self.make(&mut state, form)?;
        }
        let mut idle = 0;
        for _ in 0..self.options.sweeps {
            let before = self.standing(&state);
            if before == (0, 0) || (before.0 == 0 && idle == MAX_IDLE) {
                break;
            }
            self.sweep(&mut state)?;
            idle = if self.standing(&state) < before { 0 } else { idle + 1 };
        }
        Ok(state)
    }

    /// How far the forms are over the limits between them, and then how far the worst is off its targets beyond what is
    /// worth a sweep.
    fn standing(&self, state: &State) -> (u64, u64) {
        let worst = state.forms().iter().map(|form| worst(self.criteria, form)).max().unwrap_or(0);
        (state.excess(), worst.saturating_sub(self.bound + WORTH))
    }

    /// Makes each form that is over a limit anew; if none is, each of them, so that those with good items to spare give
    /// them up. Where that does not help, two at once.
    fn sweep(&mut self, state: &mut State) -> Result<(), Stuck> {
        let before = self.standing(state);
        for form in state.worst_first() {
            if state.excess_of(form) > 0 || before.0 == 0 {
                self.anew(state, &[form])?;
            }
        }
        if self.standing(state) == before {
            let order = state.worst_first();
            let forms = u32::try_from(order.len()).unwrap_or(u32::MAX);
            let other = order[self.stream.below(forms) as usize];
            if other != order[0] {
                self.anew(state, &[order[0], other])?;
            }
        }
        Ok(())
    }

    /// Makes some forms anew, one after another; keeps them unless they are worse.
    fn anew(&mut self, state: &mut State, forms: &[usize]) -> Result<(), Stuck> {
        let before = self.standing(state);
        let old: Vec<Vec<usize>> = forms.iter().map(|&form| state.take_out(form)).collect();
        for &form in forms {
            self.make(state, form)?;
        }
        if self.standing(state) > before {
            for &form in forms {
                state.take_out(form);
            }
            for (&form, members) in forms.iter().zip(old) {
                state.put(form, members);
            }
        }
        Ok(())
    }

    /// Makes one form with the others as they are.
    fn make(&mut self, state: &mut State, form: usize) -> Result<(), Stuck> {
        let members = self.one(state)?;
        state.put(form, members);
        self.polish(state, form);
        Ok(())
    }
}
