//! Attributes as values; what is none is a fault.

use crate::{
    fault::What,
    model::Parameter,
    number,
    report::Report,
    xml::{Attribute, Element},
};

/// How much of a faulty value a fault repeats.
const SHOWN: usize = 60;

/// The most members of a list in one attribute.
const MAX_LIST: usize = 1_000;

/// A value, shortened if it is long.
pub(super) fn shown(value: &str) -> String {
    match value.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

impl Report<'_> {
    pub(super) fn no_value(&mut self, at: u32, value: &str, expected: &'static str) {
        self.fault(at, What::Value { value: shown(value), expected });
    }

    /// An attribute that has to be there; an empty text in its place if it is not.
    pub(crate) fn required<'e>(&mut self, element: &'e Element<'_>, name: &'static str) -> &'e str {
        element.value(name).unwrap_or_else(|| {
            self.fault(element.at, What::Attribute { element: element.written.to_owned(), attribute: name });
            ""
        })
    }

    /// An identifier that has to be there.
    pub(crate) fn identifier(&mut self, element: &Element<'_>, name: &'static str) -> String {
        let identifier = self.required(element, name).trim();
        if let Some(attribute) = element.attribute(name)
            && (identifier.is_empty() || identifier.contains(char::is_whitespace))
        {
            self.no_value(attribute.at, identifier, "identifier");
        }
        identifier.to_owned()
    }

    /// An attribute that `parse` understands, if it is there.
    pub(super) fn optional<T>(
        &mut self,
        element: &Element<'_>,
        name: &str,
        expected: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let Attribute { value, at, .. } = element.attribute(name)?;
        let parsed = parse(value.trim());
        if parsed.is_none() {
            self.no_value(*at, value, expected);
        }
        parsed
    }

    pub(super) fn boolean(&mut self, element: &Element<'_>, name: &str) -> Option<bool> {
        self.optional(element, name, "boolean (true or false)", |text| match text {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        })
    }

    /// A boolean that is false if it is not there.
    pub(super) fn flag(&mut self, element: &Element<'_>, name: &str) -> bool {
        self.boolean(element, name).unwrap_or(false)
    }

    pub(super) fn float(&mut self, element: &Element<'_>, name: &str) -> Option<f64> {
        self.optional(element, name, "number", |text| number::float(text).filter(|number| !number.is_nan()))
    }

    pub(super) fn count(&mut self, element: &Element<'_>, name: &str) -> Option<u32> {
        self.optional(element, name, "whole number from 0 on", |text| text.parse().ok())
    }

    /// One of a list of words.
    pub(super) fn word<T: Copy>(
        &mut self,
        element: &Element<'_>,
        name: &'static str,
        words: &[(&str, T)],
        expected: &'static str,
    ) -> Option<T> {
        self.optional(element, name, expected, |text| {
            words.iter().find(|(word, _)| *word == text).map(|&(_, value)| value)
        })
    }

    /// An integer, or the name of a variable that holds one.
    pub(super) fn integer_or_variable(&mut self, element: &Element<'_>, name: &str) -> Option<Parameter<i64>> {
        self.parameter(element, name, "integer, or name of a variable", number::integer)
    }

    /// A number, or the name of a variable that holds one.
    pub(super) fn float_or_variable(&mut self, element: &Element<'_>, name: &str) -> Option<Parameter<f64>> {
        self.parameter(element, name, "number, or name of a variable", |text| {
            number::float(text).filter(|number| !number.is_nan())
        })
    }

    fn parameter<T>(
        &mut self,
        element: &Element<'_>,
        name: &str,
        expected: &'static str,
        parse: fn(&str) -> Option<T>,
    ) -> Option<Parameter<T>> {
        let parameter = self.optional(element, name, expected, |text| parameter(text, parse))?;
        if let Parameter::Variable(variable) = &parameter {
            self.mention(element.at, variable);
        }
        Some(parameter)
    }
}

/// A value, or a variable's name, which QTI 2.1 puts into braces.
pub(super) fn parameter<T>(text: &str, parse: fn(&str) -> Option<T>) -> Option<Parameter<T>> {
    if let Some(value) = parse(text) {
        return Some(Parameter::Value(value));
    }
    let name = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap_or(text);
    let begins = name.starts_with(|first: char| first.is_alphabetic() || first == '_');
    let goes_on = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.');
    (begins && name.chars().all(goes_on)).then(|| Parameter::Variable(name.to_owned()))
}

/// The members of a list that white space separates.
pub(super) fn list(element: &Element<'_>, name: &str) -> Vec<String> {
    element
        .value(name)
        .map_or_else(Vec::new, |value| value.split_whitespace().take(MAX_LIST).map(str::to_owned).collect())
}

/// A text that is there and not empty.
pub(super) fn text(element: &Element<'_>, name: &str) -> Option<String> {
    element.value(name).filter(|value| !value.is_empty()).map(str::to_owned)
}
