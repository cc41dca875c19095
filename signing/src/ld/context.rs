//! Contexts: what words mean (JSON-LD API, sections 4.1, 4.2 and 5.2).

use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{
        Arc, LazyLock, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use serde_json::{Map, Value};

use super::{LdError, pinned, quads::is_iri};
use crate::json::one_or_several;

/// Of the contexts that follow from pinned ones, so many are kept; further ones are worked out anew.
const MOST_KEPT: usize = 2_048;

/// What JSON-LD reserves (section 1.7), but for what begins with `@` and is none of these, which is ignored there and refused
/// here.
const KEYWORDS: [&str; 22] = [
    "@base",
    "@container",
    "@context",
    "@direction",
    "@graph",
    "@id",
    "@import",
    "@included",
    "@index",
    "@json",
    "@language",
    "@list",
    "@nest",
    "@none",
    "@prefix",
    "@propagate",
    "@protected",
    "@reverse",
    "@set",
    "@type",
    "@value",
    "@version",
];

pub(super) fn is_keyword(text: &str) -> bool {
    text == "@vocab" || KEYWORDS.contains(&text)
}

fn number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// A context as it is written, with a number to know it again by.
#[derive(Debug)]
pub(super) struct Scoped {
    number: u64,
    value: Value,
    /// It is a part of a pinned one.
    pinned: bool,
}

impl Scoped {
    pub(super) fn new(value: Value, pinned: bool) -> Self {
        Self { number: number(), value, pinned }
    }
}

/// How a term's values are to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// Nothing is said.
    Plain,
    /// Texts are names of things.
    Id,
    /// Texts are words or names of things.
    Vocab,
    /// JSON as it stands.
    Json,
    /// Values of a type.
    Datatype(Arc<str>),
}

/// A word's meaning.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// What it stands for: an IRI or a keyword; `None` where a context says that it has no meaning.
    pub(super) iri: Option<Arc<str>>,
    prefix: bool,
    protected: bool,
    pub(super) typed: Typed,
    pub(super) list: bool,
    pub(super) graph: bool,
    pub(super) language: Option<Option<String>>,
    pub(super) scoped: Option<Arc<Scoped>>,
    /// A part of its definition that is not understood; it matters where the term is used.
    pub(super) unsupported: Option<&'static str>,
}

impl Term {
    /// Whether two definitions are the same but for their protection.
    fn says_the_same(&self, other: &Self) -> bool {
        fn scoped(term: &Term) -> Option<&Value> {
            term.scoped.as_deref().map(|scoped| &scoped.value)
        }
        self.iri == other.iri
            && self.prefix == other.prefix
            && self.typed == other.typed
            && (self.list, self.graph) == (other.list, other.graph)
            && self.language == other.language
            && self.unsupported == other.unsupported
            && scoped(self) == scoped(other)
    }
}

/// What all words mean at a place of a document.
#[derive(Clone, Debug)]
pub(super) struct Context {
    number: u64,
    pinned: bool,
    vocab: Option<Arc<str>>,
    pub(super) language: Option<String>,
    terms: BTreeMap<String, Arc<Term>>,
    /// What words mean again in the next node, where this context was a type's.
    pub(super) previous: Option<Arc<Context>>,
}

/// How a context is processed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct How {
    /// Protected terms may be given another meaning: that of a property-scoped context.
    pub(super) overriding: bool,
    /// It holds in nested nodes as well.
    pub(super) propagating: bool,
}

impl How {
    /// As a node's own context.
    pub(super) const TOP: Self = Self { overriding: false, propagating: true };
}

static EMPTY: LazyLock<Arc<Context>> = LazyLock::new(|| {
    let terms = BTreeMap::new();
    Arc::new(Context { number: number(), pinned: true, vocab: None, language: None, terms, previous: None })
});

type Kept = BTreeMap<(u64, u64, How), Arc<Context>>;
static KEPT: Mutex<Kept> = Mutex::new(BTreeMap::new());

/// The context of a document whose `@context` this is.
pub(super) fn top(context: &Value) -> Result<Arc<Context>, LdError> {
    process(&EMPTY, context, How::TOP)
}

/// A context on top of another, worked out once where both are pinned.
pub(super) fn scoped(active: &Arc<Context>, local: &Arc<Scoped>, how: How) -> Result<Arc<Context>, LdError> {
    let keep = active.pinned && local.pinned;
    let key = (active.number, local.number, how);
    if keep && let Some(known) = kept().get(&key) {
        return Ok(Arc::clone(known));
    }
    let mut result = process_as(active, &local.value, how, local.pinned)?;
    if keep {
        let mut kept = kept();
        if kept.len() < MOST_KEPT {
            Arc::make_mut(&mut result).pinned = true;
            kept.insert(key, Arc::clone(&result));
        }
    }
    Ok(result)
}

fn kept() -> std::sync::MutexGuard<'static, Kept> {
    // What is kept is whole at any time.
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A context that a document brings along, on top of another.
pub(super) fn process(active: &Arc<Context>, local: &Value, how: How) -> Result<Arc<Context>, LdError> {
    process_as(active, local, how, false)
}

fn process_as(active: &Arc<Context>, local: &Value, mut how: How, pinned: bool) -> Result<Arc<Context>, LdError> {
    if let Some(says) = local.get("@propagate") {
        how.propagating = says.as_bool().ok_or_else(|| fault("@propagate is not true or false"))?;
    }
    let mut result = Arc::clone(active);
    if !how.propagating && result.previous.is_none() {
        let changed = Arc::make_mut(&mut result);
        changed.previous = Some(Arc::clone(active));
        changed.number = number();
        changed.pinned = false;
    }
    for context in one_or_several(local) {
        result = match context {
            Value::Null => {
                if !how.overriding
                    && let Some((name, _)) = result.terms.iter().find(|(_, term)| term.protected)
                {
                    return Err(LdError::ProtectedTerm(name.clone()));
                }
                let previous = (!how.propagating).then(|| Arc::clone(&result));
                Arc::new(Context { number: number(), pinned: false, previous, ..(**EMPTY).clone() })
            }
            Value::String(address) => {
                let known = pinned::find(address).ok_or_else(|| LdError::UnknownContext(shortened(address)))?;
                scoped(&result, known, How::TOP)?
            }
            // A document with a context stands for that context, as a fetched one does; jsonld.js reads it so here as well.
            Value::Object(document) if document.contains_key("@context") => match document.get("@context") {
                Some(Value::Object(definitions)) if document.len() == 1 => {
                    Arc::new(define(&result, definitions, how, pinned)?)
                }
                _ => {
                    return Err(fault(
                        "a document in place of a context has a context that is an object, and nothing else",
                    ));
                }
            },
            Value::Object(definitions) => Arc::new(define(&result, definitions, how, pinned)?),
            _ => return Err(fault("a context is an address, an object or null")),
        };
    }
    Ok(result)
}

fn fault(what: impl Into<String>) -> LdError {
    LdError::Context(what.into())
}

fn shortened(text: &str) -> String {
    text.chars().take(120).collect()
}

fn define(active: &Context, local: &Map<String, Value>, how: How, pinned: bool) -> Result<Context, LdError> {
    if local.get("@version").is_some_and(|version| version.as_f64() != Some(1.1)) {
        return Err(fault("@version is not 1.1"));
    }
    if let Some(part) = ["@import", "@base", "@direction"].into_iter().find(|part| local.contains_key(*part)) {
        return Err(fault(format!("{part} in a context is not understood here")));
    }
    let protecting = match local.get("@protected") {
        None => false,
        Some(says) => says.as_bool().ok_or_else(|| fault("@protected is not true or false"))?,
    };
    let result = Context { number: number(), pinned: false, ..active.clone() };
    let mut making = Making { result, local, how, pinned, protecting, done: BTreeMap::new() };
    match local.get("@vocab") {
        None => (),
        Some(Value::Null) => making.result.vocab = None,
        Some(Value::String(text)) => {
            let iri = making.expand(text, true)?.filter(|iri| is_iri(iri));
            making.result.vocab = Some(iri.ok_or_else(|| fault("@vocab is no absolute IRI"))?.into());
        }
        Some(_) => return Err(fault("@vocab is not a text")),
    }
    match local.get("@language") {
        None => (),
        Some(Value::Null) => making.result.language = None,
        Some(Value::String(text)) => making.result.language = Some(text.to_lowercase()),
        Some(_) => return Err(fault("@language is not a text")),
    }
    let settings = ["@version", "@vocab", "@language", "@protected", "@propagate"];
    for name in local.keys().filter(|name| !settings.contains(&name.as_str())) {
        making.term(name)?;
    }
    Ok(making.result)
}

/// The making of a context out of definitions (section 4.2.2).
struct Making<'a> {
    result: Context,
    local: &'a Map<String, Value>,
    how: How,
    pinned: bool,
    protecting: bool,
    /// Terms: whether they are done, or being worked on.
    done: BTreeMap<&'a str, bool>,
}

impl<'a> Making<'a> {
    fn term(&mut self, name: &'a str) -> Result<(), LdError> {
        match self.done.get(name) {
            Some(true) => return Ok(()),
            Some(false) => return Err(fault(format!("the word {:?} is defined by itself", shortened(name)))),
            None => (),
        }
        if name.is_empty() || (name.starts_with('@') && name != "@type") {
            return Err(fault(format!("the word {:?} cannot be defined", shortened(name))));
        }
        self.done.insert(name, false);
        let before = self.result.terms.remove(name);
        let term = self.definition(name, &self.local[name])?;
        let term = match before {
            Some(before) if before.protected && !self.how.overriding => {
                if !before.says_the_same(&term) {
                    return Err(LdError::ProtectedTerm(shortened(name)));
                }
                before
            }
            _ => Arc::new(term),
        };
        self.result.terms.insert(name.to_owned(), term);
        self.done.insert(name, true);
        Ok(())
    }

    fn definition(&mut self, name: &'a str, value: &'a Value) -> Result<Term, LdError> {
        let wrong = |what: &str| fault(format!("the word {:?}: {what}", shortened(name)));
        let (id, simple) = match value {
            Value::Null => (Some(value), false),
            Value::String(_) => (Some(value), true),
            Value::Object(definition) => (definition.get("@id"), false),
            _ => return Err(wrong("its definition is no text and no object")),
        };
        let mut term = Term {
            iri: None,
            prefix: false,
            protected: self.protecting,
            typed: Typed::Plain,
            list: false,
            graph: false,
            language: None,
            scoped: None,
            unsupported: None,
        };
        for (key, value) in value.as_object().into_iter().flatten() {
            match (key.as_str(), value) {
                ("@id", _) => (),
                ("@protected", Value::Bool(says)) => term.protected = *says,
                ("@prefix", Value::Bool(says)) => term.prefix = *says,
                ("@type", Value::String(text)) => term.typed = self.typed(text, name)?,
                ("@container", _) => self.container(value, &mut term).ok_or_else(|| wrong("its @container"))?,
                ("@language", Value::Null) => term.language = Some(None),
                ("@language", Value::String(text)) => term.language = Some(Some(text.to_lowercase())),
                ("@context", _) => term.scoped = Some(Arc::new(Scoped::new(value.clone(), self.pinned))),
                ("@reverse" | "@nest" | "@index" | "@direction", _) => {
                    term.unsupported = Some("a word defined with @reverse, @nest, @index or @direction");
                }
                _ => return Err(wrong("its definition has a member that JSON-LD does not know")),
            }
        }
        if name == "@type" {
            term.iri = Some("@type".into());
            return Ok(term);
        }
        match id {
            Some(Value::Null) => return Ok(term),
            Some(Value::String(text)) if text != name => {
                let iri = self.expand(text, true)?.ok_or_else(|| wrong("it stands for nothing"))?;
                if iri == "@context" || !(is_keyword(&iri) || is_iri(&iri)) {
                    return Err(wrong("it does not stand for an absolute IRI"));
                }
                let ends_as_prefix = iri.ends_with([':', '/', '?', '#', '[', ']', '@']);
                term.prefix |= simple && !name.contains([':', '/']) && ends_as_prefix;
                term.iri = Some(iri.into());
            }
            Some(Value::String(_)) | None => {
                let iri = self.expand(name, true)?.filter(|iri| is_iri(iri));
                term.iri = Some(iri.ok_or_else(|| wrong("it does not stand for an absolute IRI"))?.into());
            }
            Some(_) => return Err(wrong("its @id is not a text")),
        }
        Ok(term)
    }

    fn typed(&mut self, text: &'a str, name: &str) -> Result<Typed, LdError> {
        let wrong = || fault(format!("the word {:?}: its @type is no absolute IRI", shortened(name)));
        let iri = self.expand(text, true)?.ok_or_else(wrong)?;
        Ok(match iri.as_str() {
            "@id" => Typed::Id,
            "@vocab" => Typed::Vocab,
            "@json" => Typed::Json,
            "@none" => Typed::Plain,
            _ if is_iri(&iri) => Typed::Datatype(iri.into()),
            _ => return Err(wrong()),
        })
    }

    fn container(&self, value: &Value, term: &mut Term) -> Option<()> {
        for container in one_or_several(value) {
            match container.as_str()? {
                "@set" => (),
                "@list" => term.list = true,
                "@graph" => term.graph = true,
                "@language" | "@index" | "@id" | "@type" => {
                    term.unsupported = Some("a word whose values are kept by language, index, id or type");
                }
                _ => return None,
            }
        }
        (!(term.list && term.graph)).then_some(())
    }

    /// As [`Context::expand`], for words that this very context may define.
    fn expand(&mut self, text: &'a str, vocab: bool) -> Result<Option<String>, LdError> {
        if !is_keyword(text) {
            if text.starts_with('@') && text[1..].bytes().all(|b| b.is_ascii_alphabetic()) {
                return Err(fault(format!("{:?} looks like a keyword and is none", shortened(text))));
            }
            let prefix = text.split_once(':').map_or(text, |(prefix, _)| prefix);
            for word in [text, prefix] {
                if let Some((word, _)) = self.local.get_key_value(word)
                    && !self.done.contains_key(word.as_str())
                    && !word.starts_with('@')
                {
                    self.term(word)?;
                }
            }
        }
        Ok(self.result.expand(text, vocab).map(Cow::into_owned))
    }
}

impl Context {
    /// A word's meaning.
    pub(super) fn term(&self, word: &str) -> Option<&Arc<Term>> {
        self.terms.get(word)
    }

    /// What a text stands for (section 5.2): a keyword, an IRI, or the text itself where it is relative; `None` for a word that
    /// has been said to mean nothing. With `vocab`, it may be a word.
    pub(super) fn expand<'t>(&'t self, text: &'t str, vocab: bool) -> Option<Cow<'t, str>> {
        if is_keyword(text) {
            return Some(text.into());
        }
        if let Some(term) = self.terms.get(text) {
            match term.iri.as_deref() {
                Some(iri) if vocab || is_keyword(iri) => return Some(iri.into()),
                None if vocab => return None,
                _ => (),
            }
        }
        if let Some((prefix, suffix)) = text.split_once(':').filter(|(prefix, _)| !prefix.is_empty()) {
            if prefix == "_" || suffix.starts_with("//") {
                return Some(text.into());
            }
            if let Some(iri) = self.terms.get(prefix).filter(|term| term.prefix).and_then(|term| term.iri.as_deref()) {
                return Some(format!("{iri}{suffix}").into());
            }
            if is_iri(text) {
                return Some(text.into());
            }
        }
        match &self.vocab {
            Some(base) if vocab => Some(format!("{base}{text}").into()),
            _ => Some(text.into()),
        }
    }
}
