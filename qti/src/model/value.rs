//! Values of variables (QTI 3.0 ASI, section 2.2, «Variables»).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::number;

/// How many values a variable holds, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cardinality {
    /// One.
    Single,
    /// A bag: order does not matter, number does.
    Multiple,
    /// A list.
    Ordered,
    /// Named fields.
    Record,
}

impl Cardinality {
    pub(crate) const NAMES: &'static [(&'static str, Self)] =
        &[("single", Self::Single), ("multiple", Self::Multiple), ("ordered", Self::Ordered), ("record", Self::Record)];
}

/// The type of a single value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum BaseType {
    /// `true` or `false`.
    Boolean,
    /// A point with the coordinates x and y.
    Point,
    /// Two identifiers with a direction.
    DirectedPair,
    /// Seconds.
    Duration,
    /// A file, of which only the name is known here.
    File,
    /// A number with a fraction.
    Float,
    /// An identifier.
    Identifier,
    /// A whole number.
    Integer,
    /// An integer or an identifier (QTI 3.0); held as an identifier.
    IntOrIdentifier,
    /// Two identifiers without a direction.
    Pair,
    /// Any text.
    String,
    /// An address.
    Uri,
}

impl BaseType {
    pub(crate) const NAMES: &'static [(&'static str, Self)] = &[
        ("boolean", Self::Boolean),
        ("point", Self::Point),
        ("directedPair", Self::DirectedPair),
        ("duration", Self::Duration),
        ("file", Self::File),
        ("float", Self::Float),
        ("identifier", Self::Identifier),
        ("integer", Self::Integer),
        ("intOrIdentifier", Self::IntOrIdentifier),
        ("pair", Self::Pair),
        ("string", Self::String),
        ("uri", Self::Uri),
    ];

    /// Whether it is integer or float.
    pub fn is_numeric(self) -> bool {
        matches!(self, Self::Integer | Self::Float)
    }
}

/// A single value.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "base_type", content = "value")]
pub enum Scalar {
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// Any text; never empty: an empty one is NULL (QTI 3.0 ASI, `isNull`).
    String(String),
    /// An identifier.
    Identifier(String),
    /// An address.
    Uri(String),
    /// Two identifiers without a direction.
    Pair(String, String),
    /// Two identifiers with a direction.
    DirectedPair(String, String),
    /// x and y.
    Point(f64, f64),
    /// Seconds.
    Duration(f64),
    /// A file's name.
    File(String),
}

/// The value of a variable or an expression.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[serde(rename_all = "snake_case", tag = "cardinality", content = "values")]
pub enum Value {
    /// No value. Empty strings and empty containers are NULL.
    #[default]
    Null,
    /// One.
    Single(Scalar),
    /// At least one, without an order.
    Multiple(Vec<Scalar>),
    /// At least one, in order.
    Ordered(Vec<Scalar>),
    /// Fields by name; a field without a value is not there.
    Record(BTreeMap<String, Scalar>),
}

impl Scalar {
    /// What a text stands for in a base type; `None` if it is not of that type.
    ///
    /// White space around it does not matter but in a string. A duration is a number of seconds, or an ISO 8601 duration
    /// without years and months.
    pub fn parse(base_type: BaseType, text: &str) -> Option<Self> {
        let trimmed = text.trim();
        Some(match base_type {
            BaseType::String => Self::String(text.to_owned()),
            BaseType::Boolean => Self::Boolean(match trimmed {
                "true" | "1" => true,
                "false" | "0" => false,
                _ => return None,
            }),
            BaseType::Integer => Self::Integer(number::integer(trimmed)?),
            BaseType::Float => Self::Float(number::float(trimmed)?),
            BaseType::Identifier | BaseType::IntOrIdentifier => Self::Identifier(word(trimmed)?),
            BaseType::Uri => Self::Uri(some(trimmed)?),
            BaseType::File => Self::File(some(trimmed)?),
            BaseType::Duration => Self::Duration(duration(trimmed)?),
            BaseType::Pair | BaseType::DirectedPair => {
                let mut words = trimmed.split_whitespace().map(str::to_owned);
                match (words.next(), words.next(), words.next()) {
                    (Some(first), Some(second), None) if base_type == BaseType::Pair => Self::Pair(first, second),
                    (Some(first), Some(second), None) => Self::DirectedPair(first, second),
                    _ => return None,
                }
            }
            BaseType::Point => {
                let mut numbers =
                    trimmed.split([' ', ',', '\t', '\n']).filter(|part| !part.is_empty()).map(number::float);
                match (numbers.next(), numbers.next(), numbers.next()) {
                    (Some(x), Some(y), None) => Self::Point(x?, y?),
                    _ => return None,
                }
            }
        })
    }

    /// As it is written in XML; [`Scalar::parse`] reads it back.
    pub fn text(&self) -> String {
        match self {
            Self::Boolean(value) => value.to_string(),
            Self::Integer(value) => value.to_string(),
            Self::Float(value) | Self::Duration(value) => number::float_text(*value),
            Self::String(text) | Self::Identifier(text) | Self::Uri(text) | Self::File(text) => text.clone(),
            Self::Pair(first, second) | Self::DirectedPair(first, second) => format!("{first} {second}"),
            Self::Point(x, y) => format!("{} {}", number::float_text(*x), number::float_text(*y)),
        }
    }

    /// Its type.
    pub fn base_type(&self) -> BaseType {
        match self {
            Self::Boolean(_) => BaseType::Boolean,
            Self::Integer(_) => BaseType::Integer,
            Self::Float(_) => BaseType::Float,
            Self::String(_) => BaseType::String,
            Self::Identifier(_) => BaseType::Identifier,
            Self::Uri(_) => BaseType::Uri,
            Self::Pair(..) => BaseType::Pair,
            Self::DirectedPair(..) => BaseType::DirectedPair,
            Self::Point(..) => BaseType::Point,
            Self::Duration(_) => BaseType::Duration,
            Self::File(_) => BaseType::File,
        }
    }

    /// The number it is, if it is integer or float.
    pub fn number(&self) -> Option<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "QTI promotes integers to floats; beyond 2^53 that rounds")]
            Self::Integer(value) => Some(*value as f64),
            Self::Float(value) => Some(*value),
            _ => None,
        }
    }

    /// Whether two are the same value: numbers as numbers, texts of any kind as texts, pairs either way round.
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Pair(a, b), Self::Pair(c, d) | Self::DirectedPair(c, d))
            | (Self::DirectedPair(a, b), Self::Pair(c, d)) => (a == c && b == d) || (a == d && b == c),
            (Self::Integer(a), Self::Integer(b)) => a == b,
            _ => match (self.number(), other.number()) {
                (Some(a), Some(b)) => a == b,
                (None, None) => match (self.words(), other.words()) {
                    (Some(a), Some(b)) => a == b,
                    _ => self == other,
                },
                _ => false,
            },
        }
    }

    fn words(&self) -> Option<&str> {
        match self {
            Self::String(text) | Self::Identifier(text) | Self::Uri(text) | Self::File(text) => Some(text),
            _ => None,
        }
    }

    fn is_empty(&self) -> bool {
        self.words().is_some_and(str::is_empty)
    }
}

impl Value {
    /// One value; NULL if it is an empty string.
    pub fn single(scalar: Scalar) -> Self {
        if scalar.is_empty() { Self::Null } else { Self::Single(scalar) }
    }

    /// A bag; NULL if it is empty.
    pub fn multiple(scalars: Vec<Scalar>) -> Self {
        if scalars.is_empty() { Self::Null } else { Self::Multiple(scalars) }
    }

    /// A list; NULL if it is empty.
    pub fn ordered(scalars: Vec<Scalar>) -> Self {
        if scalars.is_empty() { Self::Null } else { Self::Ordered(scalars) }
    }

    /// Whether it is NULL.
    pub fn is_null(&self) -> bool {
        *self == Self::Null
    }

    /// Its members: one of a single value, none of NULL and of records.
    pub fn members(&self) -> &[Scalar] {
        match self {
            Self::Single(scalar) => std::slice::from_ref(scalar),
            Self::Multiple(scalars) | Self::Ordered(scalars) => scalars,
            Self::Null | Self::Record(_) => &[],
        }
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn word(text: &str) -> Option<String> {
    some(text).filter(|text| !text.contains(char::is_whitespace))
}

/// Seconds: as a number, or as ISO 8601 (`PT1H30M`, `P1DT2.5S`).
fn duration(text: &str) -> Option<f64> {
    if let Some(seconds) = number::float(text) {
        return Some(seconds);
    }
    let mut seconds = 0.0;
    let mut rest = text.strip_prefix('P')?;
    let mut time = false;
    if rest.is_empty() || rest == "T" {
        return None;
    }
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T').filter(|_| !time) {
            (rest, time) = (after, true);
            continue;
        }
        let end = rest.find(|letter: char| letter.is_ascii_alphabetic())?;
        let amount = number::float(&rest[..end]).filter(|amount| *amount >= 0.0)?;
        seconds += amount
            * match (rest.as_bytes()[end], time) {
                (b'W', false) => 604_800.0,
                (b'D', false) => 86_400.0,
                (b'H', true) => 3_600.0,
                (b'M', true) => 60.0,
                (b'S', true) => 1.0,
                _ => return None,
            };
        rest = &rest[end + 1..];
    }
    Some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_seconds_or_iso_8601() {
        for (text, seconds) in
            [("90", Some(90.0)), ("PT1H", Some(3600.0)), ("P1DT1.5S", Some(86_401.5)), ("P1W", Some(604_800.0))]
        {
            assert_eq!(duration(text), seconds, "{text}");
        }
        for text in ["P", "PT", "P1Y", "P1M", "PT1", "1H", "PT-1S", "PTT1S", "PT1é"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }

    #[test]
    fn pairs_are_the_same_either_way_round_and_directed_pairs_are_not() {
        let pair = |text| Scalar::parse(BaseType::Pair, text).unwrap();
        let directed = |text| Scalar::parse(BaseType::DirectedPair, text).unwrap();
        assert!(pair("A  B").same(&pair("B A")));
        assert!(!directed("A B").same(&directed("B A")));
        assert!(directed("A B").same(&pair("B A")));
    }
}
