//! Elementary symmetric sums: the weight of all ways to choose r of n entries, and from them one way with the right
//! chance (conditional Poisson sampling; Chen, Dempster and Liu, Biometrika 81, 1994, procedure 5).

use num_bigint::BigUint;

use super::chance::{Odds, odds};

/// The sums of two lists of entries taken together.
pub(super) fn together(one: &[BigUint], other: &[BigUint], most: usize) -> Vec<BigUint> {
    let longest = (one.len() + other.len() - 1).min(most + 1);
    let sum = |r: usize| -> BigUint { (0..=r).filter_map(|i| Some(one.get(i)? * other.get(r - i)?)).sum() };
    (0..longest).map(sum).collect()
}

/// How to choose a number of entries from a list, looking at one after another.
#[derive(Clone, Debug)]
pub(super) struct Selection {
    width: usize,
    odds: Vec<Odds>,
    /// The weights of all choices of 0, 1, … entries together: each choice weighs the product of its entries.
    pub(super) sums: Vec<BigUint>,
}

impl Selection {
    /// For choices of up to `most` entries of these weights.
    pub(super) fn new(weights: &[BigUint], most: usize) -> Self {
        let width = most.min(weights.len()) + 1;
        let mut sums = vec![BigUint::ZERO; width];
        sums[0] = BigUint::from(1_u32);
        let mut table = vec![0; weights.len() * width];
        for (at, weight) in weights.iter().enumerate().rev() {
            // Downwards, so that `sums[r - 1]` is still that of the entries behind.
            for r in (1..width).rev() {
                let with = &sums[r - 1] * weight;
                if with != BigUint::ZERO {
                    sums[r] += &with;
                    table[at * width + r] = odds(&with, &sums[r]);
                }
            }
        }
        Self { width, odds: table, sums }
    }

    /// The odds that the entry at this place is chosen, where `wanted` are still to be chosen from it on.
    #[inline]
    pub(super) fn odds(&self, at: usize, wanted: usize) -> Odds {
        self.odds[at * self.width + wanted]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn big(numbers: &[u32]) -> Vec<BigUint> {
        numbers.iter().copied().map(BigUint::from).collect()
    }

    #[test]
    fn sums_are_those_of_the_products() {
        assert_eq!(Selection::new(&big(&[2, 3, 5]), 9).sums, big(&[1, 10, 31, 30]));
        assert_eq!(Selection::new(&big(&[1; 6]), 3).sums, big(&[1, 6, 15, 20]));
        assert_eq!(together(&big(&[1, 2]), &big(&[1, 8, 15]), 2), big(&[1, 10, 31]));
    }
}
