//! Operators that say whether.

use super::{arithmetic::number, boolean};
use crate::{
    model::{Bounds, Operator, Scalar, Shape, Tolerance, Value},
    score::{ScoreFault, session::Session},
};

/// Whether two values are the same; `None` if either is NULL.
///
/// Lists are compared place by place, bags by how often each member is there, one value like a container of it.
pub(in crate::score) fn matches(
    session: &mut Session<'_>,
    first: &Value,
    second: &Value,
) -> Result<Option<bool>, ScoreFault> {
    if first.is_null() || second.is_null() {
        return Ok(None);
    }
    if let (Value::Record(first), Value::Record(second)) = (first, second) {
        let same = first.len() == second.len()
            && first.iter().zip(second).all(|((name, a), (other, b))| name == other && a.same(b));
        return Ok(Some(same));
    }
    let (a, b) = (first.members(), second.members());
    if a.len() != b.len() || a.is_empty() {
        return Ok(Some(false));
    }
    if matches!(first, Value::Ordered(_)) || matches!(second, Value::Ordered(_)) || a.len() == 1 {
        session.step(a.len())?;
        return Ok(Some(a.iter().zip(b).all(|(a, b)| a.same(b))));
    }
    session.step(a.len().saturating_mul(b.len()))?;
    let mut free: Vec<&Scalar> = b.iter().collect();
    for wanted in a {
        match free.iter().position(|member| member.same(wanted)) {
            Some(at) => drop(free.swap_remove(at)),
            None => return Ok(Some(false)),
        }
    }
    Ok(Some(true))
}

impl Session<'_> {
    /// Numbers by their tolerance; anything else has to be the same.
    pub(super) fn equal(&mut self, tolerance: &Tolerance, first: &Value, second: &Value) -> Result<Value, ScoreFault> {
        let (Some(x), Some(y)) = (number(first), number(second)) else {
            return Ok(matches(self, first, second)?.map_or(Value::Null, boolean));
        };
        let (bounds, scale) = match tolerance {
            Tolerance::Exact => return Ok(boolean(x == y)),
            Tolerance::Absolute(bounds) => (bounds, 1.0),
            // Of a negative number a part is negative too; below is below all the same.
            Tolerance::Relative(bounds) => (bounds, x.abs() / 100.0),
        };
        let Bounds { lower, upper, include_lower, include_upper } = bounds;
        let (Some(lower), Some(upper)) = (self.float(lower), self.float(upper)) else { return Ok(Value::Null) };
        let (lower, upper) = (x - lower * scale, x + upper * scale);
        let above = y > lower || (*include_lower && close(y, lower));
        let below = y < upper || (*include_upper && close(y, upper));
        // A bound that is left out is left out, whatever the last bit of its sum says.
        let at_bound = (!include_lower && close(y, lower)) || (!include_upper && close(y, upper));
        Ok(boolean(above && below && !at_bound))
    }
}

/// The same but for the last bits: 0.1 + 0.2 is a bound that 0.3 lies on.
fn close(a: f64, b: f64) -> bool {
    a == b || (a - b).abs() <= 4.0 * f64::EPSILON * a.abs().max(b.abs())
}

pub(super) fn compared(operator: &Operator, first: &Value, second: &Value) -> Value {
    let seconds = |value: &Value| match value {
        Value::Single(Scalar::Duration(seconds)) => Some(*seconds),
        other => number(other),
    };
    let (Some(a), Some(b)) = (seconds(first), seconds(second)) else { return Value::Null };
    boolean(match operator {
        Operator::Lt => a < b,
        Operator::Gt => a > b,
        Operator::Lte => a <= b,
        _ => a >= b,
    })
}

pub(super) fn durations(first: &Value, second: &Value, shorter: bool) -> Value {
    let operator = if shorter { Operator::Lt } else { Operator::Gte };
    compared(&operator, first, second)
}

pub(super) fn inside(shape: &Shape, value: &Value) -> Value {
    let within = |member: &Scalar| match member {
        Scalar::Point(x, y) => shape.contains(*x, *y),
        _ => false,
    };
    boolean(value.members().iter().any(within))
}

pub(super) fn is_type_of(value: &Value, name: &Value) -> Value {
    let (Some(first), [Scalar::String(name) | Scalar::Identifier(name)]) = (value.members().first(), name.members())
    else {
        return Value::Null;
    };
    let named = crate::model::BaseType::NAMES.iter().find(|(known, _)| known == name);
    boolean(named.is_some_and(|&(_, base_type)| base_type == first.base_type()))
}
