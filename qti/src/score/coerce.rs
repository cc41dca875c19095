//! Values as a declaration wants them.

use crate::model::{BaseType, Cardinality, Scalar, Value};

/// A value as a variable of this type holds it; `None` if it cannot.
///
/// QTI promotes integers to floats. Beyond that: a float is cut off towards 0 where an integer is declared, text is read
/// as what is declared, and one value and a container of one value are the same.
pub(super) fn coerce(value: Value, cardinality: Cardinality, base_type: Option<BaseType>) -> Option<Value> {
    if value.is_null() {
        return Some(Value::Null);
    }
    if cardinality == Cardinality::Record {
        return matches!(value, Value::Record(_)).then_some(value);
    }
    let scalars = match value {
        Value::Single(scalar) => vec![scalar],
        Value::Multiple(scalars) | Value::Ordered(scalars) => scalars,
        Value::Null | Value::Record(_) => return None,
    };
    let scalars: Vec<Scalar> = match base_type {
        Some(base_type) => scalars.into_iter().map(|value| scalar(value, base_type)).collect::<Option<_>>()?,
        None => scalars,
    };
    match cardinality {
        Cardinality::Multiple => Some(Value::multiple(scalars)),
        Cardinality::Ordered => Some(Value::ordered(scalars)),
        Cardinality::Single | Cardinality::Record => {
            let mut scalars = scalars.into_iter();
            let first = scalars.next()?;
            scalars.next().is_none().then(|| Value::single(first))
        }
    }
}

fn scalar(value: Scalar, base_type: BaseType) -> Option<Scalar> {
    if value.base_type() == base_type {
        return Some(value);
    }
    match (&value, base_type) {
        (Scalar::Integer(_), BaseType::Float) => value.number().map(Scalar::Float),
        (Scalar::Float(number), BaseType::Integer) => integer(number.trunc()).map(Scalar::Integer),
        (Scalar::Boolean(truth), BaseType::Integer) => Some(Scalar::Integer(i64::from(*truth))),
        (Scalar::Boolean(truth), BaseType::Float) => Some(Scalar::Float(f64::from(u8::from(*truth)))),
        (_, BaseType::String) => Some(Scalar::String(value.text())),
        _ => Scalar::parse(base_type, &value.text()),
    }
}

/// A whole float as an integer, if it is one that 64 bits hold.
pub(super) fn integer(number: f64) -> Option<i64> {
    let bound = 9_223_372_036_854_775_808.0;
    let whole = number.fract() == 0.0 && (-bound..bound).contains(&number);
    #[expect(clippy::cast_possible_truncation, reason = "whole and within the bounds")]
    whole.then_some(number as i64)
}

/// Whether a value counts as true where a condition stands; `None` of NULL.
///
/// QTI has booleans there. Others count as they do elsewhere: numbers unless they are 0, everything else that is there.
pub(super) fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Null => None,
        Value::Single(Scalar::Boolean(truth)) => Some(*truth),
        Value::Single(scalar @ (Scalar::Integer(_) | Scalar::Float(_))) => {
            Some(scalar.number().is_some_and(|number| number != 0.0))
        }
        Value::Single(Scalar::String(text) | Scalar::Identifier(text)) => Some(text != "false"),
        _ => Some(true),
    }
}
