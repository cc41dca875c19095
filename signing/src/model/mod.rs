//! What the Verifiable Credentials Data Model 2.0 asks of credentials and presentations (sections 4.3 to 4.13 and 5.3 to 5.6),
//! as faults with their places.
//!
//! Every fault is found, not the first only. Who signed is not asked here, nor whether a credential is still good.

mod credential;
mod members;
mod presentation;
mod related;
mod time;

use std::fmt;

use serde_json::Value;

pub use credential::credential;
pub use presentation::{MAX_CREDENTIALS, presentation};
pub use time::date_time_stamp;

/// The context that every credential and presentation begins with.
pub const BASE_CONTEXT: &str = "https://www.w3.org/ns/credentials/v2";

/// A rule of the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// It is an object.
    Object,
    /// Its contexts (section 4.3).
    Context,
    /// Names of things (section 4.4).
    Identifier,
    /// Types (section 4.5).
    Type,
    /// Names and descriptions (sections 4.6 and 11.1).
    Text,
    /// The issuer (section 4.7).
    Issuer,
    /// The subject (section 4.8).
    Subject,
    /// Validity period (section 4.9).
    Validity,
    /// Status (section 4.10; vc-bitstring-status-list, section 2.1).
    Status,
    /// Data schemas (section 4.11).
    Schema,
    /// Presentations and what they hold (section 4.13).
    Presentation,
    /// Related resources (section 5.3).
    RelatedResource,
    /// Refreshing (section 5.4).
    Refresh,
    /// Terms of use (section 5.5).
    TermsOfUse,
    /// Evidence (section 5.6).
    Evidence,
    /// Other members that need a type (section 5.10).
    Reserved,
    /// Words without a meaning, and whatever else JSON-LD would drop (vc-data-integrity, section 2.4.2).
    Linked,
}

/// What is wrong with a document, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rule that it breaks.
    pub rule: Rule,
    /// Where (RFC 6901); empty for the document as a whole.
    pub pointer: String,
    /// What is wrong, as the rest of a sentence.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = if self.pointer.is_empty() { "the top" } else { &self.pointer };
        write!(f, "at {at}: {}", self.what)
    }
}

/// The faults of a document, found one by one.
struct Finding<'d> {
    document: &'d serde_json::Map<String, Value>,
    faults: Vec<Fault>,
}

impl Finding<'_> {
    fn fault(&mut self, rule: Rule, pointer: impl Into<String>, what: impl Into<String>) {
        self.faults.push(Fault { rule, pointer: pointer.into(), what: what.into() });
    }
}

/// One value or a list of them, each with its place.
fn each<'v>(value: &'v Value, pointer: &str) -> Vec<(String, &'v Value)> {
    match value {
        Value::Array(listed) => {
            listed.iter().enumerate().map(|(at, value)| (format!("{pointer}/{at}"), value)).collect()
        }
        one => vec![(pointer.to_owned(), one)],
    }
}
