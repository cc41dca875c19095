//! The Config Key: one hash over all settings of a file.
//!
//! SEB, Developer Documentation, «Config Key». Where SEB's versions and exam systems differ, `docs/SEB.md` says which of
//! them this is; what [`crate::write`] lets through is the same in all.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};

use crate::{Dict, Key, Value, number::g15, order};

/// Who wrote the file; the one setting that takes no part, at any depth and in any case.
pub(crate) const ORIGINATOR: &str = "originatorVersion";

/// SHA-256 over [`canonical`].
pub fn config_key(settings: &Dict) -> Key {
    Key::from_bytes(Sha256::digest(canonical(settings)).into())
}

/// What the Config Key is the hash of: like JSON, but nothing in a text is escaped.
///
/// Dictionaries that are empty, or that have become so, are left out together with their names; inside an array they stay,
/// since the array would otherwise be another one. Without settings this is `{}`.
pub fn canonical(settings: &Dict) -> String {
    let mut text = String::new();
    push_dict(&mut text, settings);
    text
}

fn push_dict(text: &mut String, dict: &Dict) {
    let mut entries: Vec<_> = dict.iter().filter(|(key, _)| !key.eq_ignore_ascii_case(ORIGINATOR)).collect();
    entries.sort_by(|(one, _), (other, _)| order::compare(one, other));
    text.push('{');
    let mut first = true;
    for (key, value) in entries {
        let before = text.len();
        if !first {
            text.push(',');
        }
        text.push('"');
        text.push_str(key);
        text.push_str("\":");
        let start = text.len();
        push_value(text, value);
        if matches!(value, Value::Dict(_)) && &text[start..] == "{}" {
            text.truncate(before);
        } else {
            first = false;
        }
    }
    text.push('}');
}

fn push_value(text: &mut String, value: &Value) {
    match value {
        Value::Boolean(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::Integer(value) => text.push_str(&value.to_string()),
        Value::Real(value) => text.push_str(&g15(*value)),
        Value::String(value) => push_quoted(text, value),
        Value::Data(value) => push_quoted(text, &STANDARD.encode(value)),
        Value::Date(value) => push_quoted(text, &value.format("%Y-%m-%dT%H:%M:%S+00:00").to_string()),
        Value::Array(values) => {
            text.push('[');
            for (place, value) in values.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                push_value(text, value);
            }
            text.push(']');
        }
        Value::Dict(dict) => push_dict(text, dict),
    }
}

fn push_quoted(text: &mut String, value: &str) {
    text.push('"');
    text.push_str(value);
    text.push('"');
}
