//! Linked data for proofs: from JSON-LD to canonical N-Quads, with contexts that are pinned and never fetched.
//!
//! The subset of JSON-LD 1.1 (JSON-LD API, sections 4, 5.1 and 8) that verifiable credentials use, and RDF Dataset
//! Canonicalization (RDFC-1.0). What lies outside the subset is refused by name, and so is everything that JSON-LD would
//! drop in silence: a signature over N-Quads says nothing about what did not get there.

mod canon;
mod context;
mod pinned;
mod quads;
mod rdf;

use serde_json::{Map, Value};

pub use canon::canonicalize;
pub use pinned::{is_pinned, pinned_context};
pub use quads::{Node, Object, Quad};

use crate::digest::sha256;
use rdf::Directions;

/// How much a document may cost before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Statements.
    pub quads: usize,
    /// Nodes without a name.
    pub blanks: usize,
    /// Steps of canonicalising that look beyond a node's own statements.
    pub work: usize,
    /// Nesting.
    pub depth: usize,
}

impl Default for Limits {
    /// A hundred times what a certificate needs.
    fn default() -> Self {
        Self { quads: 8_192, blanks: 512, work: 4_096, depth: 64 }
    }
}

/// Why a document has no canonical form here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LdError {
    /// A context that is not pinned here; none is ever fetched.
    #[error("the context {0:?} is not one of those that are known here; contexts are never fetched")]
    UnknownContext(String),
    /// A context that breaks the rules of JSON-LD.
    #[error("its context is not built as JSON-LD says: {0}")]
    Context(String),
    /// A context that gives a protected word another meaning (JSON-LD API, section 4.2.2, step 26).
    #[error("its context gives the protected word {0:?} another meaning")]
    ProtectedTerm(String),
    /// A part of JSON-LD that no credential needs.
    #[error("at {pointer}: {what} is not understood here")]
    Unsupported {
        /// Where (RFC 6901).
        pointer: String,
        /// What.
        what: &'static str,
    },
    /// What JSON-LD would drop, so that no signature covers it.
    #[error("at {pointer}: {why}, so that no signature would cover it")]
    Dropped {
        /// Where (RFC 6901).
        pointer: String,
        /// Why.
        why: &'static str,
    },
    /// A text with a base direction, which N-Quads have no place for.
    #[error("at {pointer}: a base direction has no place in N-Quads; only eddsa-jcs-2022 covers it")]
    Direction {
        /// Where (RFC 6901).
        pointer: String,
    },
    /// More than [`Limits`] allow.
    #[error("it has too many {0} to be judged")]
    TooMuch(&'static str),
}

impl LdError {
    /// Where the fault is (RFC 6901), if it is at one place.
    pub fn pointer(&self) -> Option<&str> {
        match self {
            Self::Unsupported { pointer, .. } | Self::Dropped { pointer, .. } | Self::Direction { pointer } => {
                Some(pointer).filter(|pointer| pointer.starts_with('/')).map(String::as_str)
            }
            _ => None,
        }
    }
}

/// The statements of a document under a context, its members `without` left out. Blank nodes are numbered as they come.
///
/// # Errors
/// [`LdError`].
pub fn statements(
    document: &Map<String, Value>,
    context: &Value,
    without: &[&str],
    limits: &Limits,
) -> Result<Vec<Quad>, LdError> {
    rdf::statements(document, context, without, limits, Directions::Refused)
}

/// Whether every word of a document has a meaning under its context and nothing of it would be dropped: what a signature over
/// its JSON takes for granted. Unlike [`statements`], texts may have a base direction.
///
/// # Errors
/// [`LdError`].
pub fn check(document: &Map<String, Value>, context: &Value, without: &[&str], limits: &Limits) -> Result<(), LdError> {
    rdf::statements(document, context, without, limits, Directions::Allowed).map(|_| ())
}

/// Whether a text is an absolute IRI, as far as that can be seen from its characters (RFC 3987, section 2.2).
pub fn is_iri(text: &str) -> bool {
    quads::is_iri(text)
}

/// The canonical N-Quads of a document (RDFC-1.0, section 4.4).
///
/// # Errors
/// [`LdError`].
pub fn canonical(
    document: &Map<String, Value>,
    context: &Value,
    without: &[&str],
    limits: &Limits,
) -> Result<String, LdError> {
    canonicalize(&statements(document, context, without, limits)?, limits)
}

/// SHA-256 of the canonical N-Quads.
///
/// # Errors
/// [`LdError`].
pub fn canonical_hash(
    document: &Map<String, Value>,
    context: &Value,
    without: &[&str],
    limits: &Limits,
) -> Result<[u8; 32], LdError> {
    Ok(sha256(canonical(document, context, without, limits)?.as_bytes()))
}

/// The IRI that a word stands for at the top of a document, if it has one.
///
/// # Errors
/// [`LdError`] for the context.
pub fn term_iri(context: &Value, term: &str) -> Result<Option<String>, LdError> {
    let active = context::top(context)?;
    Ok(active.expand(term, true).map(Into::into).filter(|iri: &String| quads::is_iri(iri)))
}
