//! From a document to statements (JSON-LD API, sections 5.1 «Expansion» and 8.1 «Deserialize JSON-LD to RDF», in one walk).

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use serde_json::{Map, Number, Value};

use super::{
    LdError, Limits,
    context::{self, Context, How, Term, Typed, is_keyword},
    quads::{Node, Object, Quad, XSD_STRING, is_iri},
};
use crate::{jcs, json::one_or_several};

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
/// Fractions below this are written in JavaScript in a form (`1e-7`) that jsonld.js takes for a whole number.
const LEAST_FRACTION: f64 = 1e-6;
/// Whole numbers beyond this are other numbers to a reader in JavaScript.
const MOST_EXACT: f64 = 9_007_199_254_740_991.0;

/// What becomes of texts with a base direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Directions {
    /// They are refused: the statements would not say it.
    Refused,
    /// They are read, and the direction is left out of the statements.
    Allowed,
}

pub(super) fn statements(
    document: &Map<String, Value>,
    context: &Value,
    without: &[&str],
    limits: &Limits,
    directions: Directions,
) -> Result<Vec<Quad>, LdError> {
    let active = context::top(context)?;
    let mut walk =
        Walk { limits: *limits, directions, quads: Vec::new(), blanks: BTreeMap::new(), next: 0, path: Vec::new() };
    walk.node(active, document, &None, without, Place::Free)?;
    Ok(walk.quads)
}

struct Walk<'a> {
    limits: Limits,
    directions: Directions,
    quads: Vec<Quad>,
    /// The document's own names of blank nodes.
    blanks: BTreeMap<String, u32>,
    next: u32,
    path: Vec<Cow<'a, str>>,
}

impl<'a> Walk<'a> {
    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for name in &self.path {
            pointer.push('/');
            pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
        }
        if pointer.is_empty() { "the top".into() } else { pointer }
    }

    fn dropped<T>(&self, why: &'static str) -> Result<T, LdError> {
        Err(LdError::Dropped { pointer: self.pointer(), why })
    }

    fn unsupported<T>(&self, what: &'static str) -> Result<T, LdError> {
        Err(LdError::Unsupported { pointer: self.pointer(), what })
    }

    fn blank(&mut self) -> Result<Node, LdError> {
        if self.next as usize >= self.limits.blanks {
            return Err(LdError::TooMuch("nodes without a name"));
        }
        self.next += 1;
        Ok(Node::Blank(self.next - 1))
    }

    fn say(
        &mut self,
        subject: &Node,
        predicate: &Arc<str>,
        object: Object,
        graph: &Option<Node>,
    ) -> Result<(), LdError> {
        if self.quads.len() >= self.limits.quads {
            return Err(LdError::TooMuch("statements"));
        }
        let (subject, predicate, graph) = (subject.clone(), Arc::clone(predicate), graph.clone());
        self.quads.push(Quad { subject, predicate, object, graph });
        Ok(())
    }

    /// A node from its name in the document.
    fn named(&mut self, iri: &str) -> Result<Node, LdError> {
        if let Some(label) = iri.strip_prefix("_:") {
            if let Some(&number) = self.blanks.get(label) {
                return Ok(Node::Blank(number));
            }
            let node = self.blank()?;
            self.blanks.insert(label.to_owned(), self.next - 1);
            return Ok(node);
        }
        if is_iri(iri) { Ok(Node::Iri(iri.into())) } else { self.dropped("the name is no absolute IRI") }
    }

    /// A node object: what it says is said, and the node is given back. `active` is the context before its own.
    fn node(
        &mut self,
        active: Arc<Context>,
        object: &'a Map<String, Value>,
        graph: &Option<Node>,
        without: &[&str],
        place: Place,
    ) -> Result<Node, LdError> {
        if self.path.len() > self.limits.depth {
            return Err(LdError::TooMuch("levels"));
        }
        // At the top, the caller says which context counts.
        let active = match object.get("@context") {
            Some(own) if !self.path.is_empty() => context::process(&active, own, How::TOP)?,
            _ => active,
        };
        let before_types = Arc::clone(&active);
        let active = self.typed(active, object)?;
        let id = self.id(&active, object)?;
        let said = self.quads.len();
        let node = match id {
            Some(node) => node,
            None => self.blank()?,
        };
        for (name, value) in object {
            if name == "@context" || without.contains(&name.as_str()) {
                continue;
            }
            self.path.push(Cow::Borrowed(name));
            let expanded = active.expand(name, true);
            match expanded.as_deref() {
                Some("@id") => (),
                Some("@type") => self.types(&before_types, value, &node, graph)?,
                Some(keyword) if is_keyword(keyword) => return self.unsupported("this keyword"),
                Some(iri) if is_iri(iri) => {
                    let predicate: Arc<str> = match active.term(name) {
                        Some(term) if term.iri.as_deref() == Some(iri) => {
                            term.iri.clone().unwrap_or_else(|| iri.into())
                        }
                        _ => iri.into(),
                    };
                    self.property(&active, name, &predicate, value, &node, graph)?;
                }
                Some(_) => return self.dropped("this word has no meaning in its context"),
                None => return self.dropped("this word is said to mean nothing"),
            }
            self.path.pop();
        }
        if place == Place::Free && self.quads.len() == said {
            return self.dropped("a node that says nothing, and of which nothing is said, is left out");
        }
        Ok(node)
    }

    /// The context of a node whose types bring contexts along: stacked one on another (section 5.1.2, step 11).
    fn typed(&self, active: Arc<Context>, object: &Map<String, Value>) -> Result<Arc<Context>, LdError> {
        let before = Arc::clone(&active);
        let mut result = active;
        for (name, value) in object {
            if before.expand(name, true).as_deref() != Some("@type") {
                continue;
            }
            let mut types: Vec<&str> = one_or_several(value).iter().filter_map(Value::as_str).collect();
            types.sort_unstable();
            for name in types {
                if let Some(local) = before.term(name).and_then(|term| term.scoped.as_ref()) {
                    result = context::scoped(&result, local, How { overriding: false, propagating: false })?;
                }
            }
        }
        Ok(result)
    }

    fn id(&mut self, active: &Context, object: &'a Map<String, Value>) -> Result<Option<Node>, LdError> {
        let mut found = None;
        for (name, value) in object {
            if name == "@context" || active.expand(name, true).as_deref() != Some("@id") {
                continue;
            }
            self.path.push(Cow::Borrowed(name));
            let Some(text) = value.as_str() else { return self.dropped("a name is a text") };
            if found.is_some() {
                return self.dropped("the node has two names");
            }
            let iri = active.expand(text, false);
            found = Some(self.named(iri.as_deref().unwrap_or_default())?);
            self.path.pop();
        }
        Ok(found)
    }

    fn types(&mut self, active: &Context, value: &Value, node: &Node, graph: &Option<Node>) -> Result<(), LdError> {
        let predicate: Arc<str> = format!("{RDF}type").into();
        for value in one_or_several(value) {
            let Some(text) = value.as_str() else { return self.dropped("a type is a text") };
            let iri = active.expand(text, true).filter(|iri| is_iri(iri));
            let Some(iri) = iri else { return self.dropped("a type has no meaning in its context") };
            let object = Object::Node(Node::Iri(iri.as_ref().into()));
            self.say(node, &predicate, object, graph)?;
        }
        Ok(())
    }

    fn property(
        &mut self,
        active: &Arc<Context>,
        name: &str,
        predicate: &Arc<str>,
        value: &'a Value,
        node: &Node,
        graph: &Option<Node>,
    ) -> Result<(), LdError> {
        let term = active.term(name).cloned();
        if let Some(what) = term.as_deref().and_then(|term| term.unsupported) {
            return self.unsupported(what);
        }
        let of = Of { term: term.as_deref(), graph, place: Place::Value };
        if of.term.is_some_and(|term| term.typed == Typed::Json) {
            let literal = self.json(value)?;
            return self.say(node, predicate, literal, graph);
        }
        if of.term.is_some_and(|term| term.list) {
            let object = self.list(active, &of, value)?;
            return self.say(node, predicate, object, graph);
        }
        let listed = value.is_array();
        for (at, value) in one_or_several(value).iter().enumerate() {
            if listed {
                self.path.push(Cow::Owned(at.to_string()));
            }
            if value.is_array() {
                return self.unsupported("a list in a list");
            }
            if of.term.is_some_and(|term| term.graph) && !value.is_null() {
                let inner = Some(self.blank()?);
                let of = Of { graph: &inner, place: Place::Free, ..of };
                if !value.is_object() || !matches!(self.value(active, &of, value)?, Some(Object::Node(_))) {
                    return self.dropped("a graph holds nodes, and a value in it is left out");
                }
                let named = inner.map(Object::Node);
                named.map_or(Ok(()), |named| self.say(node, predicate, named, graph))?;
            } else if let Some(object) = self.value(active, &of, value)? {
                self.say(node, predicate, object, graph)?;
            }
            if listed {
                self.path.pop();
            }
        }
        Ok(())
    }

    fn list(&mut self, active: &Arc<Context>, of: &Of<'_>, value: &'a Value) -> Result<Object, LdError> {
        let (first, rest, nil) =
            (format!("{RDF}first").into(), format!("{RDF}rest").into(), format!("{RDF}nil").into());
        let mut items = Vec::new();
        for value in one_or_several(value) {
            if value.is_array() {
                return self.unsupported("a list in a list");
            }
            items.extend(self.value(active, of, value)?);
        }
        let mut after = Object::Node(Node::Iri(nil));
        for item in items.into_iter().rev() {
            let link = self.blank()?;
            self.say(&link, &first, item, of.graph)?;
            self.say(&link, &rest, after, of.graph)?;
            after = Object::Node(link);
        }
        Ok(after)
    }

    /// One value of a property; `None` for null.
    fn value(&mut self, active: &Arc<Context>, of: &Of<'_>, value: &'a Value) -> Result<Option<Object>, LdError> {
        let scoped = of.term.and_then(|term| term.scoped.as_ref());
        let within = |active: &Arc<Context>| match scoped {
            Some(local) => context::scoped(active, local, How { overriding: true, propagating: true }),
            None => Ok(Arc::clone(active)),
        };
        match value {
            Value::Null => Ok(None),
            Value::Object(object) => {
                // A type's context holds for its own node only (section 5.1.2, step 7).
                let names =
                    |keyword: &str| object.keys().any(|name| active.expand(name, true).as_deref() == Some(keyword));
                let is_value = names("@value");
                let keeps = is_value || (object.len() == 1 && names("@id"));
                let active = match &active.previous {
                    Some(previous) if !keeps => within(previous)?,
                    _ => within(active)?,
                };
                if is_value {
                    return self.value_object(&active, object);
                }
                if ["@list", "@set"]
                    .into_iter()
                    .any(|keyword| object.keys().any(|name| active.expand(name, true).as_deref() == Some(keyword)))
                {
                    return self.unsupported("@list and @set as objects");
                }
                Ok(Some(Object::Node(self.node(active, object, of.graph, &[], of.place)?)))
            }
            scalar => self.scalar(&*within(active)?, of.term, scalar).map(Some),
        }
    }

    fn scalar(&mut self, active: &Context, term: Option<&Term>, value: &Value) -> Result<Object, LdError> {
        let typed = term.map_or(&Typed::Plain, |term| &term.typed);
        match (typed, value) {
            (Typed::Id, Value::String(text)) => {
                let iri = active.expand(text, false);
                Ok(Object::Node(self.named(iri.as_deref().unwrap_or_default())?))
            }
            (Typed::Vocab, Value::String(text)) => {
                let iri = active.expand(text, true);
                Ok(Object::Node(self.named(iri.as_deref().unwrap_or_default())?))
            }
            (Typed::Datatype(datatype), value) => self.literal(value, Some(datatype)),
            (_, Value::String(text)) => {
                let of_term = term.and_then(|term| term.language.clone());
                let language = of_term.unwrap_or_else(|| active.language.clone());
                self.text(text, language)
            }
            (_, value) => self.literal(value, None),
        }
    }

    fn text(&self, text: &str, language: Option<String>) -> Result<Object, LdError> {
        let well_formed = |tag: &str| {
            tag.split('-').enumerate().all(|(at, part)| {
                let letters = |b: u8| if at == 0 { b.is_ascii_alphabetic() } else { b.is_ascii_alphanumeric() };
                (1..=8).contains(&part.len()) && part.bytes().all(letters)
            })
        };
        if language.as_deref().is_some_and(|tag| !well_formed(tag)) {
            return self.dropped("the language is not well formed");
        }
        let datatype = if language.is_some() { format!("{RDF}langString") } else { XSD_STRING.to_owned() };
        Ok(Object::Literal { text: text.to_owned(), datatype: datatype.into(), language })
    }

    fn literal(&self, value: &Value, datatype: Option<&Arc<str>>) -> Result<Object, LdError> {
        let (text, native) = match value {
            Value::Bool(says) => (says.to_string(), "boolean"),
            Value::Number(number) => {
                self.number(number, datatype.is_some_and(|iri| **iri == *format!("{XSD}double")))?
            }
            Value::String(text) => (text.clone(), "string"),
            _ => return self.unsupported("a value of this kind"),
        };
        let datatype = datatype.map_or_else(|| format!("{XSD}{native}").into(), Arc::clone);
        Ok(Object::Literal { text, datatype, language: None })
    }

    /// A number as section 8.2.2 writes it, and the type that it has by itself.
    fn number(&self, number: &Number, double: bool) -> Result<(String, &'static str), LdError> {
        let Some(value) = number.as_f64() else { return self.dropped("the number is out of range") };
        if value != 0.0 && value.abs() < LEAST_FRACTION {
            return self.dropped("the number is too small to be written alike everywhere");
        }
        if value.fract() != 0.0 || value.abs() >= 1e21 || double {
            let written = format!("{value:.15e}");
            let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
            let mantissa = mantissa.trim_end_matches('0');
            let zero = if mantissa.ends_with('.') { "0" } else { "" };
            return Ok((format!("{mantissa}{zero}E{exponent}"), "double"));
        }
        if value.abs() > MOST_EXACT {
            return self.dropped("the whole number is too large to be the same everywhere");
        }
        // A negative zero is written like the other.
        Ok((format!("{:.0}", value + 0.0), "integer"))
    }

    fn json(&self, value: &Value) -> Result<Object, LdError> {
        let Ok(text) = jcs::to_string(value) else { return self.dropped("the value has no canonical form") };
        Ok(Object::Literal { text, datatype: format!("{RDF}JSON").into(), language: None })
    }

    fn value_object(&mut self, active: &Context, object: &'a Map<String, Value>) -> Result<Option<Object>, LdError> {
        let (mut value, mut kind, mut language) = (&Value::Null, None, None);
        for (name, member) in object {
            self.path.push(Cow::Borrowed(name));
            match (active.expand(name, true).as_deref(), member) {
                (Some("@value"), member) => value = member,
                (Some("@type"), Value::String(text)) => kind = active.expand(text, true).map(Cow::into_owned),
                (Some("@language"), Value::String(text)) => language = Some(text.to_lowercase()),
                (Some("@direction"), Value::String(text)) if matches!(text.as_str(), "ltr" | "rtl") => {
                    if self.directions == Directions::Refused {
                        return Err(LdError::Direction { pointer: self.pointer() });
                    }
                }
                _ => return self.unsupported("this member of a value"),
            }
            self.path.pop();
        }
        match (value, kind, language) {
            (Value::Null, ..) => Ok(None),
            (value, Some(kind), None) if kind == "@json" => self.json(value).map(Some),
            (Value::Array(_) | Value::Object(_), ..) => {
                self.unsupported("a value that is no text, number, true or false")
            }
            (value, Some(kind), None) if is_iri(&kind) => self.literal(value, Some(&kind.into())).map(Some),
            (Value::String(text), None, language) => self.text(text, language).map(Some),
            (value, None, None) => self.literal(value, None).map(Some),
            _ => self.dropped("the type or the language does not fit the value"),
        }
    }
}

/// What is known of the property whose values are read.
#[derive(Clone, Copy)]
struct Of<'t> {
    term: Option<&'t Term>,
    graph: &'t Option<Node>,
    place: Place,
}

/// Where a node stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the top of a graph: nothing is said of it.
    Free,
    /// As the value of a property.
    Value,
}
