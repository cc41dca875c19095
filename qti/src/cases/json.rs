//! Responses and outcomes as JSON.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use crate::{
    model::{BaseType, Cardinality, Scalar, Value},
    number,
};

/// A response of JSON, as its declaration reads it; what is none of its type is NULL, as with what candidates type.
///
/// Read are: null; strings, numbers and booleans; arrays of these; points as `"x y"`, `[x, y]` or `{"x": …, "y": …}`;
/// pairs as `"A B"` or `["A", "B"]`; files by their name or `{"name": …}`; records as objects; and the forms
/// `{"base": {type: …}}`, `{"list": {type: […]}}`, `{"record": […]}` of portable custom interactions.
pub fn response(json: &Json, cardinality: Cardinality, base_type: Option<BaseType>) -> Value {
    if let Json::Object(fields) = json {
        if let Some(inner) = portable(fields) {
            return response(inner, cardinality, base_type);
        }
        if cardinality == Cardinality::Record {
            return record(fields);
        }
    }
    if cardinality == Cardinality::Record {
        return entries(json);
    }
    let base_type = base_type.unwrap_or(BaseType::String);
    let members: Vec<Scalar> = match json {
        Json::Null => return Value::Null,
        // Two members of one pair or point, rather than two of them.
        Json::Array(parts) if one_of_two(parts, base_type) => scalar(json, base_type).into_iter().collect(),
        Json::Array(members) => members.iter().filter_map(|member| scalar(member, base_type)).collect(),
        other => scalar(other, base_type).into_iter().collect(),
    };
    let members: Vec<Scalar> = members.into_iter().filter(|member| !member.text().is_empty()).collect();
    match (cardinality, &*members) {
        (Cardinality::Multiple, _) => Value::multiple(members),
        (Cardinality::Ordered, _) => Value::ordered(members),
        (_, [one]) => Value::single(one.clone()),
        _ => Value::Null,
    }
}

/// Whether an array is a pair of identifiers or numbers, which are no pair or point by themselves.
fn one_of_two(parts: &[Json], base_type: BaseType) -> bool {
    let [first, second] = parts else { return false };
    match base_type {
        BaseType::Point => first.is_number() && second.is_number(),
        BaseType::Pair | BaseType::DirectedPair => {
            let word = |json: &Json| json.as_str().is_some_and(|text| text.split_whitespace().count() == 1);
            word(first) && word(second)
        }
        _ => false,
    }
}

fn scalar(json: &Json, base_type: BaseType) -> Option<Scalar> {
    match json {
        Json::String(text) => Scalar::parse(base_type, text),
        Json::Bool(truth) => Scalar::parse(base_type, if *truth { "true" } else { "false" }),
        Json::Number(number) => {
            let float = number.as_f64()?;
            match base_type {
                BaseType::Boolean => None,
                // 2.0 is an integer to whoever wrote JSON.
                _ => Scalar::parse(base_type, &number.to_string())
                    .or_else(|| Scalar::parse(base_type, &number::float_text(float))),
            }
        }
        Json::Array(parts) => {
            let words: Option<Vec<String>> = parts
                .iter()
                .map(|part| match part {
                    Json::String(text) => Some(text.clone()),
                    Json::Number(number) => Some(number.to_string()),
                    _ => None,
                })
                .collect();
            matches!(base_type, BaseType::Point | BaseType::Pair | BaseType::DirectedPair)
                .then(|| Scalar::parse(base_type, &words?.join(" ")))?
        }
        Json::Object(fields) => match base_type {
            BaseType::Point => Some(Scalar::Point(fields.get("x")?.as_f64()?, fields.get("y")?.as_f64()?)),
            BaseType::File => Scalar::parse(base_type, fields.get("name")?.as_str()?),
            BaseType::Pair | BaseType::DirectedPair => {
                let part = |names: [&str; 3]| names.iter().find_map(|name| fields.get(*name)?.as_str());
                let (first, second) = (part(["source", "first", "from"])?, part(["target", "second", "to"])?);
                Scalar::parse(base_type, &format!("{first} {second}"))
            }
            _ => None,
        },
        Json::Null => None,
    }
}

/// What a portable custom interaction's response holds.
fn portable(fields: &Map<String, Json>) -> Option<&Json> {
    let [(name, inner)] = &*fields.iter().collect::<Vec<_>>() else { return None };
    match (&***name, inner) {
        ("base", Json::Null) => Some(inner),
        ("base" | "list", Json::Object(typed)) if typed.len() == 1 => typed.values().next(),
        ("record", Json::Array(_)) => Some(inner),
        _ => None,
    }
}

/// The fields of an object, each of the type that JSON gives it.
fn record(fields: &Map<String, Json>) -> Value {
    let typed = |(name, json): (&String, &Json)| Some((name.clone(), plain(json)?));
    let fields: BTreeMap<String, Scalar> = fields.iter().filter_map(typed).collect();
    if fields.is_empty() { Value::Null } else { Value::Record(fields) }
}

/// `[{"name": "a", "base": {"integer": 1}}]`.
fn entries(json: &Json) -> Value {
    let Json::Array(entries) = json else { return Value::Null };
    let field = |entry: &Json| {
        let (name, base) = (entry.get("name")?.as_str()?, entry.get("base")?.as_object()?);
        let (base_type, value) = base.iter().next()?;
        let base_type = BaseType::NAMES.iter().find(|(known, _)| known == base_type)?.1;
        Some((name.to_owned(), scalar(value, base_type)?))
    };
    let fields: BTreeMap<String, Scalar> = entries.iter().filter_map(field).collect();
    if fields.is_empty() { Value::Null } else { Value::Record(fields) }
}

fn plain(json: &Json) -> Option<Scalar> {
    match json {
        Json::Bool(truth) => Some(Scalar::Boolean(*truth)),
        Json::Number(number) => number.as_i64().map(Scalar::Integer).or_else(|| number.as_f64().map(Scalar::Float)),
        Json::String(text) if !text.is_empty() => Some(Scalar::String(text.clone())),
        _ => None,
    }
}

/// An outcome as JSON: null, booleans and numbers as such, containers as arrays, records as objects, all else as text.
///
/// Whole numbers are written without a fraction, whatever their type; those that JSON has no number for are text.
pub fn outcome(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Single(scalar) => scalar_json(scalar),
        Value::Multiple(scalars) | Value::Ordered(scalars) => scalars.iter().map(scalar_json).collect(),
        Value::Record(fields) => fields.iter().map(|(name, scalar)| (name.clone(), scalar_json(scalar))).collect(),
    }
}

fn scalar_json(scalar: &Scalar) -> Json {
    match scalar {
        Scalar::Boolean(truth) => Json::Bool(*truth),
        Scalar::Integer(value) => Json::from(*value),
        Scalar::Float(value) | Scalar::Duration(value) => {
            let whole = value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0;
            #[expect(clippy::cast_possible_truncation, reason = "whole and less than 2^53")]
            let number = if whole { Some((*value as i64).into()) } else { serde_json::Number::from_f64(*value) };
            number.map_or_else(|| Json::String(scalar.text()), Json::Number)
        }
        other => Json::String(other.text()),
    }
}
