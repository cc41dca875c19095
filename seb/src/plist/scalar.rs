//! The elements of a property list that hold no others.

use base64::{
    Engine as _,
    alphabet::STANDARD,
    engine::{GeneralPurpose, GeneralPurposeConfig},
};
use chrono::NaiveDateTime;

use super::Value;

/// Base 64 as .NET reads it: superfluous bits of the last character do not matter.
const BASE64: GeneralPurpose =
    GeneralPurpose::new(&STANDARD, GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true));

/// What an element that holds text stands for; `None` if its text is not of that kind.
pub(super) fn scalar(element: &str, text: &str) -> Option<Value> {
    match element {
        "true" | "false" => text.trim().is_empty().then(|| Value::Boolean(element == "true")),
        "integer" => text.trim().parse().ok().map(Value::Integer),
        "real" => real(text.trim()).map(Value::Real),
        "string" => Some(Value::String(text.to_owned())),
        "data" => data(text).map(Value::Data),
        "date" => NaiveDateTime::parse_from_str(text.trim(), "%Y-%m-%dT%H:%M:%SZ").ok().map(Value::Date),
        _ => None,
    }
}

/// Rust also reads `inf` and `nan`, for which settings have no use.
fn real(text: &str) -> Option<f64> {
    let number: f64 = text.parse().ok()?;
    number.is_finite().then_some(number)
}

fn data(text: &str) -> Option<Vec<u8>> {
    let digits: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    BASE64.decode(digits).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_blanks_and_signs_and_nothing_else() {
        assert_eq!(scalar("integer", " -7\n"), Some(Value::Integer(-7)));
        assert_eq!(scalar("integer", "007"), Some(Value::Integer(7)));
        assert_eq!(scalar("real", "1e3"), Some(Value::Real(1000.0)));
        for (element, text) in
            [("integer", "0x10"), ("integer", "1.0"), ("integer", ""), ("real", "NaN"), ("real", "inf")]
        {
            assert_eq!(scalar(element, text), None, "{text}");
        }
        assert_eq!(scalar("real", "1e999"), None);
        assert_eq!(scalar("integer", "9223372036854775808"), None);
    }

    #[test]
    fn data_may_be_broken_into_lines() {
        assert_eq!(scalar("data", "\n\tYmxh\n\tYmxhaA==\n"), Some(Value::Data(b"blablah".to_vec())));
        assert_eq!(scalar("data", "\n"), Some(Value::Data(Vec::new())));
        assert_eq!(scalar("data", "Ym!h"), None);
    }

    #[test]
    fn a_date_is_in_utc() {
        assert!(matches!(scalar("date", "1940-10-09T22:13:56Z"), Some(Value::Date(_))));
        assert_eq!(scalar("date", "1940-10-09T22:13:56+01:00"), None);
        assert_eq!(scalar("date", "1940-13-09T22:13:56Z"), None);
    }
}
