//! did:web identifiers and DID documents (W3C DID 1.0, did:web method, Controlled Identifiers 1.0).

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::keys::PublicKey;

/// The most verification methods of a document that are looked at.
const MAX_METHODS: usize = crate::keys::MAX_KEYS;
const CONTEXTS: [&str; 2] = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"];

/// A `did:web` identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DidWeb(String);

/// A host that cannot stand in a did:web identifier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no host of a did:web identifier: write a name such as certificates.example.org, with :PORT if need be"
)]
pub struct HostError(String);

impl DidWeb {
    /// The identifier whose document lies at `https://HOST/.well-known/did.json`. A port's colon is percent-encoded
    /// (did:web, section 2.1).
    ///
    /// # Errors
    /// [`HostError`].
    pub fn from_host(host: &str) -> Result<Self, HostError> {
        let refuse = || HostError(host.chars().take(100).collect());
        let (name, port) = match host.split_once(':') {
            Some((name, port)) => (name, Some(port.parse::<u16>().map_err(|_| refuse())?)),
            None => (host, None),
        };
        let label = |label: &str| {
            let known = label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            known && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
        };
        // did:web, section 3.1: no IP addresses. A name whose last label is a number is one (WHATWG URL, 3.5).
        let is_address = name.rsplit('.').next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()));
        if name.len() > 253 || is_address || !name.split('.').all(label) {
            return Err(refuse());
        }
        let port = port.map(|port| format!("%3A{port}")).unwrap_or_default();
        Ok(Self(format!("did:web:{}{port}", name.to_ascii_lowercase())))
    }

    /// The identifier's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DidWeb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A DID document with the keys that may sign credentials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DidDocument {
    /// The contexts of DID documents and Multikeys.
    #[serde(rename = "@context")]
    pub context: Vec<String>,
    /// The identifier it is about.
    pub id: String,
    /// Its keys.
    #[serde(default)]
    pub verification_method: Vec<VerificationMethod>,
    /// Ids of the keys that may sign credentials.
    #[serde(default)]
    pub assertion_method: Vec<String>,
    /// Ids of the keys that may sign presentations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authentication: Vec<String>,
}

/// A key of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VerificationMethod {
    /// Its id, such as `did:web:example.org#z6Mk…`.
    pub id: String,
    /// Always `Multikey` here.
    #[serde(rename = "type")]
    pub kind: String,
    /// The identifier that controls it.
    pub controller: String,
    /// The key.
    pub public_key_multibase: String,
    /// From then on nothing is verified by it any more, whenever it was signed (Controlled Identifiers 1.0, section 2.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<DateTime<Utc>>,
    /// The same, for a key that was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<DateTime<Utc>>,
}

impl VerificationMethod {
    /// A key under the id that [`method_id`] gives it.
    pub fn new(did: &DidWeb, key: &PublicKey) -> Self {
        Self {
            id: method_id(did, key),
            kind: "Multikey".into(),
            controller: did.to_string(),
            public_key_multibase: key.to_string(),
            expires: None,
            revoked: None,
        }
    }
}

/// Why a document has no key for a signature.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MethodError {
    /// The key's id is not listed for signing credentials. A key that merely decodes may be a forger's.
    #[error("the issuer's document does not list the key {0} for signing certificates")]
    NotForAssertion(String),
    /// The key is listed, but is not there or cannot be used.
    #[error("the issuer's document lists the key {0}, but holds none that can be used under this name")]
    Unusable(String),
    /// The document says that nothing is to be verified by the key any more.
    #[error("the issuer's document says that the key {0} is not to be relied on any more since {1}")]
    Ended(String, DateTime<Utc>),
}

impl DidDocument {
    /// The document of an identifier with these keys, each of which may sign credentials.
    pub fn new(did: &DidWeb, keys: &[PublicKey]) -> Self {
        Self::of(did, keys.iter().map(|key| VerificationMethod::new(did, key)).collect())
    }

    /// The document of an identifier with these keys as they are, each of which may sign credentials.
    pub fn of(did: &DidWeb, methods: Vec<VerificationMethod>) -> Self {
        Self {
            context: CONTEXTS.map(str::to_owned).to_vec(),
            id: did.to_string(),
            assertion_method: methods.iter().map(|method| method.id.clone()).collect(),
            authentication: Vec::new(),
            verification_method: methods,
        }
    }

    /// The key with this id, if the document lists it for signing credentials and its controller is the document's subject.
    ///
    /// # Errors
    /// [`MethodError`].
    pub fn assertion_key(&self, id: &str) -> Result<PublicKey, MethodError> {
        self.key(&self.assertion_method, id)
    }

    /// The key with this id, if the document lists it for signing presentations and its controller is the document's subject.
    ///
    /// # Errors
    /// [`MethodError`].
    pub fn authentication_key(&self, id: &str) -> Result<PublicKey, MethodError> {
        self.key(&self.authentication, id)
    }

    /// As [`Self::assertion_key`], for a key that may still be relied on at this moment.
    ///
    /// # Errors
    /// [`MethodError`].
    pub fn assertion_key_at(&self, id: &str, now: DateTime<Utc>) -> Result<PublicKey, MethodError> {
        let key = self.assertion_key(id)?;
        let method = self.verification_method.iter().find(|method| method.id == id);
        let ends = method.and_then(|method| [method.expires, method.revoked].into_iter().flatten().min());
        match ends.filter(|end| *end <= now) {
            Some(end) => Err(MethodError::Ended(id.chars().take(200).collect(), end)),
            None => Ok(key),
        }
    }

    fn key(&self, allowed: &[String], id: &str) -> Result<PublicKey, MethodError> {
        let shown = || id.chars().take(200).collect::<String>();
        if !allowed.iter().take(MAX_METHODS).any(|listed| listed == id) {
            return Err(MethodError::NotForAssertion(shown()));
        }
        let mut methods = self.verification_method.iter().take(MAX_METHODS).filter(|method| method.id == id);
        let usable = match (methods.next(), methods.next()) {
            (Some(method), None) if method.kind == "Multikey" && method.controller == self.id => {
                PublicKey::from_multikey(&method.public_key_multibase).ok()
            }
            _ => None,
        };
        usable.ok_or_else(|| MethodError::Unusable(shown()))
    }
}

/// A text that is no `did:key` of an Ed25519 key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no did:key of an Ed25519 key (did:key:z6Mk…)")]
pub struct DidKeyError(String);

/// The document of a `did:key` identifier (did:key method 0.9, section 3.1): the key is the identifier, so that this says who
/// signed and nothing about who that is. Never a reason to trust anybody.
///
/// # Errors
/// [`DidKeyError`]; other kinds of keys are not understood.
pub fn did_key(did: &str) -> Result<DidDocument, DidKeyError> {
    let refuse = || DidKeyError(did.chars().take(100).collect());
    let multikey = did.strip_prefix("did:key:").ok_or_else(refuse)?;
    let key = PublicKey::from_multikey(multikey).map_err(|_| refuse())?;
    let method = VerificationMethod {
        id: format!("{did}#{multikey}"),
        kind: "Multikey".into(),
        controller: did.to_owned(),
        public_key_multibase: key.to_string(),
        expires: None,
        revoked: None,
    };
    Ok(DidDocument {
        context: CONTEXTS.map(str::to_owned).to_vec(),
        id: did.to_owned(),
        assertion_method: vec![method.id.clone()],
        authentication: vec![method.id.clone()],
        verification_method: vec![method],
    })
}

/// The id of a key in a document: the identifier with the key itself as fragment, so that it can be read without fetching.
pub fn method_id(did: &DidWeb, key: &PublicKey) -> String {
    format!("{did}#{key}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SigningKey;

    #[test]
    fn a_host_becomes_an_identifier() {
        assert_eq!(DidWeb::from_host("Exams.Example.org").unwrap().as_str(), "did:web:exams.example.org");
        assert_eq!(DidWeb::from_host("localhost:8080").unwrap().as_str(), "did:web:localhost%3A8080");
        for rubbish in [
            "",
            "https://example.org",
            "a b",
            "example.org:99999",
            "example..org",
            "ex/ample",
            "-example.org",
            "example-.org",
            "192.0.2.1",
            "[::1]",
        ] {
            assert!(DidWeb::from_host(rubbish).is_err(), "{rubbish}");
        }
    }

    #[test]
    fn only_a_key_listed_for_assertion_and_controlled_by_the_subject_is_given() {
        let did = DidWeb::from_host("example.org").unwrap();
        let key = SigningKey::from_seed([1; 32]).public();
        let id = method_id(&did, &key);
        let document = DidDocument::new(&did, &[key]);
        assert_eq!(document.assertion_key(&id), Ok(key));

        let forger = method_id(&did, &SigningKey::from_seed([2; 32]).public());
        assert!(matches!(document.assertion_key(&forger), Err(MethodError::NotForAssertion(_))));
        let mut retired = document.clone();
        retired.assertion_method.clear();
        assert!(matches!(retired.assertion_key(&id), Err(MethodError::NotForAssertion(_))));
        let mut foreign = document.clone();
        foreign.verification_method[0].controller = "did:web:elsewhere.example".into();
        assert!(matches!(foreign.assertion_key(&id), Err(MethodError::Unusable(_))));
        let mut twice = document.clone();
        twice.verification_method.push(twice.verification_method[0].clone());
        assert!(matches!(twice.assertion_key(&id), Err(MethodError::Unusable(_))));
    }

    #[test]
    fn a_did_key_is_its_own_document_and_nothing_else_is() {
        let key = SigningKey::from_seed([1; 32]).public();
        let document = did_key(&format!("did:key:{key}")).unwrap();
        let id = format!("did:key:{key}#{key}");
        assert_eq!(document.assertion_key(&id), Ok(key));
        assert_eq!(document.authentication_key(&id), Ok(key));
        assert!(document.assertion_key(&format!("did:key:{key}")).is_err());
        for rubbish in
            ["did:key:", "did:key:invalidVm", "did:key:z6Mk", "did:web:example.org", &format!("did:key:{key}#{key}")]
        {
            assert!(did_key(rubbish).is_err(), "{rubbish}");
        }
        // A P-256 key.
        assert!(did_key("did:key:zDnaeTQKDbXT4batxKCNMQYUQKDXT").is_err());
    }
}
