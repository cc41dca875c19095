//! Declarations.

use super::{Attributes, flag, float, list, optional, word};
use crate::{
    model::{
        AreaMapping, BaseType, Cardinality, LookupTable, Mapping, OutcomeDeclaration, ResponseDeclaration, Scalar,
        TemplateDeclaration, Value,
    },
    xml::Output,
};

pub(super) fn response(output: &mut Output, declared: &ResponseDeclaration) {
    let attributes = common(&declared.identifier, declared.cardinality, declared.base_type);
    output.element("qti-response-declaration", &attributes, |output| {
        values(output, "qti-default-value", declared.default.as_ref());
        values(output, "qti-correct-response", declared.correct.as_ref());
        if let Some(mapping) = &declared.mapping {
            self::mapping(output, mapping);
        }
        if let Some(mapping) = &declared.area_mapping {
            area_mapping(output, mapping);
        }
    });
    output.line();
}

pub(super) fn outcome(output: &mut Output, declared: &OutcomeDeclaration) {
    let mut attributes = common(&declared.identifier, declared.cardinality, declared.base_type);
    attributes.extend([
        ("normal-maximum", declared.normal_maximum.and_then(float)),
        ("normal-minimum", declared.normal_minimum.and_then(float)),
        ("mastery-value", declared.mastery.and_then(float)),
        ("external-scored", optional(&declared.external_scored)),
        ("interpretation", optional(&declared.interpretation)),
        ("view", list(&declared.view)),
    ]);
    output.element("qti-outcome-declaration", &attributes, |output| {
        values(output, "qti-default-value", declared.default.as_ref());
        if let Some(table) = &declared.lookup {
            self::table(output, table);
        }
    });
    output.line();
}

pub(super) fn template(output: &mut Output, declared: &TemplateDeclaration) {
    let mut attributes = common(&declared.identifier, declared.cardinality, declared.base_type);
    attributes
        .extend([("math-variable", flag(declared.math_variable)), ("param-variable", flag(declared.param_variable))]);
    output.element("qti-template-declaration", &attributes, |output| {
        values(output, "qti-default-value", declared.default.as_ref());
    });
    output.line();
}

fn common(identifier: &str, cardinality: Cardinality, base_type: Option<BaseType>) -> Attributes<'_> {
    vec![
        ("identifier", word(identifier)),
        ("cardinality", word(name_in(Cardinality::NAMES, cardinality))),
        ("base-type", base_type.and_then(|base_type| word(base_type_name(base_type)))),
    ]
}

pub(super) fn base_type_name(base_type: BaseType) -> &'static str {
    name_in(BaseType::NAMES, base_type)
}

fn name_in<T: PartialEq>(names: &[(&'static str, T)], value: T) -> &'static str {
    names.iter().find(|(_, known)| *known == value).map_or("", |(name, _)| name)
}

fn values(output: &mut Output, element: &str, value: Option<&Value>) {
    let Some(value) = value else { return };
    output.element(element, &[], |output| match value {
        Value::Record(fields) => {
            for (name, scalar) in fields {
                let attributes =
                    [("field-identifier", word(name)), ("base-type", word(base_type_name(scalar.base_type())))];
                output.leaf("qti-value", &attributes, &scalar.text());
            }
        }
        other => other.members().iter().for_each(|scalar| output.leaf("qti-value", &[], &scalar.text())),
    });
}

fn mapping(output: &mut Output, mapping: &Mapping) {
    let attributes = [
        ("default-value", float(mapping.default)),
        ("lower-bound", mapping.lower_bound.and_then(float)),
        ("upper-bound", mapping.upper_bound.and_then(float)),
    ];
    output.element("qti-mapping", &attributes, |output| {
        for entry in &mapping.entries {
            let key = entry.key.text();
            // Only strings need to say it, and they always do: versions do not agree on what holds without.
            let said = matches!(entry.key, Scalar::String(_)).then_some(entry.case_sensitive);
            let attributes = [
                ("map-key", word(&key)),
                ("mapped-value", float(entry.value)),
                ("case-sensitive", said.and_then(super::boolean)),
            ];
            output.empty("qti-map-entry", &attributes);
        }
    });
}

fn area_mapping(output: &mut Output, mapping: &AreaMapping) {
    let attributes = [
        ("default-value", float(mapping.default)),
        ("lower-bound", mapping.lower_bound.and_then(float)),
        ("upper-bound", mapping.upper_bound.and_then(float)),
    ];
    output.element("qti-area-mapping", &attributes, |output| {
        for entry in &mapping.entries {
            let (shape, coords) = entry.shape.text();
            let attributes = [("shape", word(shape)), ("coords", word(&coords)), ("mapped-value", float(entry.value))];
            output.empty("qti-area-map-entry", &attributes);
        }
    });
}

pub(super) fn table(output: &mut Output, table: &LookupTable) {
    let text = |value: &Value| value.members().first().map(|scalar| scalar.text().into());
    match table {
        LookupTable::Match { default, entries } => {
            output.element("qti-match-table", &[("default-value", text(default))], |output| {
                for entry in entries {
                    let source = entry.source.to_string();
                    let attributes = [
                        ("source-value", word(&source)),
                        ("target-value", Some(text(&entry.target).unwrap_or_default())),
                    ];
                    output.empty("qti-match-table-entry", &attributes);
                }
            });
        }
        LookupTable::Interpolation { default, entries } => {
            output.element("qti-interpolation-table", &[("default-value", text(default))], |output| {
                for entry in entries {
                    let attributes = [
                        ("source-value", float(entry.source)),
                        ("include-boundary", super::boolean(entry.include_boundary)),
                        ("target-value", Some(text(&entry.target).unwrap_or_default())),
                    ];
                    output.empty("qti-interpolation-table-entry", &attributes);
                }
            });
        }
    }
}
