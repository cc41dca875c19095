//! Declarations of variables (QTI 3.0 ASI, section 2.2).

use serde::Serialize;

use super::{BaseType, Cardinality, Scalar, Shape, Value};

/// A response: what the candidate gives.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ResponseDeclaration {
    /// Its name.
    pub identifier: String,
    /// How many values.
    pub cardinality: Cardinality,
    /// Of which type; records have none.
    pub base_type: Option<BaseType>,
    /// What it is before the candidate does anything.
    pub default: Option<Value>,
    /// The key.
    pub correct: Option<Value>,
    /// Points for each value.
    pub mapping: Option<Mapping>,
    /// Points for each area.
    pub area_mapping: Option<AreaMapping>,
}

/// An outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutcomeDeclaration {
    /// Its name.
    pub identifier: String,
    /// How many values.
    pub cardinality: Cardinality,
    /// Of which type; records have none.
    pub base_type: Option<BaseType>,
    /// What it is before anything is scored. Without one, a single number is 0 and all else is NULL.
    pub default: Option<Value>,
    /// The greatest it can be.
    pub normal_maximum: Option<f64>,
    /// The least it can be.
    pub normal_minimum: Option<f64>,
    /// From where on the candidate masters it.
    pub mastery: Option<f64>,
    /// `human` or `externalMachine`, if somebody else sets it.
    pub external_scored: Option<String>,
    /// What it means, in words.
    pub interpretation: Option<String>,
    /// Who may see it.
    pub view: Vec<String>,
    /// The table of [`super::Rule::LookupOutcome`].
    pub lookup: Option<LookupTable>,
}

/// A variable of an item template.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TemplateDeclaration {
    /// Its name.
    pub identifier: String,
    /// How many values.
    pub cardinality: Cardinality,
    /// Of which type; records have none.
    pub base_type: Option<BaseType>,
    /// What it is before template processing.
    pub default: Option<Value>,
    /// Whether formulas show it.
    pub math_variable: bool,
    /// Whether parameters show it.
    pub param_variable: bool,
}

/// Points for values (`mapping`). The sum is kept within the bounds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mapping {
    /// The points of a value that no entry has.
    pub default: f64,
    /// The least sum.
    pub lower_bound: Option<f64>,
    /// The greatest sum.
    pub upper_bound: Option<f64>,
    /// The entries; of two for the same value the first counts.
    pub entries: Vec<MapEntry>,
}

/// Points for a value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MapEntry {
    /// The value.
    pub key: Scalar,
    /// Its points.
    pub value: f64,
    /// Whether capitals matter, in strings. Without a word of the item they do in QTI 2.x, and do not in QTI 3.0.
    pub case_sensitive: bool,
}

/// Points for areas (`areaMapping`). The sum is kept within the bounds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AreaMapping {
    /// The points of a point that lies in no area.
    pub default: f64,
    /// The least sum.
    pub lower_bound: Option<f64>,
    /// The greatest sum.
    pub upper_bound: Option<f64>,
    /// The areas; where they lie over each other, the first counts.
    pub entries: Vec<AreaEntry>,
}

/// Points for an area, given once however many points lie in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AreaEntry {
    /// The area.
    pub shape: Shape,
    /// Its points.
    pub value: f64,
}

/// A table of values.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LookupTable {
    /// By integers.
    Match {
        /// What is not in it, and NULL.
        default: Value,
        /// The entries; the first that fits counts.
        entries: Vec<MatchEntry>,
    },
    /// By numbers at least as great.
    Interpolation {
        /// What is below all entries, and NULL.
        default: Value,
        /// The entries; the first that fits counts.
        entries: Vec<Interpolation>,
    },
}

/// An entry of a match table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MatchEntry {
    /// The integer.
    pub source: i64,
    /// What it becomes.
    pub target: Value,
}

/// An entry of an interpolation table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Interpolation {
    /// The bound.
    pub source: f64,
    /// Whether the bound itself fits.
    pub include_boundary: bool,
    /// What it becomes.
    pub target: Value,
}
