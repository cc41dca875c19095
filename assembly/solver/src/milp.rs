//! A mixed-integer model handed to HiGHS: one thread, a fixed seed, limits in nodes and never in seconds, so that the
//! same model gives the same answer.

use highs::{Col, HighsModelStatus, HighsSolutionStatus, RowProblem, Sense};

/// A model under construction; its objective is minimised.
#[derive(Default)]
pub(crate) struct Model {
    problem: RowProblem,
    integer: bool,
    /// A row without terms that cannot hold.
    impossible: bool,
}

/// How far a search goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    /// Branch-and-bound nodes.
    pub(crate) nodes: i32,
    /// How far above the best its answer may be.
    pub(crate) slack: f64,
    /// HiGHS's random seed.
    pub(crate) seed: i32,
}

impl Effort {
    /// To the end.
    pub(crate) const FULL: Self = Self { nodes: i32::MAX, slack: 1e-6, seed: 0 };
}

/// What the solver says. Its numbers are near what they stand for: nothing is taken on trust.
#[derive(Debug)]
pub(crate) enum Answer {
    /// No assignment meets the rows.
    Infeasible,
    /// An assignment, and a value that no assignment goes below.
    Found {
        /// One value a column.
        columns: Vec<f64>,
        /// What no assignment goes below.
        bound: f64,
    },
    /// Neither, within the limits.
    Unknown,
}

impl Model {
    /// A column of value 0 or 1.
    pub(crate) fn binary(&mut self, cost: f64) -> Col {
        self.integer = true;
        self.problem.add_integer_column(cost, 0..=1)
    }

    /// A column of any value from 0 to `most`.
    pub(crate) fn continuous(&mut self, cost: f64, most: f64) -> Col {
        self.problem.add_column(cost, 0.0..=most)
    }

    /// The terms add up to `least` to `most`; either may be infinite.
    pub(crate) fn row(&mut self, least: f64, most: f64, terms: impl IntoIterator<Item = (Col, f64)>) {
        let terms: Vec<_> = terms.into_iter().collect();
        self.impossible |= terms.is_empty() && !(least..=most).contains(&0.0);
        self.problem.add_row(least..=most, terms);
    }

    /// Solves it.
    pub(crate) fn solve(self, effort: Effort) -> Answer {
        if self.impossible {
            return Answer::Infeasible;
        }
        let Ok(mut model) = self.problem.try_optimise(Sense::Minimise) else { return Answer::Unknown };
        let options = model.try_set_option("threads", 1).is_ok()
            && model.try_set_option("parallel", "off").is_ok()
            && model.try_set_option("random_seed", effort.seed).is_ok()
            && model.try_set_option("mip_max_nodes", effort.nodes).is_ok()
            && model.try_set_option("mip_rel_gap", 0.0).is_ok()
            && model.try_set_option("mip_abs_gap", effort.slack).is_ok();
        let (true, Ok(solved)) = (options, model.try_solve()) else { return Answer::Unknown };
        match solved.status() {
            HighsModelStatus::Infeasible | HighsModelStatus::UnboundedOrInfeasible => Answer::Infeasible,
            _ if solved.primal_solution_status() != HighsSolutionStatus::Feasible => Answer::Unknown,
            status => {
                let objective = solved.objective_value();
                // HiGHS leaves it at 0 where nothing is integer.
                let dual = solved.double_info_value(c"mip_dual_bound").ok().filter(|_| self.integer);
                let bound = match (dual, status) {
                    (Some(dual), _) => dual.min(objective),
                    (None, HighsModelStatus::Optimal) => objective,
                    (None, _) => f64::NEG_INFINITY,
                };
                Answer::Found { columns: solved.get_solution().columns().to_vec(), bound }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_of_a_knapsack_is_found_and_the_impossible_is_called_so() {
        let knapsack = |least: f64| {
            let mut model = Model::default();
            let columns: Vec<_> = [5.0, 4.0, 3.0].map(|worth| model.binary(-worth)).into();
            model.row(least, 3.0, columns.iter().copied().zip([2.0, 3.0, 1.0]));
            model.solve(Effort::FULL)
        };
        let Answer::Found { columns, bound } = knapsack(0.0) else { panic!() };
        assert_eq!(columns.iter().map(|value| value.round()).collect::<Vec<_>>(), [1.0, 0.0, 1.0]);
        assert!((bound + 8.0).abs() < 1e-6, "{bound}");
        assert!(matches!(knapsack(7.0), Answer::Infeasible));
    }
}
