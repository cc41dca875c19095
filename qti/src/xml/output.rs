//! Writing XML.

use std::{borrow::Cow, fmt::Write as _};

use super::build::is_xml;

/// A document being written; every element is closed by whoever opens it.
#[derive(Debug)]
pub(crate) struct Output {
    text: String,
}

impl Output {
    /// A document with its XML declaration.
    pub(crate) fn new() -> Self {
        Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned() }
    }

    /// An element with attributes and what `inside` writes.
    ///
    /// Attributes without a value are left out.
    pub(crate) fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, Option<Cow<'_, str>>)],
        inside: impl FnOnce(&mut Self),
    ) {
        let _ = write!(self.text, "<{name}");
        for (name, value) in attributes {
            if let Some(value) = value {
                let _ = write!(self.text, " {name}=\"{}\"", escape_attribute(value));
            }
        }
        let before = self.text.len();
        self.text.push('>');
        inside(self);
        if self.text.len() == before + 1 {
            self.text.truncate(before);
            self.text.push_str("/>");
        } else {
            let _ = write!(self.text, "</{name}>");
        }
    }

    /// An element that holds nothing.
    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, Option<Cow<'_, str>>)]) {
        self.element(name, attributes, |_| {});
    }

    /// An element that holds text.
    pub(crate) fn leaf(&mut self, name: &str, attributes: &[(&str, Option<Cow<'_, str>>)], text: &str) {
        self.element(name, attributes, |output| output.text(text));
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.text.push_str(&escape_text(text));
    }

    /// A line break, where white space means nothing.
    pub(crate) fn line(&mut self) {
        self.text.push('\n');
    }

    pub(crate) fn finish(mut self) -> String {
        self.text.push('\n');
        self.text
    }
}

/// Text as it stands between tags; characters that XML has no way to write become U+FFFD.
pub(crate) fn escape_text(text: &str) -> Cow<'_, str> {
    escape(text, |character| match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\r' => Some("&#13;"),
        _ => None,
    })
}

fn escape_attribute(text: &str) -> Cow<'_, str> {
    escape(text, |character| match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '"' => Some("&quot;"),
        '\t' => Some("&#9;"),
        '\n' => Some("&#10;"),
        '\r' => Some("&#13;"),
        _ => None,
    })
}

fn escape(text: &str, special: impl Fn(char) -> Option<&'static str>) -> Cow<'_, str> {
    if text.chars().all(|character| special(character).is_none() && is_xml(character)) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match special(character) {
            Some(reference) => escaped.push_str(reference),
            None if is_xml(character) => escaped.push(character),
            None => escaped.push('\u{fffd}'),
        }
    }
    Cow::Owned(escaped)
}
