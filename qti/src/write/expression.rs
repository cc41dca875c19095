//! Expressions.

use std::{borrow::Cow, fmt::Display};

use super::{
    Attributes, boolean,
    declaration::{base_type_name, table},
    list, optional, word,
};
use crate::{
    model::{Bounds, Expression, ItemSubset, Operator, Parameter, Rounding, Tolerance, Value},
    number::{RoundingMode, float_text},
    xml::Output,
};

pub(super) fn expression(output: &mut Output, expression: &Expression) {
    match expression {
        Expression::Null => output.empty("qti-null", &[]),
        Expression::BaseValue { base_type, value } => {
            let text = match value {
                Value::Single(scalar) => scalar.text(),
                _ => String::new(),
            };
            output.leaf("qti-base-value", &[("base-type", word(base_type_name(*base_type)))], &text);
        }
        Expression::Variable { identifier, weight } => {
            let attributes = [("identifier", word(identifier)), ("weight-identifier", optional(weight))];
            output.empty("qti-variable", &attributes);
        }
        Expression::Correct(identifier) => named(output, "qti-correct", identifier),
        Expression::Default(identifier) => named(output, "qti-default", identifier),
        Expression::MapResponse(identifier) => named(output, "qti-map-response", identifier),
        Expression::MapResponsePoint(identifier) => named(output, "qti-map-response-point", identifier),
        Expression::MathConstant(constant) => output.empty("qti-math-constant", &[("name", word(constant.name()))]),
        Expression::RandomInteger { min, max, step } => {
            output.empty("qti-random-integer", &[("min", of(min)), ("max", of(max)), ("step", of(step))]);
        }
        Expression::RandomFloat { min, max } => {
            output.empty("qti-random-float", &[("min", of_float(min)), ("max", of_float(max))]);
        }
        Expression::Apply { operator, operands } => {
            let name = format!("qti-{}", operator.name());
            output.element(&name, &parameters(operator), |output| {
                operands.iter().for_each(|operand| self::expression(output, operand));
            });
        }
        Expression::Record(fields) => output.element("qti-record", &[], |output| {
            for (name, value) in fields {
                output.element("qti-record-field", &[("identifier", word(name))], |output| {
                    self::expression(output, value);
                });
            }
        }),
        Expression::Lookup { table: looked_up, source } => output.element("qti-lookup-table", &[], |output| {
            self::expression(output, source);
            table(output, looked_up);
        }),
        Expression::TestVariables { items, variable, weight, base_type } => {
            let mut attributes = subset(items);
            attributes.extend([
                ("variable-identifier", word(variable)),
                ("weight-identifier", optional(weight)),
                ("base-type", base_type.and_then(|base_type| word(base_type_name(base_type)))),
            ]);
            output.empty("qti-test-variables", &attributes);
        }
        Expression::OutcomeMaximum { items, outcome, weight } => {
            bounds_of(output, "qti-outcome-maximum", items, outcome, weight);
        }
        Expression::OutcomeMinimum { items, outcome, weight } => {
            bounds_of(output, "qti-outcome-minimum", items, outcome, weight);
        }
        Expression::NumberCorrect(items) => output.empty("qti-number-correct", &subset(items)),
        Expression::NumberIncorrect(items) => output.empty("qti-number-incorrect", &subset(items)),
        Expression::NumberPresented(items) => output.empty("qti-number-presented", &subset(items)),
        Expression::NumberResponded(items) => output.empty("qti-number-responded", &subset(items)),
        Expression::NumberSelected(items) => output.empty("qti-number-selected", &subset(items)),
    }
}

fn named(output: &mut Output, element: &str, identifier: &str) {
    output.empty(element, &[("identifier", word(identifier))]);
}

fn bounds_of(output: &mut Output, element: &str, items: &ItemSubset, outcome: &str, weight: &Option<String>) {
    let mut attributes = subset(items);
    attributes.extend([("outcome-identifier", word(outcome)), ("weight-identifier", optional(weight))]);
    output.empty(element, &attributes);
}

fn subset(items: &ItemSubset) -> Attributes<'_> {
    vec![
        ("section-identifier", optional(&items.section)),
        ("include-category", list(&items.include)),
        ("exclude-category", list(&items.exclude)),
    ]
}

fn of<T: Display>(parameter: &Parameter<T>) -> Option<Cow<'_, str>> {
    Some(match parameter {
        Parameter::Value(value) => Cow::Owned(value.to_string()),
        Parameter::Variable(name) => Cow::Borrowed(name),
    })
}

fn of_float(parameter: &Parameter<f64>) -> Option<Cow<'_, str>> {
    Some(match parameter {
        Parameter::Value(value) => Cow::Owned(float_text(*value)),
        Parameter::Variable(name) => Cow::Borrowed(name),
    })
}

fn parameters(operator: &Operator) -> Attributes<'_> {
    match operator {
        Operator::AnyN { min, max } => vec![("min", of(min)), ("max", of(max))],
        Operator::Index(place) => vec![("n", place.as_ref().and_then(of))],
        Operator::FieldValue(name) => vec![("field-identifier", word(name))],
        Operator::Repeat(times) => vec![("number-repeats", of(times))],
        Operator::Substring { case_sensitive } => vec![("case-sensitive", boolean(*case_sensitive))],
        Operator::StringMatch { case_sensitive, substring } => {
            vec![("case-sensitive", boolean(*case_sensitive)), ("substring", super::flag(*substring))]
        }
        Operator::PatternMatch { pattern, case_sensitive } => {
            let pattern = pattern.as_ref().map(|pattern| match pattern {
                Parameter::Value(pattern) => Cow::Borrowed(&**pattern),
                Parameter::Variable(name) => Cow::Owned(format!("{{{name}}}")),
            });
            vec![("pattern", pattern), ("case-sensitive", (!case_sensitive).then_some(Cow::Borrowed("false")))]
        }
        Operator::Equal(tolerance) => self::tolerance(tolerance),
        Operator::EqualRounded(Rounding { mode, figures }) | Operator::RoundTo(Rounding { mode, figures }) => {
            let mode = match mode {
                RoundingMode::SignificantFigures => "significantFigures",
                RoundingMode::DecimalPlaces => "decimalPlaces",
            };
            vec![("rounding-mode", word(mode)), ("figures", of(figures))]
        }
        Operator::Inside(shape) => {
            let (shape, coords) = shape.text();
            vec![("shape", word(shape)), ("coords", Some(Cow::Owned(coords)))]
        }
        Operator::Math(function) => vec![("name", word(function.name()))],
        Operator::Stats(statistic) => vec![("name", word(statistic.name()))],
        _ => Vec::new(),
    }
}

fn tolerance(tolerance: &Tolerance) -> Attributes<'_> {
    let (mode, bounds) = match tolerance {
        Tolerance::Exact => return vec![("tolerance-mode", word("exact"))],
        Tolerance::Absolute(bounds) => ("absolute", bounds),
        Tolerance::Relative(bounds) => ("relative", bounds),
    };
    let Bounds { lower, upper, include_lower, include_upper } = bounds;
    let both = format!("{} {}", of_float(lower).unwrap_or_default(), of_float(upper).unwrap_or_default());
    vec![
        ("tolerance-mode", word(mode)),
        ("tolerance", Some(Cow::Owned(both))),
        ("include-lower-bound", boolean(*include_lower)),
        ("include-upper-bound", boolean(*include_upper)),
    ]
}
