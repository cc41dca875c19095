//! Numbers as their authors wrote them, without rounding.

use std::fmt;

use serde::{Serialize, Serializer};

/// Digits that a number may have, zeros of its exponent written out.
const MAX_DIGITS: usize = 40;

/// A finite decimal number, exact, in its shortest form without an exponent: `-3.14`, `100`, `0`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decimal(String);

impl Decimal {
    /// Zero.
    pub fn zero() -> Self {
        Self("0".to_owned())
    }

    /// One.
    pub fn one() -> Self {
        Self("1".to_owned())
    }

    /// A hundred, the percentage of a full mark.
    pub fn hundred() -> Self {
        Self("100".to_owned())
    }

    /// Reads `12`, `-0.5`, `+.5`, `5.` and `1.5e-3`. `None` for all else, and for numbers of more than 40 digits.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let point = i32::try_from(whole.len()).ok()?.checked_add(exponent)?;
        let leading = digits.len() - digits.trim_start_matches('0').len();
        let significant = digits.trim_matches('0');
        if significant.is_empty() {
            return Some(Self::zero());
        }
        let point = point.checked_sub(i32::try_from(leading).ok()?)?;
        Self::written(negative, significant, point)
    }

    /// The number 0.`significant` × 10^`point`.
    fn written(negative: bool, significant: &str, point: i32) -> Option<Self> {
        let length = usize::try_from(point.unsigned_abs()).ok()?;
        if significant.len() > MAX_DIGITS || length > MAX_DIGITS {
            return None;
        }
        let number = if point <= 0 {
            format!("0.{}{significant}", "0".repeat(length))
        } else if length >= significant.len() {
            format!("{significant}{}", "0".repeat(length - significant.len()))
        } else {
            format!("{}.{}", &significant[..length], &significant[length..])
        };
        Some(Self(if negative { format!("-{number}") } else { number }))
    }

    /// The number in its shortest form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the number is below zero.
    pub fn is_negative(&self) -> bool {
        self.0.starts_with('-')
    }

    /// Whether the number is above zero.
    pub fn is_positive(&self) -> bool {
        !self.is_negative() && self.0 != "0"
    }

    /// The nearest number of 64 bits, to compare magnitudes and to show.
    pub fn to_f64(&self) -> f64 {
        self.0.parse().unwrap_or_default()
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_kept_in_its_shortest_form() {
        for (written, kept) in [
            ("0", "0"),
            ("-0.00", "0"),
            ("007", "7"),
            ("3.1415", "3.1415"),
            ("+2.50", "2.5"),
            (".5", "0.5"),
            ("5.", "5"),
            ("100", "100"),
            ("1.5e3", "1500"),
            ("1.5e-3", "0.0015"),
            ("12345E-2", "123.45"),
            ("-33.33333", "-33.33333"),
            ("0.00120", "0.0012"),
        ] {
            assert_eq!(Decimal::parse(written).map(|number| number.0).as_deref(), Some(kept), "{written}");
        }
    }

    #[test]
    fn what_is_no_number_or_too_long_is_none() {
        let long = "1".repeat(41);
        for text in [
            "",
            "-",
            ".",
            "1..2",
            "1,5",
            "0x10",
            "1e",
            "1e99",
            "1e-99",
            "1e99999999999",
            "inf",
            "NaN",
            " 1",
            "--1",
            &long,
        ] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }
}
