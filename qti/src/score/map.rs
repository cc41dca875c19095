//! Mappings and tables.

use super::{ScoreFault, coerce, session::Session};
use crate::model::{AreaMapping, LookupTable, MapEntry, Mapping, Scalar, Value};

/// A response by its mapping (`mapResponse`).
///
/// Each value of a container counts, however often it is there. A single response that is NULL has the default of the
/// mapping; an empty container has the sum of nothing, 0. The sum is kept within the bounds.
pub(super) fn response(session: &mut Session<'_>, name: &str) -> Result<Value, ScoreFault> {
    let Some(declared) = session.declared_responses.get(name).copied() else { return Ok(Value::Null) };
    let Some(mapping) = &declared.mapping else { return Ok(Value::Single(Scalar::Float(0.0))) };
    let value = session.variable(name);
    session.step(mapping.entries.len().saturating_mul(value.members().len()))?;
    let sum = match (&value, declared.cardinality) {
        (Value::Null, crate::model::Cardinality::Single) => mapping.default,
        _ => value.members().iter().map(|member| points(mapping, member)).sum(),
    };
    Ok(bounded(sum, mapping.lower_bound, mapping.upper_bound))
}

fn points(mapping: &Mapping, value: &Scalar) -> f64 {
    let folded = match value {
        Scalar::String(text) => text.to_lowercase(),
        _ => String::new(),
    };
    let fits = |entry: &&MapEntry| match &entry.key {
        Scalar::String(key) if !entry.case_sensitive => key.to_lowercase() == folded,
        key => key.same(value),
    };
    mapping.entries.iter().find(fits).map_or(mapping.default, |entry| entry.value)
}

/// A response by its area mapping (`mapResponsePoint`): each area counts once, a point in none counts the default.
pub(super) fn response_point(session: &mut Session<'_>, name: &str) -> Result<Value, ScoreFault> {
    let Some(declared) = session.declared_responses.get(name).copied() else { return Ok(Value::Null) };
    let Some(mapping) = &declared.area_mapping else { return Ok(Value::Single(Scalar::Float(0.0))) };
    let value = session.variable(name);
    session.step(mapping.entries.len().saturating_mul(value.members().len()))?;
    let sum = match (&value, declared.cardinality) {
        (Value::Null, crate::model::Cardinality::Single) => mapping.default,
        _ => area_points(mapping, value.members()),
    };
    Ok(bounded(sum, mapping.lower_bound, mapping.upper_bound))
}

fn area_points(mapping: &AreaMapping, points: &[Scalar]) -> f64 {
    let mut counted = vec![false; mapping.entries.len()];
    let mut sum = 0.0;
    for point in points {
        let Scalar::Point(x, y) = point else { continue };
        match mapping.entries.iter().position(|entry| entry.shape.contains(*x, *y)) {
            Some(area) if counted[area] => {}
            Some(area) => {
                counted[area] = true;
                sum += mapping.entries[area].value;
            }
            None => sum += mapping.default,
        }
    }
    sum
}

fn bounded(sum: f64, lower: Option<f64>, upper: Option<f64>) -> Value {
    let sum = lower.map_or(sum, |lower| sum.max(lower));
    Value::Single(Scalar::Float(upper.map_or(sum, |upper| sum.min(upper))))
}

/// A value by a table; its default of NULL and of what is not in it.
pub(super) fn lookup(session: &mut Session<'_>, table: &LookupTable, source: &Value) -> Result<Value, ScoreFault> {
    let number = match source.members() {
        [scalar] => scalar.number(),
        _ => None,
    };
    Ok(match table {
        LookupTable::Match { default, entries } => {
            session.step(entries.len())?;
            let integer = number.and_then(coerce::integer);
            let entry = entries.iter().find(|entry| Some(entry.source) == integer);
            entry.map_or_else(|| default.clone(), |entry| entry.target.clone())
        }
        LookupTable::Interpolation { default, entries } => {
            session.step(entries.len())?;
            let reached = |number: f64, bound: f64, included: bool| number > bound || (included && number == bound);
            let fits = |number| entries.iter().find(|entry| reached(number, entry.source, entry.include_boundary));
            number.and_then(fits).map_or_else(|| default.clone(), |entry| entry.target.clone())
        }
    })
}
