//! Expressions.

use super::{
    attributes::{list, text},
    declaration::{scalar, table},
    operator::operator,
    rule::operand,
};
use crate::{
    fault::{Lost, What},
    model::{BaseType, Expression, ItemSubset, MathConstant, Operator, Parameter, Value},
    report::Report,
    xml::Element,
};

/// An expression; what is none is a fault, and NULL in its place.
pub(super) fn expression(report: &mut Report<'_>, element: &Element<'_>) -> Expression {
    let name = &*element.name;
    match name {
        "null" => Expression::Null,
        "base-value" => base_value(report, element),
        "variable" => {
            report.others(element, &["identifier", "weight-identifier"]);
            let identifier = report.identifier(element, "identifier");
            // In a test, a variable of an item: the item declares it.
            if !identifier.contains('.') {
                report.mention(element.at, &identifier);
            }
            Expression::Variable { identifier, weight: text(element, "weight-identifier") }
        }
        "correct" | "default" | "map-response" | "map-response-point" => {
            report.others(element, &["identifier"]);
            let identifier = report.identifier(element, "identifier");
            report.mention(element.at, &identifier);
            match name {
                "correct" => Expression::Correct(identifier),
                "default" => Expression::Default(identifier),
                "map-response" => Expression::MapResponse(identifier),
                _ => Expression::MapResponsePoint(identifier),
            }
        }
        "math-constant" => {
            report.others(element, &["name"]);
            report.required(element, "name");
            let constant = report.word(element, "name", MathConstant::NAMES, "constant of QTI (pi or e)");
            Expression::MathConstant(constant.unwrap_or(MathConstant::Pi))
        }
        "random-integer" => {
            report.others(element, &["min", "max", "step"]);
            report.required(element, "max");
            Expression::RandomInteger {
                min: report.integer_or_variable(element, "min").unwrap_or(Parameter::Value(0)),
                max: report.integer_or_variable(element, "max").unwrap_or(Parameter::Value(0)),
                step: report.integer_or_variable(element, "step").unwrap_or(Parameter::Value(1)),
            }
        }
        "random-float" => {
            report.others(element, &["min", "max"]);
            report.required(element, "max");
            Expression::RandomFloat {
                min: report.float_or_variable(element, "min").unwrap_or(Parameter::Value(0.0)),
                max: report.float_or_variable(element, "max").unwrap_or(Parameter::Value(0.0)),
            }
        }
        "record" => record(report, element),
        "lookup-table" => lookup(report, element),
        "test-variables" => {
            report.others(element, &[&SUBSET[..], &["variable-identifier", "weight-identifier", "base-type"]].concat());
            Expression::TestVariables {
                items: subset(element),
                variable: report.identifier(element, "variable-identifier"),
                weight: text(element, "weight-identifier"),
                base_type: report.word(element, "base-type", BaseType::NAMES, "base type of QTI"),
            }
        }
        "outcome-maximum" | "outcome-minimum" => {
            report.others(element, &[&SUBSET[..], &["outcome-identifier", "weight-identifier"]].concat());
            let (items, weight) = (subset(element), text(element, "weight-identifier"));
            let outcome = report.identifier(element, "outcome-identifier");
            match name {
                "outcome-maximum" => Expression::OutcomeMaximum { items, outcome, weight },
                _ => Expression::OutcomeMinimum { items, outcome, weight },
            }
        }
        "number-correct" => Expression::NumberCorrect(subset(element)),
        "number-incorrect" => Expression::NumberIncorrect(subset(element)),
        "number-presented" => Expression::NumberPresented(subset(element)),
        "number-responded" => Expression::NumberResponded(subset(element)),
        "number-selected" => Expression::NumberSelected(subset(element)),
        "custom-operator" => {
            let of = element.value("definition").or_else(|| element.value("class")).unwrap_or_default();
            report.fault(element.at, What::CustomOperator(of.to_owned()));
            Expression::Null
        }
        "include" => {
            report.fault(element.at, What::Include(element.written.to_owned()));
            Expression::Null
        }
        _ => applied(report, element),
    }
}

const SUBSET: [&str; 3] = ["section-identifier", "include-category", "exclude-category"];

fn subset(element: &Element<'_>) -> ItemSubset {
    ItemSubset {
        section: text(element, "section-identifier"),
        include: list(element, "include-category"),
        exclude: list(element, "exclude-category"),
    }
}

fn base_value(report: &mut Report<'_>, element: &Element<'_>) -> Expression {
    report.others(element, &["base-type"]);
    report.required(element, "base-type");
    let base_type = report.word(element, "base-type", BaseType::NAMES, "base type of QTI").unwrap_or(BaseType::String);
    let value = scalar(report, element.at, &element.text(), base_type).map_or(Value::Null, Value::single);
    Expression::BaseValue { base_type, value }
}

fn applied(report: &mut Report<'_>, element: &Element<'_>) -> Expression {
    let Some(operator) = operator(report, element) else {
        report.fault(element.at, What::Expression(element.written.to_owned()));
        return Expression::Null;
    };
    let operands: Vec<_> = element.elements().map(|child| expression(report, child)).collect();
    let (least, most) = operator.arity();
    if !(least..=most).contains(&operands.len()) {
        let expressions = |number: usize| if number == 1 { "expression" } else { "expressions" };
        let expected = match (least, most) {
            (_, usize::MAX) => format!("at least {least} {}", expressions(least)),
            _ if least == most => format!("{least} {}", expressions(least)),
            _ => format!("{least} to {most} expressions"),
        };
        let (operator, found) = (element.written.to_owned(), operands.len());
        report.fault(element.at, What::Operands { operator, found, expected });
    }
    if !operator.is_standard(&operands) {
        report.loss(element.at, Lost::NotStandard(element.written.to_owned()));
    }
    Expression::Apply { operator, operands }
}

/// A record of fields: `<record><fieldValue fieldIdentifier="a">…</fieldValue></record>`.
fn record(report: &mut Report<'_>, element: &Element<'_>) -> Expression {
    report.loss(element.at, Lost::NotStandard(element.written.to_owned()));
    let mut fields = Vec::new();
    for child in element.elements() {
        if !matches!(&*child.name, "field-value" | "record-field" | "field") {
            report.misplaced(child, element);
            continue;
        }
        let name = if child.attribute("field-identifier").is_some() { "field-identifier" } else { "identifier" };
        fields.push((report.identifier(child, name), operand(report, child)));
    }
    Expression::Record(fields)
}

/// A table with what is looked up in it.
fn lookup(report: &mut Report<'_>, element: &Element<'_>) -> Expression {
    report.loss(element.at, Lost::NotStandard(element.written.to_owned()));
    let is_table = |element: &&Element<'_>| matches!(&*element.name, "match-table" | "interpolation-table");
    let lacks = |child| What::Lacks { element: element.written.to_owned(), child };
    let Some(found) = element.elements().find(is_table) else {
        report.fault(element.at, lacks("a table"));
        return Expression::Null;
    };
    let table = table(report, found, None);
    let mut others = element.elements().filter(|element| !is_table(element));
    let Some(source) = others.next() else {
        report.fault(element.at, lacks("an expression"));
        return Expression::Null;
    };
    for more in others {
        report.misplaced(more, element);
    }
    Expression::Lookup { table, source: Box::new(expression(report, source)) }
}

/// An operator without parameters, by its name.
pub(super) fn plain(name: &str) -> Option<Operator> {
    Some(match name {
        "and" => Operator::And,
        "or" => Operator::Or,
        "not" => Operator::Not,
        "is-null" => Operator::IsNull,
        "multiple" => Operator::Multiple,
        "ordered" => Operator::Ordered,
        "container-size" => Operator::ContainerSize,
        "random" => Operator::Random,
        "member" => Operator::Member,
        "delete" => Operator::Delete,
        "contains" => Operator::Contains,
        "match" => Operator::Match,
        "lt" => Operator::Lt,
        "gt" => Operator::Gt,
        "lte" => Operator::Lte,
        "gte" => Operator::Gte,
        "duration-lt" => Operator::DurationLt,
        "duration-gte" => Operator::DurationGte,
        "sum" => Operator::Sum,
        "product" => Operator::Product,
        "min" => Operator::Min,
        "max" => Operator::Max,
        "gcd" => Operator::Gcd,
        "lcm" => Operator::Lcm,
        "subtract" => Operator::Subtract,
        "divide" => Operator::Divide,
        "power" => Operator::Power,
        "integer-divide" => Operator::IntegerDivide,
        "integer-modulus" => Operator::IntegerModulus,
        "truncate" => Operator::Truncate,
        "round" => Operator::Round,
        "integer-to-float" => Operator::IntegerToFloat,
        "is-type-of" => Operator::IsTypeOf,
        _ => return None,
    })
}
