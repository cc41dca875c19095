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
