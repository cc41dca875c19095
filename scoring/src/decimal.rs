//! Decimal numbers as people type them, compared exactly.

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;

/// Digits of a number that are read; more are no number that an exam asks for.
const MOST_DIGITS: usize = 18;

/// A decimal number: `digits` · 10^−`scale`.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    digits: i128,
    scale: u32,
}

impl Decimal {
    /// Reads a number: a sign, digits of any script, and a fraction after `.` or `,`. Blanks may part the digits. A comma is
    /// taken for a separator of thousands where it parts groups of three digits, since nobody can tell 1,000 from 1.000.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.nfkc().filter(|c| !c.is_whitespace()).map(ascii).collect();
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(&text)),
        };
        let text = if has_groups(text) { text.replace(',', "") } else { text.replacen(',', ".", 1) };
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let count = whole.len() + fraction.len();
        let are_digits = whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit());
        if !are_digits || count == 0 || count > MOST_DIGITS || text.ends_with('.') {
            return None;
        }
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        let scale = u32::try_from(fraction.len()).ok()?;
        Some(Self { digits: if negative { -digits } else { digits }, scale })
    }

    /// Whether two numbers are no further apart than a third.
    pub fn is_within(self, tolerance: Self, of: Self) -> bool {
        let scale = self.scale.max(of.scale).max(tolerance.scale);
        // At most 18 digits each, shifted by at most 18: below 10^36, which an i128 holds.
        let shifted = |number: Self| number.digits * 10_i128.pow(scale - number.scale);
        (shifted(self) - shifted(of)).abs() <= shifted(tolerance)
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.digits < 0
    }
}

/// As ASCII without separators of thousands: `-1200.50`. [`Decimal::parse`] reads it back.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = self.scale as usize;
        let digits = format!("{:0>width$}", self.digits.unsigned_abs(), width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        let sign = if self.digits < 0 { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{fraction}")
    }
}

/// Digits and signs of other scripts as ASCII.
fn ascii(c: char) -> char {
    match c {
        '\u{2212}' | '\u{2010}'..='\u{2013}' => '-',
        // Arabic decimal and thousands separators.
        '\u{66b}' => '.',
        '\u{66c}' => ',',
        '\u{660}'..='\u{669}' => digit(c, 0x660),
        '\u{6f0}'..='\u{6f9}' => digit(c, 0x6f0),
        '\u{966}'..='\u{96f}' => digit(c, 0x966),
        _ => c,
    }
}

fn digit(c: char, zero: u32) -> char {
    char::from_digit(u32::from(c) - zero, 10).unwrap_or(c)
}

/// Whether commas part groups of three digits: 1,000 and 12,345,678.9, but neither 0,125 nor 1,00.
fn has_groups(text: &str) -> bool {
    let whole = text.split('.').next().unwrap_or_default();
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    rest.peek().is_some()
        && (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && rest.all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        Decimal::parse(text).unwrap_or_else(|| panic!("{text:?} is a number"))
    }

    fn are_equal(one: &str, other: &str) -> bool {
        number(one).is_within(number("0"), number(other))
    }

    #[test]
    fn one_number_has_many_spellings() {
        for (one, other) in [
            ("0.50", ".5"),
            ("0,5", "0.5"),
            ("-3", "\u{2212}3.0"),
            ("+12 000", "12,000"),
            ("1,234,567.8", "1234567.80"),
            ("٣٫١٤", "3.14"),
            ("３．５", "3.5"),
            ("0,125", "0.125"),
            ("-0", "0"),
        ] {
            assert!(are_equal(one, other), "{one} = {other}");
        }
        assert!(!are_equal("1,000", "1.000"));
        assert!(!are_equal("-1", "1"));
    }

    #[test]
    fn every_spelling_is_written_plainly_and_read_back() {
        for (spelling, plain) in [
            ("1,000", "1000"),
            ("12 000", "12000"),
            ("\u{2212}3,50", "-3.50"),
            ("٣٫١٤", "3.14"),
            ("1,234,567.8", "1234567.8"),
            (".05", "0.05"),
            ("-0", "0"),
            ("0,125", "0.125"),
            ("999999999999999999", "999999999999999999"),
        ] {
            assert_eq!(number(spelling).to_string(), plain);
            assert!(are_equal(spelling, plain), "{spelling}");
        }
    }

    #[test]
    fn tolerance_is_exact_and_its_edge_belongs_to_it() {
        let within = |one: &str, other: &str, by: &str| number(one).is_within(number(by), number(other));
        assert!(within("0.3", "0.1", "0.2"));
        assert!(!within("0.30000000000000001", "0.1", "0.2"));
        assert!(within("999999999999999999", "0", "999999999999999999"));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in
            ["", "-", ".", "1.", "1.2.3", "1,2,3", "1e5", "0x10", "12a", "1234567890123456789", "½5", "1,0000,0"]
        {
            assert!(Decimal::parse(text).is_none(), "{text:?}");
        }
    }
}
