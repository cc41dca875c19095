//! Operators on containers.

use super::{boolean, integer};
use crate::model::{Scalar, Value};

/// All members one after the other.
pub(super) fn gathered(values: &[Value]) -> Vec<Scalar> {
    values.iter().flat_map(|value| value.members().iter().cloned()).collect()
}

pub(super) fn size(value: &Value) -> Value {
    let size = match value {
        Value::Record(fields) => fields.len(),
        other => other.members().len(),
    };
    integer(i64::try_from(size).unwrap_or(i64::MAX))
}

/// The member at a place counted from 1.
pub(super) fn at(list: &Value, place: Option<i64>) -> Value {
    let place = place.and_then(|place| usize::try_from(place).ok()).and_then(|place| place.checked_sub(1));
    place.and_then(|place| list.members().get(place)).cloned().map_or(Value::Null, Value::single)
}

pub(super) fn field(value: &Value, name: &str) -> Value {
    match value {
        Value::Record(fields) => fields.get(name).cloned().map_or(Value::Null, Value::single),
        _ => Value::Null,
    }
}

pub(super) fn has(container: &Value, value: &Value) -> Value {
    match value.members() {
        [value] => boolean(container.members().iter().any(|member| member.same(value))),
        _ => Value::Null,
    }
}

pub(super) fn without(container: &Value, value: &Value) -> Value {
    let [value] = value.members() else { return Value::Null };
    let rest = container.members().iter().filter(|member| !member.same(value)).cloned().collect();
    match container {
        Value::Ordered(_) => Value::ordered(rest),
        _ => Value::multiple(rest),
    }
}

/// A bag holds another if it has each of its members as often; a list if it has them in a row.
pub(super) fn contains(first: &Value, second: &Value) -> Value {
    let (first_members, second_members) = (first.members(), second.members());
    if matches!((first, second), (Value::Ordered(_), Value::Ordered(_) | Value::Single(_))) {
        let same = |run: &[Scalar]| run.iter().zip(second_members).all(|(a, b)| a.same(b));
        let found = !second_members.is_empty() && first_members.windows(second_members.len()).any(same);
        return boolean(found);
    }
    let mut free: Vec<&Scalar> = first_members.iter().collect();
    for wanted in second_members {
        match free.iter().position(|member| member.same(wanted)) {
            Some(at) => drop(free.swap_remove(at)),
            None => return boolean(false),
        }
    }
    boolean(true)
}
