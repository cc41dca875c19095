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
    progress::{Event, Tell},
    target::{Criterion, worst},
};
pub(crate) use state::{Limits, State};

/// Being off a target by less than this beyond what is proven, in millionths, is not worth a sweep.
const WORTH: u64 = 2_000;
/// After so many sweeps that brought the forms no nearer their targets, they are left as they are.
const MAX_IDLE: u32 = 3;

/// How much is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How often forms that are over a limit are gone through and made anew.
    pub sweeps: u32,
    /// How many forms are made anew at most, over all sweeps: what was best until then is the result.
    pub remade: u32,
    /// With up to so many items, each form chooses among all of them; with more, among the least used of each domain.
    pub whole_pool: usize,
    /// Limits between forms give way at a price. Otherwise they are walls.
    pub give_way: bool,
}

impl Options {
    /// The solver on its own, form after form, with nothing of what this crate adds: for comparison.
    pub const ALONE: Self = Self { sweeps: 0, remade: 0, whole_pool: usize::MAX, give_way: false };
}

impl Default for Options {
    fn default() -> Self {
        Self { sweeps: 40, remade: 2_000, whole_pool: 700, give_way: true }
    }
}

/// What the search works on.
pub(crate) struct Search<'a> {
    pub(crate) prepared: &'a Prepared<'a>,
    pub(crate) criteria: &'a [Criterion],
    pub(crate) verifier: &'a Verifier<'a>,
    /// The rules of each form by itself.
    pub(crate) rules: BTreeSet<&'a Constraint>,
    /// What two forms may share.
    pub(crate) limits: Limits,
    /// Below which deviation, in millionths, nothing can be gained.
    pub(crate) bound: u64,
    pub(crate) options: Options,
    pub(crate) stream: KeyStream,
}

/// A form that the solver could not make, though its rules do not exclude one another.
pub(crate) struct Stuck;

impl Search<'_> {
    /// The best forms that were found. They keep the rules of each form; what they are over the limits between forms is
    /// theirs to tell ([`State::excess`]). `tell` hears of every set of forms that keeps them all and is better than the one
    /// before.
    pub(crate) fn run(&mut self, tell: &mut Tell<'_>) -> Result<State, Stuck> {
        let mut state = State::new(self.prepared, self.limits);
        let forms = self.prepared.forms();
        for form in 0..forms {
            self.make(&mut state, form)?;
            tell(Event::Progress(format!("form {} of {forms}", form + 1)));
        }
        let mut left = self.options.remade;
        let (mut idle, mut best) = (0, None);
        for sweep in 1..=self.options.sweeps {
            let before = self.standing(&state);
            if before.0 == 0 && best.is_none_or(|best| before < best) {
                best = Some(before);
                tell(Event::Better(&state));
            }
            if before == (0, 0) || (before.0 == 0 && idle == MAX_IDLE) || left == 0 {
                break;
            }
            let over =
                if before.0 > 0 { format!(", {} over the limits between forms", before.0) } else { String::new() };
            tell(Event::Progress(format!("{forms} forms, sweep {sweep}{over}")));
            self.sweep(&mut state, &mut left);
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
    /// them up. Where that does not help, two at once. No more than are left to be made.
    fn sweep(&mut self, state: &mut State, left: &mut u32) {
        let before = self.standing(state);
        for form in state.worst_first() {
            if *left > 0 && (state.excess_of(form) > 0 || before.0 == 0) {
                *left -= 1;
                self.anew(state, &[form]);
            }
        }
        if *left > 1 && self.standing(state) == before {
            let order = state.worst_first();
            let forms = u32::try_from(order.len()).unwrap_or(u32::MAX);
            let other = order[self.stream.below(forms) as usize];
            if other != order[0] {
                *left -= 2;
                self.anew(state, &[order[0], other]);
            }
        }
    }

    /// Makes some forms anew, one after another; keeps them unless they are worse, or one of them cannot be made.
    fn anew(&mut self, state: &mut State, forms: &[usize]) {
        let before = self.standing(state);
        let old: Vec<Vec<usize>> = forms.iter().map(|&form| state.take_out(form)).collect();
        let made = forms.iter().all(|&form| self.make(state, form).is_ok());
        if !made || self.standing(state) > before {
            for &form in forms {
                state.take_out(form);
            }
            for (&form, members) in forms.iter().zip(old) {
                state.put(form, members);
            }
        }
    }

    /// Makes one form with the others as they are.
    fn make(&mut self, state: &mut State, form: usize) -> Result<(), Stuck> {
        let members = self.one(state)?;
        state.put(form, members);
        self.polish(state, form);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use assembly::sample;

    use super::*;

    #[test]
    fn a_form_that_cannot_be_made_anew_stays_as_it_was() {
        let mut problem = sample::problem(300, 3, 1);
        problem.blueprint.overlap = Some(80);
        let (prepared, verifier) = (Prepared::new(&problem), Verifier::new(&problem));
        let (criteria, every) = (Criterion::all(&prepared), Constraint::all(&problem));
        // Beside the quota of 8, so that no form is left.
        let impossible = Constraint::Domain { domain: "D1".into(), least: 9, most: 9 };
        let mut search = Search {
            prepared: &prepared,
            criteria: &criteria,
            verifier: &verifier,
            rules: every.iter().collect(),
            limits: Limits { items: 80, sets: u32::MAX },
            bound: 0,
            options: Options { sweeps: 0, ..Options::default() },
            stream: KeyStream::new([1; 32]),
        };
        let Ok(mut state) = search.run(&mut |_| {}) else { panic!("there are such forms") };
        let (before, shared) = (state.forms().to_vec(), state.most_shared());
        search.rules.insert(&impossible);
        assert!(search.one(&state).is_err());
        search.anew(&mut state, &[0]);
        search.anew(&mut state, &[2, 1]);
        assert_eq!((state.forms(), state.most_shared()), (before.as_slice(), shared));
        let mut left = 2;
        search.sweep(&mut state, &mut left);
        assert_eq!((state.forms(), left), (before.as_slice(), 0));
    }
}
