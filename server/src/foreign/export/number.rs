//! Decimal numbers of item files as the floats that QTI has.

use ::scoring::Decimal;

/// The float that is a decimal number exactly, in that its shortest decimal form is the number; so it is with any of up to
/// 15 digits.
///
/// # Errors
/// A sentence if there is none.
pub(super) fn exact(text: &str) -> Result<f64, String> {
    let number = Decimal::parse(text).ok_or_else(|| format!("{text:?} is no decimal number"))?;
    let float: f64 = number.to_string().parse().map_err(|_| format!("{text:?} is no decimal number"))?;
    let zero = Decimal::parse("0");
    // Written without an exponent.
    let back = Decimal::parse(&format!("{float}"));
    let is_exact = zero.zip(back).is_some_and(|(zero, back)| back.is_within(zero, number));
    is_exact
        .then_some(float)
        .ok_or_else(|| format!("{text:?} has more digits than the numbers of QTI keep: write it with at most 15"))
}

#[cfg(test)]
mod tests {
    use super::exact;

    #[test]
    fn every_spelling_that_a_bank_takes_is_the_number_that_it_is_there() {
        for (text, float) in [
            ("1,000", 1000.0),
            ("12 000", 12_000.0),
            ("\u{2212}3", -3.0),
            ("\u{663}\u{66b}\u{662}\u{665}", 3.25),
            ("1,234,567.8", 1_234_567.8),
            ("0,125", 0.125),
            ("0.00000001", 1e-8),
            ("100000000000000000", 1e17),
        ] {
            assert_eq!(exact(text), Ok(float), "{text}");
        }
        for text in ["0.30000000000000001", "123456789012345678", "9007199254740993"] {
            assert!(exact(text).is_err_and(|why| why.contains(text)), "{text}");
        }
    }
}
