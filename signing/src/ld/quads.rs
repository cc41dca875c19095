//! Statements, and how they are written (RDFC-1.0, section 5: canonical N-Quads).

use std::{fmt::Write as _, sync::Arc};

/// A thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    /// By its name.
    Iri(Arc<str>),
    /// Without one; the number is good within one list of statements.
    Blank(u32),
}

/// What is said of a thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Object {
    /// It is related to another.
    Node(Node),
    /// It has a value.
    Literal {
        /// As written.
        text: String,
        /// Its type.
        datatype: Arc<str>,
        /// Its language (BCP 47), for texts that have one.
        language: Option<String>,
    },
}

/// A statement in a graph.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quad {
    /// Of what.
    pub subject: Node,
    /// How the two are related.
    pub predicate: Arc<str>,
    /// What.
    pub object: Object,
    /// In which graph; `None` for the default one.
    pub graph: Option<Node>,
}

pub(super) const XSD_STRING: &str = "http://www.w3.org/2001/XMLSchema#string";

impl Quad {
    /// Writes the statement as a line; `name` names its blank nodes (without `_:`).
    pub(super) fn write(&self, line: &mut String, name: &mut impl FnMut(u32, &mut String)) {
        node(line, &self.subject, name);
        line.push(' ');
        iri(line, &self.predicate);
        line.push(' ');
        match &self.object {
            Object::Node(object) => node(line, object, name),
            Object::Literal { text, datatype, language } => {
                line.push('"');
                escape(line, text);
                line.push('"');
                if let Some(language) = language {
                    line.push('@');
                    line.push_str(language);
                } else if **datatype != *XSD_STRING {
                    line.push_str("^^");
                    iri(line, datatype);
                }
            }
        }
        if let Some(graph) = &self.graph {
            line.push(' ');
            node(line, graph, name);
        }
        line.push_str(" .\n");
    }

    /// Its blank nodes with the letter of their place (RDFC-1.0, section 4.7.3).
    pub(super) fn blanks(&self) -> impl Iterator<Item = (char, u32)> {
        let object = match &self.object {
            Object::Node(node) => Some(node),
            Object::Literal { .. } => None,
        };
        let places = [('s', Some(&self.subject)), ('o', object), ('g', self.graph.as_ref())];
        places.into_iter().filter_map(|(place, node)| match node {
            Some(Node::Blank(number)) => Some((place, *number)),
            _ => None,
        })
    }
}

fn node(line: &mut String, node: &Node, name: &mut impl FnMut(u32, &mut String)) {
    match node {
        Node::Iri(text) => iri(line, text),
        Node::Blank(number) => {
            line.push_str("_:");
            name(*number, line);
        }
    }
}

fn iri(line: &mut String, text: &str) {
    line.push('<');
    line.push_str(text);
    line.push('>');
}

fn escape(line: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_control() || c == '"' || c == '\\') {
        line.push_str(&rest[..at]);
        let special = rest[at..].chars().next().unwrap_or_default();
        match special {
            '\u{8}' => line.push_str("\\b"),
            '\t' => line.push_str("\\t"),
            '\n' => line.push_str("\\n"),
            '\u{c}' => line.push_str("\\f"),
            '\r' => line.push_str("\\r"),
            '"' => line.push_str("\\\""),
            '\\' => line.push_str("\\\\"),
            other => {
                // Writing to a string does not fail.
                let _ = write!(line, "\\u{:04X}", u32::from(other));
            }
        }
        rest = &rest[at + 1..];
    }
    line.push_str(rest);
}

/// Whether a text is an absolute IRI that can stand in N-Quads.
pub(super) fn is_iri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let mut letters = scheme.bytes();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        && !rest.is_empty()
        && !rest.contains(|c: char| {
            c <= ' ' || c.is_whitespace() || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '^' | '`' | '\\')
        })
}
