//! Data Integrity proofs (W3C vc-data-integrity 1.0) of the suites `eddsa-rdfc-2022` and `eddsa-jcs-2022` (vc-di-eddsa 1.0):
//! alone, as a set, as a chain.
//!
//! What is issued here carries both, the first for verifiers elsewhere, the second since it covers every byte of the JSON.

mod hash;
mod read;

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};

use crate::{
    keys::{PublicKey, SignFault, Signer},
    ld::LdError,
};

pub use read::proofs;

/// The most proofs of a document that are looked at.
pub const MAX_PROOFS: usize = 8;
/// The purpose of a proof on a credential.
pub const ASSERTION: &str = "assertionMethod";
/// The purpose of a proof on a presentation.
pub const AUTHENTICATION: &str = "authentication";

/// A way to make and check signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Suite {
    /// Over canonical N-Quads (vc-di-eddsa, section 3.2).
    Rdfc,
    /// Over canonical JSON (section 3.3).
    Jcs,
}

impl Suite {
    /// Those that documents of ours carry, in their order: verifiers that look at one proof only look at the first, and take
    /// it for the first suite.
    pub const BOTH: [Self; 2] = [Self::Rdfc, Self::Jcs];

    /// Its name in a proof.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rdfc => "eddsa-rdfc-2022",
            Self::Jcs => "eddsa-jcs-2022",
        }
    }

    /// The suite of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::BOTH.into_iter().find(|suite| suite.name() == name)
    }
}

/// What a proof says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Its own name, which later proofs of a chain need.
    pub id: Option<String>,
    /// The id of the key.
    pub method: String,
    /// When it is made; cut to whole seconds.
    pub created: Option<DateTime<Utc>>,
    /// Until when it is good.
    pub expires: Option<DateTime<Utc>>,
    /// [`ASSERTION`] or [`AUTHENTICATION`].
    pub purpose: String,
    /// For whom it is meant.
    pub domain: Option<String>,
    /// What it answers.
    pub challenge: Option<String>,
    /// The names of the proofs of the same document that it covers as well.
    pub previous: Vec<String>,
}

impl Options {
    /// For a credential.
    pub fn assertion(method: &str, created: DateTime<Utc>) -> Self {
        Self {
            id: None,
            method: method.to_owned(),
            created: Some(created),
            expires: None,
            purpose: ASSERTION.to_owned(),
            domain: None,
            challenge: None,
            previous: Vec::new(),
        }
    }
}

/// A proof as a document carries it.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    /// Its suite, if it is understood.
    pub suite: Option<Suite>,
    /// The name of its suite, or its type where that names the suite.
    pub kind: String,
    /// Its own name.
    pub id: Option<String>,
    /// The id of the key that made it.
    pub method: String,
    /// What it was made for.
    pub purpose: String,
    /// When it was made, if it says so.
    pub created: Option<DateTime<Utc>>,
    /// Until when it is good, if it says so.
    pub expires: Option<DateTime<Utc>>,
    /// For whom it is meant.
    pub domain: Vec<String>,
    /// What it answers.
    pub challenge: Option<String>,
    /// The names of the proofs that it covers as well.
    pub previous: Vec<String>,
    /// All its members.
    members: Map<String, Value>,
}

/// Why a document's proofs cannot be judged, or one does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// There is none.
    #[error("it carries no signature")]
    None,
    /// There are more than are looked at.
    #[error("it carries {0} signatures, at most {MAX_PROOFS} are looked at")]
    TooMany(usize),
    /// A proof that is not built as the standard says.
    #[error("a signature is not built as the standard says: {0}")]
    Malformed(String),
    /// The document is none that a suite can sign.
    #[error(transparent)]
    Document(#[from] LdError),
    /// The document has no canonical form.
    #[error("it has no canonical form")]
    Canonical,
    /// The key could not be used to sign.
    #[error(transparent)]
    Key(#[from] SignFault),
    /// The signature does not belong to this content.
    #[error("the content was changed after it was signed, or the signature is not by this key")]
    Mismatch,
}

/// Signs a document by both suites; existing proofs are replaced. `created` is cut to whole seconds.
///
/// # Errors
/// A document without a canonical form, or one with words that its contexts do not know.
pub fn sign(mut document: Value, key: &dyn Signer, method: &str, created: DateTime<Utc>) -> Result<Value, ProofError> {
    object(&mut document)?.remove("proof");
    let options = Options::assertion(method, created);
    Suite::BOTH.into_iter().try_fold(document, |document, suite| add(document, suite, &options, key))
}

/// Adds a proof to those of a document (vc-data-integrity, section 4.3 «Add Proof Set/Chain»).
///
/// # Errors
/// A document without a canonical form, words that its contexts do not know, or a previous proof that is not there.
pub fn add(mut document: Value, suite: Suite, options: &Options, key: &dyn Signer) -> Result<Value, ProofError> {
    let object = object(&mut document)?;
    let mut members = members(suite, options);
    if suite == Suite::Jcs
        && let Some(context) = object.get("@context")
    {
        members.insert("@context".into(), context.clone());
    }
    let data = hash::data(suite, object, &members, &options.previous)?;
    members.insert("proofValue".into(), format!("z{}", bs58::encode(key.try_sign(&data)?).into_string()).into());
    let proof = Value::Object(members);
    match object.get_mut("proof") {
        None => {
            object.insert("proof".into(), proof);
        }
        Some(Value::Array(proofs)) => proofs.push(proof),
        Some(one) => *one = json!([one.take(), proof]),
    }
    Ok(document)
}

fn object(document: &mut Value) -> Result<&mut Map<String, Value>, ProofError> {
    document.as_object_mut().ok_or_else(|| ProofError::Malformed("what it signs is no object".into()))
}

fn members(suite: Suite, options: &Options) -> Map<String, Value> {
    let mut members = Map::new();
    let time = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            members.insert(name.to_owned(), value);
        }
    };
    put("id", options.id.clone().map(Value::from));
    put("type", Some("DataIntegrityProof".into()));
    put("cryptosuite", Some(suite.name().into()));
    put("created", options.created.map(|at| time(at).into()));
    put("expires", options.expires.map(|at| time(at).into()));
    put("verificationMethod", Some(options.method.clone().into()));
    put("proofPurpose", Some(options.purpose.clone().into()));
    put("domain", options.domain.clone().map(Value::from));
    put("challenge", options.challenge.clone().map(Value::from));
    put(
        "previousProof",
        match options.previous.as_slice() {
            [] => None,
            [one] => Some(one.clone().into()),
            several => Some(several.into()),
        },
    );
    members
}

impl Proof {
    /// Whether its suite is one that is understood.
    pub fn is_understood(&self) -> bool {
        self.suite.is_some()
    }

    /// The 64 bytes that are signed: SHA-256 of the canonical options, then of the canonical document (vc-di-eddsa, sections
    /// 3.2.4 and 3.3.4).
    ///
    /// # Errors
    /// [`ProofError`].
    pub fn hash_data(&self, document: &Value) -> Result<[u8; 64], ProofError> {
        let malformed = |what: &str| ProofError::Malformed(what.to_owned());
        let suite = self.suite.ok_or_else(|| malformed("its kind is not understood"))?;
        let document = document.as_object().ok_or_else(|| malformed("it signs no object"))?;
        let mut members = self.members.clone();
        members.remove("proofValue");
        hash::data(suite, document, &members, &self.previous)
    }

    /// Checks the signature over a document. Its key, purpose and times are for the caller to judge, and so are the proofs
    /// that it names as previous: each proof of a document is checked by itself.
    ///
    /// # Errors
    /// [`ProofError`].
    pub fn verify(&self, document: &Value, key: &PublicKey) -> Result<(), ProofError> {
        let signature = read::signature(&self.members)?;
        if key.verifies(&self.hash_data(document)?, &signature) { Ok(()) } else { Err(ProofError::Mismatch) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SigningKey;

    fn signed() -> (Value, PublicKey) {
        let key = SigningKey::from_seed([3; 32]);
        let document = json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": "urn:x",
            "type": ["VerifiableCredential"],
            "name": "A credential",
        });
        let created = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        (sign(document, &key, "did:web:example.org#k", created).unwrap(), key.public())
    }

    #[test]
    fn what_was_signed_verifies_by_both_suites_and_what_was_changed_by_neither() {
        let (document, key) = signed();
        let proofs = proofs(&document).unwrap();
        assert_eq!(proofs.iter().map(|proof| proof.suite).collect::<Vec<_>>(), [Some(Suite::Rdfc), Some(Suite::Jcs)]);
        for proof in &proofs {
            assert_eq!(proof.verify(&document, &key), Ok(()));
            for (pointer, value) in [("/id", json!("urn:y")), ("/name", json!("Another")), ("/@context", json!([]))] {
                let mut changed = document.clone();
                *changed.pointer_mut(pointer).unwrap() = value;
                assert!(proof.verify(&changed, &key).is_err(), "{pointer}");
            }
        }
    }

    #[test]
    fn what_a_proof_says_of_itself_is_signed_too() {
        let (document, key) = signed();
        for at in 0..2 {
            let mut later = document.clone();
            later["proof"][at]["created"] = "2030-01-01T00:00:00Z".into();
            assert_eq!(proofs(&later).unwrap()[at].verify(&later, &key), Err(ProofError::Mismatch));
        }
    }

    #[test]
    fn a_word_without_a_meaning_cannot_be_signed() {
        let key = SigningKey::from_seed([3; 32]);
        let document = json!({"@context": ["https://www.w3.org/ns/credentials/v2"], "id": "urn:x", "grade": 1});
        let error = sign(document, &key, "did:web:example.org#k", DateTime::default()).unwrap_err();
        assert!(error.to_string().contains("/grade"), "{error}");
    }
}
