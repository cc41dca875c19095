//! The canonical bytes of a value that is there already: nearly all the time of a verification that is not the signature's goes
//! into these, so that what certificates consist of is written straight. What is rarer, such as fractions, is left to the
//! library; a test holds the two against each other.

use serde::Serialize;
use serde_json::{Map, Value};

use super::CanonicalError;

/// Appends the canonical bytes of a value.
///
/// # Errors
/// As [`super::to_vec`].
pub(crate) fn write(value: &Value, out: &mut Vec<u8>) -> Result<(), CanonicalError> {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => match number.as_i64().filter(|n| n.unsigned_abs() < 1 << 53) {
            Some(integer) => out.extend_from_slice(integer.to_string().as_bytes()),
            None => by_library(number, out)?,
        },
        Value::String(text) => string(text, out)?,
        Value::Array(elements) => {
            out.push(b'[');
            for (at, element) in elements.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                write(element, out)?;
            }
            out.push(b']');
        }
        Value::Object(members) => object(members.iter().map(|(name, value)| (name.as_str(), value)), out)?,
    }
    Ok(())
}

/// Appends an object of these members; names must not stand twice.
///
/// # Errors
/// As [`super::to_vec`].
pub(crate) fn object<'a>(
    members: impl Iterator<Item = (&'a str, &'a Value)>,
    out: &mut Vec<u8>,
) -> Result<(), CanonicalError> {
    let mut members: Vec<(&str, &Value)> = members.collect();
    // RFC 8785, section 3.2.3: by UTF-16 code units, which for ASCII are its bytes.
    if members.iter().all(|(name, _)| name.is_ascii()) {
        members.sort_unstable_by_key(|(name, _)| *name);
    } else {
        members.sort_unstable_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
    }
    out.push(b'{');
    for (at, (name, value)) in members.into_iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        string(name, out)?;
        out.push(b':');
        write(value, out)?;
    }
    out.push(b'}');
    Ok(())
}

/// The canonical bytes of a map.
///
/// # Errors
/// As [`super::to_vec`].
pub(crate) fn map(members: &Map<String, Value>) -> Result<Vec<u8>, CanonicalError> {
    let mut out = Vec::with_capacity(2_048);
    object(members.iter().map(|(name, value)| (name.as_str(), value)), &mut out)?;
    Ok(out)
}

fn string(text: &str, out: &mut Vec<u8>) -> Result<(), CanonicalError> {
    if text.bytes().any(|byte| byte < 0x20 || byte == b'"' || byte == b'\\') {
        return by_library(&text, out);
    }
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
    Ok(())
}

fn by_library<T: Serialize>(value: &T, out: &mut Vec<u8>) -> Result<(), CanonicalError> {
    out.extend_from_slice(&super::to_vec(value)?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn any_value() -> impl Strategy<Value = Value> {
        let text = prop_oneof![any::<String>(), "[a-z]{0,8}", "[\u{0}-\u{7f}]{0,8}", "[\u{d000}-\u{10ffff}]{0,3}"];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            (-100_i32..100).prop_map(Value::from),
            text.clone().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(text.clone(), inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    #[test]
    fn names_go_by_utf_16_and_numbers_as_in_javascript() {
        // RFC 8785, section 3.2.3, and numbers beyond what a double holds.
        let value = json!({
            "\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7,
            "big": [9_007_199_254_740_991_i64, 9_007_199_254_740_993_u64, u64::MAX, i64::MIN, 31.5, 1e30, -0.0],
        });
        let mut out = Vec::new();
        write(&value, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), super::super::to_string(&value).unwrap());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn what_is_written_is_what_the_library_writes(value in any_value()) {
            let mut out = Vec::new();
            write(&value, &mut out).unwrap();
            prop_assert_eq!(out, super::super::to_vec(&value).unwrap());
        }
    }
}
