//! Item information under the logistic models of item response theory.

/// Parameters of an item under the three-parameter logistic model, in thousandths; `guessing` 0 makes it the
/// two-parameter model, `discrimination` 1,000 besides the Rasch model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameters {
    /// a, in the logistic metric (D = 1).
    pub discrimination: u32,
    /// b.
    pub difficulty: i32,
    /// c.
    pub guessing: u32,
}

impl Parameters {
    /// Fisher information at an ability (thousandths), in thousandths, rounded to the nearest:
    /// I(θ) = a² · (1 − P)/P · ((P − c)/(1 − c))², with P = c + (1 − c)/(1 + e^(−a(θ − b)))
    /// (Birnbaum, in Lord & Novick 1968, chapter 20; Lord 1980, 5-9).
    pub fn information(self, ability: i32) -> u32 {
        let [a, b, c, ability] =
            [f64::from(self.discrimination), self.difficulty.into(), self.guessing.into(), ability.into()]
                .map(|thousandths: f64| thousandths / 1_000.0);
        let logistic = 1.0 / (1.0 + (-a * (ability - b)).exp());
        let chance = c + (1.0 - c) * logistic;
        let information = a * a * (1.0 - chance) / chance * logistic * logistic;
        // NaN, from parameters that are none, becomes 0.
        (information * 1_000.0).round() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rasch_item_gives_a_quarter_where_ability_meets_difficulty() {
        let rasch = Parameters { discrimination: 1_000, difficulty: 500, guessing: 0 };
        assert_eq!(rasch.information(500), 250);
        assert_eq!(rasch.information(1_500), rasch.information(-500));
    }

    #[test]
    fn guessing_takes_information_away_and_most_of_it_below_the_difficulty() {
        let sure = Parameters { discrimination: 1_200, difficulty: 0, guessing: 0 };
        let guessed = Parameters { guessing: 333, ..sure };
        let lost = |ability| sure.information(ability) - guessed.information(ability);
        assert!(lost(-1_000) > lost(1_000));
    }

    #[test]
    fn parameters_that_are_none_give_nothing() {
        assert_eq!(Parameters { discrimination: u32::MAX, difficulty: i32::MIN, guessing: 1_000 }.information(0), 0);
    }
}
