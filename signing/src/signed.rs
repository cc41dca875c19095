//! A document of ours and one signature over its canonical bytes. Every document names its own `format` and `version`, so
//! that no signature made for one kind can stand under another.

use ed25519_dalek::Signature;
use serde::{Deserialize, Serialize};

use crate::{
    digest::sha256_hex,
    jcs::{self, CanonicalError},
    keys::{PublicKey, SignFault, Signer, SigningKey},
};

/// A signed document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed<T> {
    /// What is signed.
    pub document: T,
    /// Who signs: an Ed25519 public key in Multikey form. A key by itself says nothing; [`Self::check`] is told whom to trust.
    pub key: String,
    /// Ed25519 (RFC 8032) over the document's canonical JSON (RFC 8785), as 128 lower-case hexadecimal digits.
    pub signature: String,
}

/// Why a signed document does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignedFault {
    /// Signed by a key that is not among the trusted ones.
    #[error("is signed by a key that is not trusted for it")]
    UnknownKey,
    /// Key or signature is not what it should look like.
    #[error("has a key or signature that cannot be read")]
    Unreadable,
    /// The signature belongs to other bytes or another key.
    #[error("was changed after it was signed: its signature does not fit")]
    Signature,
}

/// Why a document was not signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// It has no canonical form.
    #[error(transparent)]
    Canonical(#[from] CanonicalError),
    /// The key could not be used.
    #[error(transparent)]
    Key(#[from] SignFault),
}

impl<T: Serialize> Signed<T> {
    /// Signs a document with a key that may be kept elsewhere.
    ///
    /// # Errors
    /// [`SignError`].
    pub fn sign_by(document: T, key: &dyn Signer) -> Result<Self, SignError> {
        let signature = hex::encode(key.try_sign(&Self::message(&document)?)?);
        Ok(Self { document, key: key.public().to_string(), signature })
    }

    /// Signs a document.
    ///
    /// # Errors
    /// As [`jcs::to_vec`].
    pub fn sign(document: T, key: &SigningKey) -> Result<Self, CanonicalError> {
        let signature = hex::encode(key.sign(&Self::message(&document)?));
        Ok(Self { document, key: key.public().to_string(), signature })
    }

    /// The bytes to sign, for a key that is kept elsewhere.
    ///
    /// # Errors
    /// As [`jcs::to_vec`].
    pub fn message(document: &T) -> Result<Vec<u8>, CanonicalError> {
        jcs::to_vec(document)
    }

    /// Checks that one of the trusted keys signed exactly this.
    ///
    /// # Errors
    /// [`SignedFault`].
    pub fn check(&self, trusted: &[PublicKey]) -> Result<(), SignedFault> {
        let key = PublicKey::from_multikey(&self.key).map_err(|_| SignedFault::Unreadable)?;
        if !trusted.contains(&key) {
            return Err(SignedFault::UnknownKey);
        }
        let signature = read_signature(&self.signature).ok_or(SignedFault::Unreadable)?;
        let message = Self::message(&self.document).map_err(|_| SignedFault::Unreadable)?;
        if key.verifies(&message, &signature) { Ok(()) } else { Err(SignedFault::Signature) }
    }

    /// SHA-256 of the whole, signature included, as 64 lower-case hexadecimal digits.
    ///
    /// # Errors
    /// As [`jcs::to_vec`].
    pub fn digest(&self) -> Result<String, CanonicalError> {
        Ok(sha256_hex(&jcs::to_vec(self)?))
    }
}

/// Reads a signature: 128 lower-case hexadecimal digits, and no other spelling.
pub fn read_signature(text: &str) -> Option<[u8; Signature::BYTE_SIZE]> {
    let mut bytes = [0; Signature::BYTE_SIZE];
    hex::decode_to_slice(text, &mut bytes).ok()?;
    (!text.bytes().any(|b| b.is_ascii_uppercase())).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_seed([seed; 32])
    }

    #[test]
    fn only_what_a_trusted_key_signed_counts() {
        let signed = Signed::sign(json!({"format": "x", "n": 1}), &key(1)).unwrap();
        let (mine, other) = (key(1).public(), key(2).public());
        assert_eq!(signed.check(&[other, mine]), Ok(()));
        assert_eq!(signed.check(&[other]), Err(SignedFault::UnknownKey));
        let changed = Signed { document: json!({"format": "x", "n": 2}), ..signed.clone() };
        assert_eq!(changed.check(&[mine]), Err(SignedFault::Signature));
        let claimed = Signed { key: other.to_string(), ..signed.clone() };
        assert_eq!(claimed.check(&[other]), Err(SignedFault::Signature));
        for rubbish in ["", "ff", &signed.signature.to_uppercase(), &signed.signature[1..]] {
            let broken = Signed::<Value> { signature: rubbish.to_owned(), ..signed.clone() };
            assert_eq!(broken.check(&[mine]), Err(SignedFault::Unreadable), "{rubbish}");
        }
        assert_eq!(Signed { key: "z6".into(), ..signed }.check(&[mine]), Err(SignedFault::Unreadable));
    }
}
