//! Data Integrity proofs of suite `eddsa-jcs-2022` (W3C vc-di-eddsa 1.0, section 3.3; vc-data-integrity 1.0).

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use crate::{
    digest::sha256,
    jcs::{self, CanonicalError},
    keys::{PublicKey, SigningKey},
};

/// The suite that is written and understood.
pub const SUITE: &str = "eddsa-jcs-2022";
/// The most proofs of a document that are looked at.
const MAX_PROOFS: usize = 8;

/// A proof as a document carries it.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    /// Its suite.
    pub suite: String,
    /// The id of the key that made it.
    pub method: String,
    /// When it was made, if it says so.
    pub created: Option<DateTime<Utc>>,
    /// Until when it is good, if it says so.
    pub expires: Option<DateTime<Utc>>,
    options: Map<String, Value>,
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
    /// The signature does not belong to this content.
    #[error("the content was changed after it was signed, or the signature is not by this key")]
    Mismatch,
}

/// Signs a document; an existing `proof` is replaced. `created` is cut to whole seconds.
///
/// # Errors
/// A document without a canonical form.
///
/// # Panics
/// If the document is no object: signed documents always are.
pub fn sign(
    mut document: Value,
    key: &SigningKey,
    method: &str,
    created: DateTime<Utc>,
) -> Result<Value, CanonicalError> {
    let object = document.as_object_mut().expect("a document to be signed is an object");
    object.remove("proof");
    let mut options = json!({
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": created.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    });
    if let Some(context) = object.get("@context") {
        options["@context"] = context.clone();
    }
    let signature = key.sign(&hash_data(&Value::Object(object.clone()), &options)?);
    options["proofValue"] = format!("z{}", bs58::encode(signature).into_string()).into();
    object.insert("proof".into(), options);
    Ok(document)
}

/// SHA-256 of the canonical options, then SHA-256 of the canonical document (vc-di-eddsa, section 3.3.4).
fn hash_data(document: &Value, options: &Value) -> Result<[u8; 64], CanonicalError> {
    let mut joined = [0; 64];
    joined[..32].copy_from_slice(&sha256(&jcs::to_vec(options)?));
    joined[32..].copy_from_slice(&sha256(&jcs::to_vec(document)?));
    Ok(joined)
}

/// The proofs of a document, one or several.
///
/// # Errors
/// [`ProofError`] for none, too many, or one that is malformed.
pub fn proofs(document: &Value) -> Result<Vec<Proof>, ProofError> {
    let listed = match document.get("proof") {
        None => return Err(ProofError::None),
        Some(Value::Array(listed)) if listed.is_empty() => return Err(ProofError::None),
        Some(Value::Array(listed)) if listed.len() > MAX_PROOFS => return Err(ProofError::TooMany(listed.len())),
        Some(Value::Array(listed)) => listed.iter().collect(),
        Some(one) => vec![one],
    };
    listed.into_iter().map(read).collect()
}

fn read(value: &Value) -> Result<Proof, ProofError> {
    let malformed = |what: &str| ProofError::Malformed(what.to_owned());
    let options = value.as_object().ok_or_else(|| malformed("it is no object"))?.clone();
    let text = |name: &str| options.get(name).and_then(Value::as_str);
    let time = |name: &str| match options.get(name) {
        None => Ok(None),
        Some(value) => value
            .as_str()
            .and_then(|text| DateTime::parse_from_rfc3339(text).ok())
            .map(|time| Some(time.to_utc()))
            .ok_or_else(|| malformed(&format!("{name} is no time"))),
    };
    if text("type") != Some("DataIntegrityProof") {
        return Err(malformed("its type is not DataIntegrityProof"));
    }
    if text("proofPurpose") != Some("assertionMethod") {
        return Err(malformed("its purpose is not assertionMethod"));
    }
    Ok(Proof {
        suite: text("cryptosuite").ok_or_else(|| malformed("it names no cryptosuite"))?.to_owned(),
        method: text("verificationMethod").ok_or_else(|| malformed("it names no key"))?.to_owned(),
        created: time("created")?,
        expires: time("expires")?,
        options,
    })
}

impl Proof {
    /// Whether its suite is the one that is understood.
    pub fn is_understood(&self) -> bool {
        self.suite == SUITE
    }

    /// Checks the signature over a document (vc-di-eddsa, section 3.3.2). Its times are for the caller to judge.
    ///
    /// # Errors
    /// [`ProofError::Malformed`] or [`ProofError::Mismatch`].
    pub fn verify(&self, document: &Value, key: &PublicKey) -> Result<(), ProofError> {
        let malformed = |what: &str| ProofError::Malformed(what.to_owned());
        let mut document = document.as_object().ok_or_else(|| malformed("it signs no object"))?.clone();
        document.remove("proof");
        let mut options = self.options.clone();
        let value = options.remove("proofValue").ok_or_else(|| malformed("it has no value"))?;
        let encoded = value.as_str().and_then(|text| text.strip_prefix('z')).filter(|text| text.len() <= 100);
        let decoded = encoded.and_then(|text| bs58::decode(text).into_vec().ok());
        let signature: [u8; 64] = decoded
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or_else(|| malformed("its value is not 64 bytes in base58"))?;
        if options.contains_key("previousProof") {
            return Err(malformed("it is part of a chain of proofs, which is not understood"));
        }
        if let Some(context) = options.get("@context") {
            // The document's contexts must begin with those that were signed; those are what counts.
            if !begins_with(document.get("@context"), context) {
                return Err(malformed("its contexts are not those of the document"));
            }
            document.insert("@context".into(), context.clone());
        }
        let data = hash_data(&Value::Object(document), &Value::Object(options)).map_err(|_| ProofError::Mismatch)?;
        if key.verifies(&data, &signature) { Ok(()) } else { Err(ProofError::Mismatch) }
    }
}

fn begins_with(whole: Option<&Value>, beginning: &Value) -> bool {
    match (whole, beginning) {
        (Some(Value::Array(whole)), Value::Array(beginning)) => whole.starts_with(beginning),
        (Some(whole), beginning) => whole == beginning,
        (None, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed() -> (Value, PublicKey) {
        let key = SigningKey::from_seed([3; 32]);
        let document = json!({"@context": ["a", "b"], "id": "urn:x", "n": 31});
        let created = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        (sign(document, &key, "did:web:example.org#k", created).unwrap(), key.public())
    }

    #[test]
    fn what_was_signed_verifies_and_what_was_changed_does_not() {
        let (document, key) = signed();
        let proof = proofs(&document).unwrap().remove(0);
        assert!(proof.is_understood());
        assert_eq!(proof.verify(&document, &key), Ok(()));
        for (pointer, value) in [("/id", json!("urn:y")), ("/n", json!(32)), ("/@context", json!(["a"]))] {
            let mut changed = document.clone();
            *changed.pointer_mut(pointer).unwrap() = value;
            assert!(proof.verify(&changed, &key).is_err(), "{pointer}");
        }
        let mut later = document.clone();
        later["proof"]["created"] = "2030-01-01T00:00:00Z".into();
        assert_eq!(proofs(&later).unwrap()[0].verify(&later, &key), Err(ProofError::Mismatch));
    }

    #[test]
    fn malformed_proofs_are_named() {
        let (mut document, _) = signed();
        assert_eq!(proofs(&json!({})), Err(ProofError::None));
        assert_eq!(proofs(&json!({"proof": []})), Err(ProofError::None));
        assert!(matches!(proofs(&json!({"proof": vec![1; 9]})), Err(ProofError::TooMany(9))));
        document["proof"]["proofPurpose"] = "authentication".into();
        assert!(matches!(proofs(&document), Err(ProofError::Malformed(_))));
    }
}
