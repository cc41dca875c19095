//! Numbers that are typed.

use interchange::{Decimal, NumberRange, Numeric};

use super::{super::draft, Maker, rationale};

impl Maker<'_, '_> {
    pub(super) fn number(&mut self, numeric: &Numeric, id: &str) -> draft::Gap {
        let notes = &mut *self.writer.notes;
        let mut gap = draft::Gap { id: id.to_owned(), ..draft::Gap::default() };
        for accepted in &numeric.accepted {
            if accepted.fraction != Decimal::hundred() {
                if accepted.fraction != Decimal::zero() {
                    notes.partial(self.choices, "some numbers give a part of the points, or take some away");
                } else if !accepted.feedback.is_empty() {
                    notes.lose("feedback on wrong answers");
                }
                continue;
            }
            let near = match &accepted.range {
                NumberRange::Near { value, tolerance } => Some((value.to_string(), tolerance.to_string())),
                NumberRange::Between { low, high } => middle(low.as_str(), high.as_str()),
                NumberRange::Any => None,
            };
            match near {
                _ if gap.number.is_some() => notes.fault("several numbers are right; a gap has one, with a tolerance"),
                Some((number, tolerance)) => {
                    gap.number = Some(number);
                    gap.tolerance = Some(tolerance).filter(|tolerance| tolerance != "0");
                    gap.rationale = rationale(&accepted.feedback);
                }
                None => notes.fault("the range of right numbers cannot be written as a number with a tolerance"),
            }
        }
        gap
    }
}

/// The middle of two decimals, and how far it is from them; exact.
fn middle(low: &str, high: &str) -> Option<(String, String)> {
    let places = |text: &str| text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let scale = places(low).max(places(high));
    let scaled = |text: &str| -> Option<i128> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = format!("{whole}{fraction}{}", "0".repeat(scale - fraction.len()));
        (digits.len() < 30).then(|| digits.parse().ok())?
    };
    let (low, high) = (scaled(low)?, scaled(high)?);
    // Half of a number is five tenths of it.
    let written = |number: i128| {
        let digits = format!("{:0>width$}", number.unsigned_abs(), width = scale + 2);
        let (whole, fraction) = digits.split_at(digits.len() - scale - 1);
        let text = format!("{}{whole}.{fraction}", if number < 0 { "-" } else { "" });
        Decimal::parse(&text).map(|decimal| decimal.to_string())
    };
    Some((written((low + high) * 5)?, written((high - low) * 5)?))
}

#[cfg(test)]
mod tests {
    use super::middle;

    #[test]
    fn a_range_is_its_middle_and_half_its_width() {
        let near = |low, high| middle(low, high).unwrap();
        assert_eq!(near("1", "5"), ("3".into(), "2".into()));
        assert_eq!(near("-0.5", "0.25"), ("-0.125".into(), "0.375".into()));
        assert_eq!(near("2", "2"), ("2".into(), "0".into()));
    }
}
