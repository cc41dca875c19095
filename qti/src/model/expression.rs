//! Expressions (QTI 3.0 ASI, section 2.11).

use serde::Serialize;

use super::{BaseType, LookupTable, MathConstant, Operator, Value};

/// A parameter of an operator: a value, or the name of a variable that holds it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Parameter<T> {
    /// The value.
    Value(T),
    /// The variable.
    Variable(String),
}

/// An expression.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Expression {
    /// NULL.
    Null,
    /// A value that stands there.
    BaseValue {
        /// Its type.
        base_type: BaseType,
        /// Single, or NULL of an empty text.
        value: Value,
    },
    /// The value of a variable; in outcome processing of a test, `ITEM.VARIABLE` too.
    Variable {
        /// Its name.
        identifier: String,
        /// The weight of the item that it is multiplied by.
        weight: Option<String>,
    },
    /// The correct response of a response.
    Correct(String),
    /// The default value of a variable.
    Default(String),
    /// A response by its mapping.
    MapResponse(String),
    /// A response by its area mapping.
    MapResponsePoint(String),
    /// π or e.
    MathConstant(MathConstant),
    /// An integer by chance: `min`, `min + step`, … up to `max`.
    RandomInteger {
        /// The least.
        min: Parameter<i64>,
        /// The greatest.
        max: Parameter<i64>,
        /// What lies between two; 1 if nothing is said.
        step: Parameter<i64>,
    },
    /// A float by chance, at least `min` and less than `max`.
    RandomFloat {
        /// The least.
        min: Parameter<f64>,
        /// The bound.
        max: Parameter<f64>,
    },
    /// An operator and what it is applied to.
    Apply {
        /// The operator.
        operator: Operator,
        /// As many as [`Operator::arity`] says.
        operands: Vec<Expression>,
    },
    /// A record of named expressions (not QTI).
    Record(Vec<(String, Expression)>),
    /// A value by a table that stands there (not QTI: there, tables belong to outcomes).
    Lookup {
        /// The table.
        table: LookupTable,
        /// What is looked up.
        source: Box<Expression>,
    },
    /// The values of a variable of a test's items, as a bag.
    TestVariables {
        /// Which items.
        items: ItemSubset,
        /// The variable.
        variable: String,
        /// The weight that each is multiplied by.
        weight: Option<String>,
        /// Only variables of this type count; all numbers become floats without one.
        base_type: Option<BaseType>,
    },
    /// The greatest values that an outcome of a test's items can have, as a bag.
    OutcomeMaximum {
        /// Which items.
        items: ItemSubset,
        /// The outcome.
        outcome: String,
        /// The weight.
        weight: Option<String>,
    },
    /// The least values.
    OutcomeMinimum {
        /// Which items.
        items: ItemSubset,
        /// The outcome.
        outcome: String,
        /// The weight.
        weight: Option<String>,
    },
    /// How many items were answered correctly.
    NumberCorrect(ItemSubset),
    /// How many items were answered and not correctly.
    NumberIncorrect(ItemSubset),
    /// How many items were presented.
    NumberPresented(ItemSubset),
    /// How many items were answered.
    NumberResponded(ItemSubset),
    /// How many items were selected for this candidate.
    NumberSelected(ItemSubset),
}

/// Some of a test's items (QTI 3.0 ASI, `itemSubset`).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ItemSubset {
    /// Only those of the section; of all if `None`.
    pub section: Option<String>,
    /// Only those with one of these categories, if there are any.
    pub include: Vec<String>,
    /// None of those with one of these.
    pub exclude: Vec<String>,
}
