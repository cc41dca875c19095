//! Who holds a private key: this process, or a service that never gives it out.

use super::{PublicKey, SigningKey};

/// Signs with one Ed25519 key. A key in memory is one; a key management service can be another.
pub trait Signer: Send + Sync {
    /// The public key that belongs to it.
    fn public(&self) -> PublicKey;

    /// Signs a message (RFC 8032, section 5.1.6).
    ///
    /// # Errors
    /// [`SignFault`] if the key cannot be used now.
    fn try_sign(&self, message: &[u8]) -> Result<[u8; 64], SignFault>;
}

/// A key that could not be used; why, in words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the key could not be used: {0}")]
pub struct SignFault(pub String);

impl Signer for SigningKey {
    fn public(&self) -> PublicKey {
        Self::public(self)
    }

    fn try_sign(&self, message: &[u8]) -> Result<[u8; 64], SignFault> {
        Ok(self.sign(message))
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::json;

    use super::*;
    use crate::{
        proof::{self, ProofError},
        signed::Signed,
    };

    /// A service that holds the key, or cannot be reached.
    struct Service(Option<SigningKey>);

    impl Signer for Service {
        fn public(&self) -> PublicKey {
            SigningKey::from_seed([1; 32]).public()
        }

        fn try_sign(&self, message: &[u8]) -> Result<[u8; 64], SignFault> {
            self.0.as_ref().map(|key| key.sign(message)).ok_or_else(|| SignFault("the service does not answer".into()))
        }
    }

    #[test]
    fn a_service_signs_as_a_key_does_and_says_when_it_cannot() {
        let document =
            || json!({"@context": ["https://www.w3.org/ns/credentials/v2"], "id": "urn:x", "name": "A name"});
        let sign = |key: &dyn Signer| proof::sign(document(), key, "did:web:example.org#k", DateTime::default());
        let key = SigningKey::from_seed([1; 32]);
        let service = Service(Some(SigningKey::from_seed([1; 32])));
        assert_eq!(sign(&service), sign(&key));
        assert_eq!(Signed::sign_by(json!(1), &service).unwrap(), Signed::sign(json!(1), &key).unwrap());
        let away = Service(None);
        assert_eq!(sign(&away), Err(ProofError::Key(SignFault("the service does not answer".into()))));
        assert!(Signed::sign_by(json!(1), &away).is_err());
    }
}
