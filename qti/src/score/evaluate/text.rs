//! Operators on text.

use super::{arithmetic::whole, boolean};
use crate::model::{Scalar, Value};

/// A single value as text.
pub(super) fn of(value: &Value) -> Option<String> {
    match value.members() {
        [scalar] => Some(scalar.text()),
        _ => None,
    }
}

/// How many bytes the text of a value has.
pub(super) fn length(scalar: &Scalar) -> usize {
    match scalar {
        Scalar::String(text) | Scalar::Identifier(text) | Scalar::Uri(text) | Scalar::File(text) => text.len(),
        Scalar::Pair(first, second) | Scalar::DirectedPair(first, second) => first.len() + second.len(),
        _ => 0,
    }
}

fn both(first: &Value, second: &Value, case_sensitive: bool) -> Option<(String, String)> {
    let folded = |text: String| if case_sensitive { text } else { text.to_lowercase() };
    Some((folded(of(first)?), folded(of(second)?)))
}

pub(super) fn same(first: &Value, second: &Value, case_sensitive: bool, substring: bool) -> Value {
    both(first, second, case_sensitive).map_or(Value::Null, |(first, second)| {
        boolean(if substring { first.contains(&second) } else { first == second })
    })
}

/// Whether the first is within the second.
pub(super) fn within(first: &Value, second: &Value, case_sensitive: bool) -> Value {
    both(first, second, case_sensitive).map_or(Value::Null, |(first, second)| boolean(second.contains(&first)))
}

/// So many characters from a place on, which is counted from 1.
pub(super) fn part(value: &Value, start: &Value, length: &Value) -> Value {
    let (Some(text), Some(start), Some(length)) = (of(value), whole(start), whole(length)) else { return Value::Null };
    let (Ok(skipped), Ok(length)) = (usize::try_from(start.max(1) - 1), usize::try_from(length.max(0))) else {
        return Value::Null;
    };
    Value::single(Scalar::String(text.chars().skip(skipped).take(length).collect()))
}
