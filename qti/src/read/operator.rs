//! Operators with their parameters.

use super::{
    attributes::{parameter, shown},
    declaration::shape,
    expression::plain,
};
use crate::{
    fault::{Lost, What},
    model::{Bounds, MathFunction, Operator, Parameter, Rounding, Shape, Statistic, Tolerance},
    number::{self, RoundingMode},
    report::Report,
    xml::Element,
};

/// The most patterns of a document: each is made a machine of, to see whether it can be.
const MAX_PATTERNS: usize = 500;

/// The operator of an element; `None` if it is none.
pub(super) fn operator(report: &mut Report<'_>, element: &Element<'_>) -> Option<Operator> {
    let name = &*element.name;
    if let Some(operator) = plain(name) {
        report.others(element, &[]);
        return Some(operator);
    }
    if let Some(operator) = other_names(name) {
        report.loss(element.at, Lost::NotStandard(element.written.to_owned()));
        return Some(operator);
    }
    Some(match name {
        "any-n" => {
            report.others(element, &["min", "max"]);
            report.required(element, "min");
            report.required(element, "max");
            Operator::AnyN {
                min: report.integer_or_variable(element, "min").unwrap_or(Parameter::Value(0)),
                max: report.integer_or_variable(element, "max").unwrap_or(Parameter::Value(0)),
            }
        }
        "index" => {
            report.others(element, &["n"]);
            Operator::Index(report.integer_or_variable(element, "n"))
        }
        "field-value" => {
            report.others(element, &["field-identifier"]);
            Operator::FieldValue(report.identifier(element, "field-identifier"))
        }
        "repeat" => {
            report.others(element, &["number-repeats"]);
            report.required(element, "number-repeats");
            Operator::Repeat(report.integer_or_variable(element, "number-repeats").unwrap_or(Parameter::Value(0)))
        }
        "substring" => {
            report.others(element, &["case-sensitive"]);
            Operator::Substring { case_sensitive: report.boolean(element, "case-sensitive").unwrap_or(true) }
        }
        "string-match" => {
            report.others(element, &["case-sensitive", "substring"]);
            Operator::StringMatch {
                case_sensitive: report.boolean(element, "case-sensitive").unwrap_or(true),
                substring: report.flag(element, "substring"),
            }
        }
        "pattern-match" => {
            report.others(element, &["pattern", "case-sensitive"]);
            let pattern = element.value("pattern").map(pattern);
            match &pattern {
                Some(Parameter::Variable(variable)) => report.mention(element.at, variable),
                Some(Parameter::Value(pattern)) => {
                    report.patterns += 1;
                    if report.patterns > MAX_PATTERNS {
                        report.fault(element.at, What::TooMany { what: "patterns", most: MAX_PATTERNS });
                    } else if let Some(reason) = crate::score::check_pattern(pattern) {
                        report.fault(element.at, What::Pattern { pattern: shown(pattern), reason });
                    }
                }
                None => {}
            }
            Operator::PatternMatch {
                pattern,
                case_sensitive: report.boolean(element, "case-sensitive").unwrap_or(true),
            }
        }
        "equal" => {
            report.others(element, &["tolerance-mode", "tolerance", "include-lower-bound", "include-upper-bound"]);
            Operator::Equal(tolerance(report, element))
        }
        "equal-rounded" => Operator::EqualRounded(rounding(report, element)),
        "round-to" => Operator::RoundTo(rounding(report, element)),
        "inside" => {
            report.others(element, &["shape", "coords"]);
            Operator::Inside(shape(report, element).unwrap_or(Shape::Default))
        }
        "math-operator" => {
            report.others(element, &["name"]);
            report.required(element, "name");
            let function = report.word(element, "name", MathFunction::NAMES, "function of QTI's mathOperator");
            Operator::Math(function.unwrap_or(MathFunction::Abs))
        }
        "stats-operator" => {
            report.others(element, &["name"]);
            report.required(element, "name");
            let statistic = report.word(element, "name", Statistic::NAMES, "statistic of QTI's statsOperator");
            Operator::Stats(statistic.unwrap_or(Statistic::Mean))
        }
        _ => return None,
    })
}

/// Operators under names that are not QTI's.
fn other_names(name: &str) -> Option<Operator> {
    Some(match name {
        "mod" => Operator::IntegerModulus,
        "mean" => Operator::Stats(Statistic::Mean),
        "sample-variance" => Operator::Stats(Statistic::SampleVariance),
        "sample-sd" => Operator::Stats(Statistic::SampleSd),
        "pop-variance" => Operator::Stats(Statistic::PopVariance),
        "pop-sd" => Operator::Stats(Statistic::PopSd),
        _ => return None,
    })
}

/// A pattern; a variable's name in braces, which no pattern begins with.
fn pattern(text: &str) -> Parameter<String> {
    let name = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    match name.and_then(|name| parameter::<String>(name, |_| None)) {
        Some(variable) => variable,
        None => Parameter::Value(text.to_owned()),
    }
}

fn tolerance(report: &mut Report<'_>, element: &Element<'_>) -> Tolerance {
    let modes = [("exact", 0), ("absolute", 1), ("relative", 2)];
    let mode = report.word(element, "tolerance-mode", &modes, "tolerance mode (exact, absolute or relative)");
    let mode = mode.unwrap_or(0);
    if mode == 0 {
        return Tolerance::Exact;
    }
    let text = report.required(element, "tolerance");
    let parts: Vec<Parameter<f64>> = text
        .split_whitespace()
        .take(3)
        .filter_map(|part| parameter(part, |text| number::float(text).filter(|number| *number >= 0.0)))
        .collect();
    let (lower, upper) = match &*parts {
        [both] => (both.clone(), both.clone()),
        [lower, upper] => (lower.clone(), upper.clone()),
        _ => {
            if let Some(attribute) = element.attribute("tolerance") {
                report.no_value(attribute.at, text, "tolerance (one or two numbers from 0 on)");
            }
            (Parameter::Value(0.0), Parameter::Value(0.0))
        }
    };
    for part in [&lower, &upper] {
        if let Parameter::Variable(variable) = part {
            report.mention(element.at, variable);
        }
    }
    let bounds = Bounds {
        lower,
        upper,
        include_lower: report.boolean(element, "include-lower-bound").unwrap_or(true),
        include_upper: report.boolean(element, "include-upper-bound").unwrap_or(true),
    };
    if mode == 1 { Tolerance::Absolute(bounds) } else { Tolerance::Relative(bounds) }
}

fn rounding(report: &mut Report<'_>, element: &Element<'_>) -> Rounding {
    report.others(element, &["rounding-mode", "figures"]);
    report.required(element, "figures");
    let modes = [
        ("significantFigures", RoundingMode::SignificantFigures),
        ("decimalPlaces", RoundingMode::DecimalPlaces),
        // The singular is no word of QTI; it can mean nothing else.
        ("significantFigure", RoundingMode::SignificantFigures),
        ("decimalPlace", RoundingMode::DecimalPlaces),
    ];
    let expected = "rounding mode (significantFigures or decimalPlaces)";
    let mode = report.word(element, "rounding-mode", &modes, expected).unwrap_or(RoundingMode::SignificantFigures);
    let figures = report.integer_or_variable(element, "figures").unwrap_or(Parameter::Value(0));
    let least = if mode == RoundingMode::SignificantFigures { 1 } else { 0 };
    if let (Parameter::Value(number), Some(attribute)) = (&figures, element.attribute("figures"))
        && *number < least
    {
        report.fault(
            attribute.at,
            What::Value {
                value: attribute.value.to_string(),
                expected: "number of figures (from 1 on) or of decimal places (from 0 on)",
            },
        );
    }
    Rounding { mode, figures }
}
