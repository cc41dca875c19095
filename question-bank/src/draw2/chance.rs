//! Yes or no, and one of several, with given odds: exact whole numbers, one word of the key stream as a rule.

use num_bigint::BigUint;

use crate::draw::KeyStream;

/// Odds as a part of 2^64 − 1: 0 is never, `u64::MAX` always.
pub(super) type Odds = u64;

/// floor((2^64 − 1) · part / whole). `whole` is not 0 and not less than `part`.
pub(super) fn odds(part: &BigUint, whole: &BigUint) -> Odds {
    u64::try_from(part * u64::MAX / whole).unwrap_or(u64::MAX)
}

/// For each of several weights, the odds that it or an earlier one is meant; the last is `u64::MAX`.
pub(super) fn shares(weights: &[BigUint]) -> Vec<Odds> {
    let whole: BigUint = weights.iter().sum();
    let mut so_far = BigUint::ZERO;
    let mut share = |weight| {
        so_far += weight;
        odds(&so_far, &whole)
    };
    weights.iter().map(&mut share).collect()
}

impl KeyStream {
    /// Whether what has these odds happens. A second word is taken only where the first is the odds' upper half.
    pub(super) fn coin(&mut self, odds: Odds) -> bool {
        if odds == 0 || odds == Odds::MAX {
            return odds != 0;
        }
        let word = u64::from(self.word());
        word < odds >> 32 || (word == odds >> 32 && u64::from(self.word()) < odds & 0xffff_ffff)
    }

    /// One of several by their [`shares`]: the first whose share is greater than the next two words. Of one, no word is
    /// taken.
    pub(super) fn pick(&mut self, shares: &[Odds]) -> usize {
        let last = shares.len().saturating_sub(1);
        if last == 0 {
            return 0;
        }
        let high = u64::from(self.word());
        let number = high << 32 | u64::from(self.word());
        shares.iter().position(|&share| number < share).unwrap_or(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_of_nothing_and_of_everything_take_no_word() {
        let (mut one, mut other) = (KeyStream::new([1; 32]), KeyStream::new([1; 32]));
        let seven = BigUint::from(7_u32);
        assert!(one.coin(odds(&seven, &seven)) && !one.coin(odds(&BigUint::ZERO, &seven)));
        assert_eq!(one.pick(&shares(&[seven])), 0);
        assert_eq!(one.word(), other.word());
    }

    #[test]
    fn coins_and_picks_come_up_as_often_as_their_odds_say() {
        let weights: Vec<BigUint> = [1_u32, 0, 2, 3].map(BigUint::from).into();
        let shares = shares(&weights);
        let third = odds(&BigUint::from(1_u32), &BigUint::from(3_u32));
        let mut stream = KeyStream::new([2; 32]);
        let (mut yes, mut counts) = (0_u32, [0_u32; 4]);
        for _ in 0..30_000 {
            yes += u32::from(stream.coin(third));
            counts[stream.pick(&shares)] += 1;
        }
        assert!(yes.abs_diff(10_000) < 400, "{yes}");
        assert!(counts.into_iter().zip([5_000, 0, 10_000, 15_000]).all(|(n, is)| n.abs_diff(is) < 400), "{counts:?}");
    }
}
