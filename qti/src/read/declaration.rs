//! Declarations.

use std::collections::BTreeMap;

use super::attributes::shown;
use crate::{
    fault::What,
    model::{
        AreaEntry, AreaMapping, BaseType, Cardinality, Interpolation, LookupTable, MapEntry, Mapping, MatchEntry,
        OutcomeDeclaration, ResponseDeclaration, Scalar, Shape, TemplateDeclaration, Value,
    },
    number,
    report::Report,
    xml::{Element, Version},
};

/// What all declarations have.
const COMMON: [&str; 4] = ["identifier", "cardinality", "base-type", "default-value"];

pub(super) fn response(report: &mut Report<'_>, element: &Element<'_>) -> ResponseDeclaration {
    report.others(element, &COMMON);
    let (cardinality, base_type) = type_of(report, element);
    let (mut correct, mut mapping, mut area_mapping) = (None, None, None);
    for child in element.elements() {
        match &*child.name {
            "default-value" => {}
            "correct-response" => {
                report.others(child, &["interpretation"]);
                correct = Some(values(report, child, cardinality, base_type));
            }
            "mapping" => mapping = Some(read_mapping(report, child, base_type)),
            "area-mapping" => area_mapping = Some(read_area_mapping(report, child)),
            _ => report.misplaced(child, element),
        }
    }
    ResponseDeclaration {
        identifier: report.identifier(element, "identifier"),
        cardinality,
        base_type,
        default: default(report, element, cardinality, base_type),
        correct,
        mapping,
        area_mapping,
    }
}

pub(super) fn outcome(report: &mut Report<'_>, element: &Element<'_>) -> OutcomeDeclaration {
    report.others(
        element,
        &[
            &COMMON[..],
            &["normal-maximum", "normal-minimum", "mastery-value", "external-scored", "interpretation", "view"],
        ]
        .concat(),
    );
    let (cardinality, base_type) = type_of(report, element);
    let mut lookup = None;
    for child in element.elements() {
        match &*child.name {
            "default-value" => {}
            "match-table" | "interpolation-table" => lookup = Some(table(report, child, base_type)),
            _ => report.misplaced(child, element),
        }
    }
    OutcomeDeclaration {
        identifier: report.identifier(element, "identifier"),
        cardinality,
        base_type,
        default: default(report, element, cardinality, base_type),
        normal_maximum: report.float(element, "normal-maximum"),
        normal_minimum: report.float(element, "normal-minimum"),
        mastery: report.float(element, "mastery-value"),
        external_scored: super::attributes::text(element, "external-scored"),
        interpretation: super::attributes::text(element, "interpretation"),
        view: super::attributes::list(element, "view"),
        lookup,
    }
}

pub(super) fn template(report: &mut Report<'_>, element: &Element<'_>) -> TemplateDeclaration {
    report.others(element, &[&COMMON[..], &["math-variable", "param-variable"]].concat());
    let (cardinality, base_type) = type_of(report, element);
    for child in element.elements() {
        if child.name != "default-value" {
            report.misplaced(child, element);
        }
    }
    TemplateDeclaration {
        identifier: report.identifier(element, "identifier"),
        cardinality,
        base_type,
        default: default(report, element, cardinality, base_type),
        math_variable: report.flag(element, "math-variable"),
        param_variable: report.flag(element, "param-variable"),
    }
}

fn type_of(report: &mut Report<'_>, element: &Element<'_>) -> (Cardinality, Option<BaseType>) {
    report.required(element, "cardinality");
    let cardinality = report
        .word(element, "cardinality", Cardinality::NAMES, "cardinality (single, multiple, ordered or record)")
        .unwrap_or(Cardinality::Single);
    let base_type = report.word(element, "base-type", BaseType::NAMES, "base type of QTI");
    if base_type.is_none() && cardinality != Cardinality::Record {
        report.required(element, "base-type");
    }
    (cardinality, base_type.filter(|_| cardinality != Cardinality::Record))
}

/// The default value, which some write as an attribute.
fn default(
    report: &mut Report<'_>,
    element: &Element<'_>,
    cardinality: Cardinality,
    base_type: Option<BaseType>,
) -> Option<Value> {
    if let Some(child) = element.child("default-value") {
        report.others(child, &["interpretation"]);
        return Some(values(report, child, cardinality, base_type));
    }
    let attribute = element.attribute("default-value")?;
    let scalar = scalar(report, attribute.at, &attribute.value, base_type?)?;
    Some(contain(cardinality, vec![scalar]))
}

/// The value of `<value>` elements.
pub(super) fn values(
    report: &mut Report<'_>,
    element: &Element<'_>,
    cardinality: Cardinality,
    base_type: Option<BaseType>,
) -> Value {
    let mut scalars = Vec::new();
    let mut fields = BTreeMap::new();
    for child in element.elements() {
        if child.name != "value" {
            report.misplaced(child, element);
            continue;
        }
        let own = report.word(child, "base-type", BaseType::NAMES, "base type of QTI");
        let Some(scalar) = scalar(report, child.at, &child.text(), own.or(base_type).unwrap_or(BaseType::String))
        else {
            continue;
        };
        if cardinality == Cardinality::Record {
            let field = report.identifier(child, "field-identifier");
            if fields.insert(field.clone(), scalar).is_some() {
                report.fault(child.at, What::Twice(field));
            }
        } else {
            scalars.push(scalar);
        }
    }
    if cardinality == Cardinality::Single && scalars.len() > 1 {
        report.no_value(element.at, &format!("{} values", scalars.len()), "single value");
    }
    if !fields.is_empty() { Value::Record(fields) } else { contain(cardinality, scalars) }
}

/// A scalar of a text; `None` of an empty text, which is NULL, and of a faulty one.
pub(super) fn scalar(report: &mut Report<'_>, at: u32, text: &str, base_type: BaseType) -> Option<Scalar> {
    let text = laid_out(text);
    if text.is_empty() || (base_type != BaseType::String && text.trim().is_empty()) {
        return None;
    }
    let scalar = Scalar::parse(base_type, text);
    if scalar.is_none() {
        report.no_value(at, text, expected(base_type));
    }
    scalar
}

/// A text without white space at its edges that has a line break: that is layout.
fn laid_out(text: &str) -> &str {
    let inner = text.trim();
    let (before, after) = match text.find(inner) {
        Some(at) => (&text[..at], &text[at + inner.len()..]),
        None => return inner,
    };
    if before.contains('\n') || after.contains('\n') { inner } else { text }
}

fn expected(base_type: BaseType) -> &'static str {
    match base_type {
        BaseType::Boolean => "boolean (true or false)",
        BaseType::Point => "point (two numbers)",
        BaseType::DirectedPair => "directed pair (two identifiers)",
        BaseType::Duration => "duration (seconds, or ISO 8601 in days and less)",
        BaseType::File => "file",
        BaseType::Float => "number",
        BaseType::Identifier | BaseType::IntOrIdentifier => "identifier",
        BaseType::Integer => "integer",
        BaseType::Pair => "pair (two identifiers)",
        BaseType::String => "text",
        BaseType::Uri => "address",
    }
}

fn contain(cardinality: Cardinality, scalars: Vec<Scalar>) -> Value {
    match cardinality {
        Cardinality::Multiple => Value::multiple(scalars),
        Cardinality::Ordered => Value::ordered(scalars),
        Cardinality::Single | Cardinality::Record => scalars.into_iter().next().map_or(Value::Null, Value::single),
    }
}

fn read_mapping(report: &mut Report<'_>, element: &Element<'_>, base_type: Option<BaseType>) -> Mapping {
    report.others(element, &["default-value", "lower-bound", "upper-bound", "case-sensitive"]);
    let by_version = report.version < Version::V3_0;
    let case_sensitive = report.boolean(element, "case-sensitive").unwrap_or(by_version);
    let mut entries = Vec::new();
    for child in element.elements() {
        if child.name != "map-entry" {
            report.misplaced(child, element);
            continue;
        }
        report.others(child, &["map-key", "mapped-value", "case-sensitive"]);
        let text = report.required(child, "map-key");
        let base_type = base_type.unwrap_or(BaseType::String);
        let key = Scalar::parse(base_type, text);
        if key.is_none() {
            report.no_value(child.at, text, expected(base_type));
        }
        report.required(child, "mapped-value");
        let value = report.float(child, "mapped-value").unwrap_or_default();
        let case_sensitive = report.boolean(child, "case-sensitive").unwrap_or(case_sensitive);
        entries.extend(key.map(|key| MapEntry {
            // Capitals matter in all that is no string: one way to say so.
            case_sensitive: case_sensitive || base_type != BaseType::String,
            key,
            value,
        }));
    }
    Mapping {
        default: report.float(element, "default-value").unwrap_or_default(),
        lower_bound: report.float(element, "lower-bound"),
        upper_bound: report.float(element, "upper-bound"),
        entries,
    }
}

fn read_area_mapping(report: &mut Report<'_>, element: &Element<'_>) -> AreaMapping {
    report.others(element, &["default-value", "lower-bound", "upper-bound"]);
    let mut entries = Vec::new();
    for child in element.elements() {
        if child.name != "area-map-entry" {
            report.misplaced(child, element);
            continue;
        }
        report.others(child, &["shape", "coords", "mapped-value"]);
        report.required(child, "mapped-value");
        let value = report.float(child, "mapped-value").unwrap_or_default();
        entries.extend(shape(report, child).map(|shape| AreaEntry { shape, value }));
    }
    AreaMapping {
        default: report.float(element, "default-value").unwrap_or_default(),
        lower_bound: report.float(element, "lower-bound"),
        upper_bound: report.float(element, "upper-bound"),
        entries,
    }
}

/// `shape` and `coords`.
pub(super) fn shape(report: &mut Report<'_>, element: &Element<'_>) -> Option<Shape> {
    let name = report.required(element, "shape").trim();
    let coords = element.value("coords").unwrap_or_default();
    let shape = Shape::parse(name, coords);
    if shape.is_none() {
        report.fault(
            element.at,
            What::Value { value: shown(&format!("{name} {coords}")), expected: "shape with its coordinates in pixels" },
        );
    }
    shape
}

/// A match or interpolation table whose targets are of a type.
pub(super) fn table(report: &mut Report<'_>, element: &Element<'_>, base_type: Option<BaseType>) -> LookupTable {
    report.others(element, &["default-value"]);
    let target = |report: &mut Report<'_>, element: &Element<'_>, name: &str| {
        let Some(attribute) = element.attribute(name) else { return Value::Null };
        // Without a type of the outcome's (a table that stands in an expression) numbers are floats.
        let base_type = base_type.unwrap_or_else(|| match number::float(attribute.value.trim()) {
            Some(_) => BaseType::Float,
            None => BaseType::String,
        });
        scalar(report, attribute.at, &attribute.value, base_type).map_or(Value::Null, Value::single)
    };
    let default = target(report, element, "default-value");
    let interpolation = element.name == "interpolation-table";
    let (mut matches, mut bounds) = (Vec::new(), Vec::new());
    for child in element.elements() {
        let expected = if interpolation { "interpolation-table-entry" } else { "match-table-entry" };
        if child.name != expected {
            report.misplaced(child, element);
            continue;
        }
        report.others(child, &["source-value", "target-value", "include-boundary"]);
        report.required(child, "source-value");
        report.required(child, "target-value");
        let target = target(report, child, "target-value");
        if interpolation {
            let source = report.float(child, "source-value").unwrap_or_default();
            let include_boundary = report.boolean(child, "include-boundary").unwrap_or(true);
            bounds.push(Interpolation { source, include_boundary, target });
        } else {
            let source = report.optional(child, "source-value", "integer", number::integer).unwrap_or_default();
            matches.push(MatchEntry { source, target });
        }
    }
    if interpolation {
        LookupTable::Interpolation { default, entries: bounds }
    } else {
        LookupTable::Match { default, entries: matches }
    }
}
