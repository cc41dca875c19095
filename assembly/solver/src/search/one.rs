//! One form by branch and bound.

use highs::Col;

use crate::{
    milp::{Answer, Effort, Model},
    rows::{self, Of},
};

use super::{
    Search, State, Stuck,
    columns::{FIRST_SHARE, Offer},
};

/// What it costs to take an item that another form has taken.
const USED: f64 = 200.0;
/// What it costs to take an item that an earlier set of forms has used; counted up to ten times.
const USED_EARLIER: f64 = 10.0;
/// Costs below this are drawn for each item, so that equal choices are made by the seed.
const CHANCE: u32 = 100;
/// What each item costs by which a limit between forms is broken.
const OVER: f64 = 20_000.0;
/// How far a form may be off its targets at no cost, as one part in so many; [`Search::polish`] takes it from there.
const BAND: f64 = 300.0;
/// What it costs to be off by the whole target.
const OFF: f64 = 4_000_000.0;
/// Branch-and-bound nodes of the first round, and of any. A form that takes more than these is not worth the wait: the rules
/// leave next to nothing, and whoever wrote them is told so.
const FIRST_NODES: i32 = 200;
const MAX_NODES: i32 = 20_000;
/// How often one form is tried.
const MAX_ROUNDS: u32 = 10;
/// How much dearer than the cheapest a form may be: a few uses, and never an item over a limit.
const SLACK: f64 = 600.0;

impl Search<'_> {
    /// A form that keeps the rules of a form, and those between forms as far as it goes.
    pub(super) fn one(&mut self, state: &State) -> Result<Vec<usize>, Stuck> {
        let mut share = FIRST_SHARE;
        let mut nodes = FIRST_NODES;
        // Each round offers more items, and at the end more steps.
        for _ in 0..MAX_ROUNDS {
            let offer = self.offer(state, share);
            let (answer, columns) = self.solve(state, &offer, nodes);
            match answer {
                Answer::Found { columns: values, .. } => {
                    // Near 1 is 1. A solver may also say 0.5; whether it is a form is for the verifier to say.
                    let chosen = columns.iter().filter(|(_, col)| values[*col] > 0.5);
                    let form: Vec<usize> = chosen.map(|(at, _)| *at).collect();
                    let items =
                        form.iter().map(|&at| self.prepared.problem.items[self.prepared.entries[at].item].id.as_str());
                    if self.verifier.form("", items).is_empty() {
                        return Ok(form);
                    }
                }
                Answer::Infeasible if offer.whole => return Err(Stuck),
                Answer::Infeasible => share *= 3,
                Answer::Unknown if offer.whole && nodes == MAX_NODES => return Err(Stuck),
                Answer::Unknown => {
                    share *= 2;
                    nodes = (nodes * 4).min(MAX_NODES);
                }
            }
        }
        Err(Stuck)
    }

    fn solve(&mut self, state: &State, offer: &Offer, nodes: i32) -> (Answer, Vec<(usize, usize)>) {
        let prepared = self.prepared;
        let mut model = Model::default();
        let least = offer.entries.iter().map(|&at| state.uses(at)).min().unwrap_or(0);
        let costs: Vec<(usize, f64)> = offer
            .entries
            .iter()
            .map(|&at| {
                let earlier = prepared.problem.items[prepared.entries[at].item].used.min(10);
                let over = if state.has_room(at) { 0.0 } else { OVER };
                let used = f64::from(state.uses(at) - least) * USED + f64::from(earlier) * USED_EARLIER;
                (at, used + over + f64::from(self.stream.below(CHANCE)))
            })
            .collect();
        let columns = rows::add(&mut model, prepared, Of::OneForm, &self.rules, costs, &offer.sets);
        let most_over = if self.options.give_way { f64::INFINITY } else { 0.0 };
        for (other, members) in state.forms().iter().enumerate().filter(|(_, members)| !members.is_empty()) {
            let items: Vec<Col> = members.iter().filter_map(|&at| columns.of(at)).collect();
            let sets: Vec<Col> = state.sets_of(other).filter_map(|set| columns.sets[set]).collect();
            for (shared, limit) in [(items, self.limits.items), (sets, self.limits.sets)] {
                if shared.len() > limit as usize {
                    let over = model.continuous(OVER, most_over);
                    let terms = shared.into_iter().map(|col| (col, 1.0)).chain([(over, -1.0)]);
                    model.row(f64::NEG_INFINITY, limit.into(), terms);
                }
            }
        }
        for criterion in self.criteria {
            let target = criterion.target as f64;
            let band = target * (1.0 / BAND + self.bound as f64 / 1e6);
            let off = model.continuous(OFF / target, f64::INFINITY);
            let terms = || columns.items.iter().map(|&(at, col)| (col, criterion.values[at] as f64));
            model.row(f64::NEG_INFINITY, target + band, terms().chain([(off, -1.0)]));
            model.row(target - band, f64::INFINITY, terms().chain([(off, 1.0)]));
        }
        // HiGHS takes seeds up to 2^31 − 1.
        let seed = i32::try_from(self.stream.below(i32::MAX.unsigned_abs())).unwrap_or(0);
        let answer = model.solve(Effort { nodes, slack: SLACK, seed });
        (answer, columns.items.into_iter().map(|(at, col)| (at, col.index())).collect())
    }
}
