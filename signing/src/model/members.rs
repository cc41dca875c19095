//! Members that credentials and presentations have in common.

use serde_json::{Map, Value};

use super::{BASE_CONTEXT, Finding, Rule, each};
use crate::ld::{self, Limits};

impl Finding<'_> {
    /// `@context`: a list that begins with the standard's own; the rest are addresses and objects (section 4.3).
    pub(super) fn context(&mut self) {
        let listed = match self.document.get("@context") {
            None => return self.fault(Rule::Context, "", "it has no @context"),
            Some(Value::Array(listed)) => listed,
            Some(_) => {
                return self.fault(
                    Rule::Context,
                    "/@context",
                    format!("it is no list that begins with {BASE_CONTEXT:?}"),
                );
            }
        };
        if listed.first().and_then(Value::as_str) != Some(BASE_CONTEXT) {
            self.fault(Rule::Context, "/@context", format!("the first entry is not {BASE_CONTEXT:?}"));
        }
        for (at, entry) in listed.iter().enumerate() {
            let pointer = || format!("/@context/{at}");
            match entry {
                Value::String(address) if !ld::is_iri(address) => {
                    self.fault(Rule::Context, pointer(), "the address is no URL");
                }
                Value::String(_) | Value::Object(_) => (),
                _ => self.fault(Rule::Context, pointer(), "it is neither an address nor an object"),
            }
        }
    }

    /// The name of a thing: one absolute URL (section 4.4).
    pub(super) fn id(&mut self, of: &Map<String, Value>, pointer: &str, rule: Rule, required: bool) {
        match of.get("id") {
            None if required => self.fault(rule, pointer, "it has no id"),
            None => (),
            Some(Value::String(text)) if ld::is_iri(text) => (),
            Some(_) => self.fault(rule, format!("{pointer}/id"), "it is not one URL"),
        }
    }

    /// The types of a thing: one or more texts, `needed` among them (section 4.5). What they stand for is for [`ld::check`].
    pub(super) fn types(&mut self, of: &Map<String, Value>, pointer: &str, rule: Rule, needed: Option<&str>) {
        let Some(value) = of.get("type") else { return self.fault(rule, pointer, "it has no type") };
        let types = each(value, &format!("{pointer}/type"));
        if types.is_empty() {
            self.fault(rule, format!("{pointer}/type"), "there is no type in the list");
        }
        for (at, value) in &types {
            if value.as_str().is_none_or(str::is_empty) {
                self.fault(rule, at.clone(), "it is no text");
            }
        }
        if let Some(needed) = needed
            && !types.iter().any(|(_, value)| value.as_str() == Some(needed))
        {
            self.fault(rule, format!("{pointer}/type"), format!("{needed} is not among the types"));
        }
    }

    /// A member whose values are objects that need a type, and a name if `named` says so.
    pub(super) fn typed(&mut self, name: &str, rule: Rule, named: bool) {
        let document = self.document;
        let Some(value) = document.get(name) else { return };
        let values = each(value, &format!("/{name}"));
        if values.is_empty() {
            self.fault(rule, format!("/{name}"), "the list is empty");
        }
        for (pointer, value) in values {
            match value.as_object() {
                None => self.fault(rule, pointer, "it is no object"),
                Some(object) => {
                    self.types(object, &pointer, rule, None);
                    self.id(object, &pointer, rule, named);
                }
            }
        }
    }

    /// A name or description: texts, with or without a language (sections 4.6 and 11.1).
    pub(super) fn texts(&mut self, of: &Map<String, Value>, pointer: &str) {
        for name in ["name", "description"] {
            let Some(value) = of.get(name) else { continue };
            for (at, value) in each(value, &format!("{pointer}/{name}")) {
                if let Some(what) = text_fault(value) {
                    self.fault(Rule::Text, at, what);
                }
            }
        }
    }

    /// Whether every word has a meaning (vc-data-integrity, section 2.4.2); the proofs are left out.
    pub(super) fn linked(&mut self) {
        let Some(context) = self.document.get("@context") else { return };
        if let Err(error) = ld::check(self.document, context, &["proof"], &Limits::default()) {
            let pointer = error.pointer().unwrap_or_default().to_owned();
            self.fault(Rule::Linked, pointer, error.to_string());
        }
    }
}

fn text_fault(value: &Value) -> Option<&'static str> {
    let object = match value {
        Value::String(_) => return None,
        Value::Object(object) => object,
        _ => return Some("it is neither a text nor a text with a language"),
    };
    if !object.get("@value").is_some_and(Value::is_string) {
        return Some("it has no text @value");
    }
    for (name, value) in object {
        match (name.as_str(), value.as_str()) {
            ("@value", _) => (),
            ("@language", Some(tag)) if !tag.is_empty() => (),
            ("@direction", Some("ltr" | "rtl")) => (),
            ("@language", _) => return Some("@language is no language tag"),
            ("@direction", _) => return Some("@direction is neither ltr nor rtl"),
            _ => return Some("beside @value, it may have @language and @direction only"),
        }
    }
    None
}
