//! Numbers as QTI writes and rounds them.

/// An integer (xs:integer that fits 64 bits).
pub(crate) fn integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// A float (xs:double): decimal, with or without exponent, or `INF`, `-INF`, `NaN`.
pub(crate) fn float(text: &str) -> Option<f64> {
    match text {
        "INF" | "+INF" => return Some(f64::INFINITY),
        "-INF" => return Some(f64::NEG_INFINITY),
        "NaN" => return Some(f64::NAN),
        _ => {}
    }
    let known = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E');
    text.bytes().all(known).then(|| text.parse().ok()).flatten()
}

/// A float as text that [`float`] reads back to the same number: the shortest there is.
pub(crate) fn float_text(number: f64) -> String {
    match number {
        f64::INFINITY => "INF".to_owned(),
        f64::NEG_INFINITY => "-INF".to_owned(),
        _ if number.is_nan() => "NaN".to_owned(),
        _ if number != 0.0 && (number.abs() < 1e-7 || number.abs() >= 1e21) => format!("{number:e}"),
        _ => format!("{number}"),
    }
}

/// How a number is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundingMode {
    /// To so many significant figures; at least one.
    SignificantFigures,
    /// To so many places after the point.
    DecimalPlaces,
}

/// A number rounded on its decimal digits, half away from zero.
///
/// The digits are those of the shortest decimal that means this number, since they are what an author or a candidate
/// wrote: 3.175 to three figures is 3.18, although the nearest binary number lies below it.
/// (QTI 2.2 and 3.0, `roundTo`: «if the deciding digit is greater than or equal to 5, round up the previous digit».)
///
/// `None` if the figures are no number of figures, or the number is NaN; infinite numbers stay as they are.
pub(crate) fn round(number: f64, mode: RoundingMode, figures: i64) -> Option<f64> {
    let least = if mode == RoundingMode::SignificantFigures { 1 } else { 0 };
    if figures < least || number.is_nan() {
        return None;
    }
    if number.is_infinite() || number == 0.0 {
        return Some(number);
    }
    // 17 digits tell all doubles apart, 400 places reach beyond the smallest.
    let figures = i32::try_from(figures.min(400)).ok()?;
    let written = format!("{:e}", number.abs());
    let (digits, exponent) = written.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let digits: Vec<u8> = digits.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
    let keep = match mode {
        RoundingMode::SignificantFigures => figures,
        RoundingMode::DecimalPlaces => exponent + 1 + figures,
    };
    let Ok(keep) = usize::try_from(keep) else { return Some(0.0) };
    if keep >= digits.len() {
        return Some(number);
    }
    // A digit before the first, for what is carried over: 9.99 becomes 10.0.
    let mut kept = vec![0];
    kept.extend(&digits[..keep]);
    if digits[keep] >= 5 {
        let mut at = keep;
        while kept[at] == 9 {
            kept[at] = 0;
            at -= 1;
        }
        kept[at] += 1;
    }
    let text: String = kept.iter().map(|digit| char::from(b'0' + digit)).collect();
    let scale = exponent + 1 - i32::try_from(keep).ok()?;
    let magnitude: f64 = format!("{text}e{scale}").parse().ok()?;
    Some(magnitude.copysign(number))
}

#[cfg(test)]
mod tests {
    use super::{RoundingMode::*, *};

    #[test]
    fn numbers_are_rounded_on_the_digits_that_were_written() {
        for (number, mode, figures, rounded) in [
            (3.175, SignificantFigures, 3, 3.18),
            (3.1749, SignificantFigures, 3, 3.17),
            (9.995, SignificantFigures, 3, 10.0),
            (0.000_123_46, SignificantFigures, 4, 0.000_123_5),
            (1_234_567.0, SignificantFigures, 2, 1_200_000.0),
            (-2.5, DecimalPlaces, 0, -3.0),
            (0.5, DecimalPlaces, 0, 1.0),
            (0.49, DecimalPlaces, 0, 0.0),
            (0.04, DecimalPlaces, 1, 0.0),
            (0.05, DecimalPlaces, 1, 0.1),
            (1.005, DecimalPlaces, 2, 1.01),
            (99.999, DecimalPlaces, 2, 100.0),
            (1e300, DecimalPlaces, 400, 1e300),
        ] {
            assert_eq!(round(number, mode, figures), Some(rounded), "{number} {mode:?} {figures}");
        }
        assert_eq!(round(1.0, SignificantFigures, 0), None);
        assert_eq!(round(f64::NAN, DecimalPlaces, 2), None);
        assert_eq!(round(f64::INFINITY, DecimalPlaces, 2), Some(f64::INFINITY));
    }

    #[test]
    fn floats_are_those_of_xml_schema() {
        assert_eq!(float("1e3"), Some(1000.0));
        assert_eq!(float("-INF"), Some(f64::NEG_INFINITY));
        for text in ["inf", "infinity", "nan", "0x1", "1_000", "", " 1", "1,5"] {
            assert_eq!(float(text), None, "{text:?}");
        }
        assert_eq!(integer("1.0"), None);
        assert_eq!(integer("+7"), Some(7));
        assert_eq!(integer("--7"), None);
    }
}
