//! What is drawn while an item is made of its template, or scored.

/// Mulberry32 (T. Ettinger, public domain): 32 bits of state, so that a seed is one number.
///
/// It draws variants of items, never forms: those have a procedure of their own.
pub(super) struct Random(u32);

impl Random {
    pub(super) fn new(seed: u32) -> Self {
        Self(seed)
    }

    /// At least 0 and less than 1.
    pub(super) fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x6d2b_79f5);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 15)).wrapping_mul(mixed | 1);
        mixed ^= mixed.wrapping_add((mixed ^ (mixed >> 7)).wrapping_mul(mixed | 61));
        f64::from(mixed ^ (mixed >> 14)) / 4_294_967_296.0
    }

    /// Less than `bound`; 0 if there is nothing less.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        #[expect(clippy::cast_precision_loss, reason = "bounds beyond 2^53 only lose evenness")]
        let scaled = self.unit() * bound as f64;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at least 0, and less than the bound"
        )]
        let drawn = scaled as u64;
        drawn.min(bound.saturating_sub(1))
    }
}
