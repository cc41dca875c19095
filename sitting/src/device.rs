//! The key that one device writes a journal with, and what it signs.

use serde::{Deserialize, Serialize};
use signing::{
    jcs::{self, CanonicalError},
    keys::PublicKey,
    signed::read_signature,
};

/// Where a device keeps its private key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyHome {
    /// In the browser (WebCrypto), which signs with it and does not give it away. A copied profile takes it along.
    Webcrypto,
    /// In the program's own storage, from where its owner can copy it: for browsers without Ed25519 in WebCrypto.
    Software,
}

/// A device as a journal names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// Its public key in Multikey form.
    pub key: String,
    /// Where the private one is.
    pub home: KeyHome,
}

impl Device {
    /// The public key, if the text is one.
    pub fn public_key(&self) -> Option<PublicKey> {
        PublicKey::from_multikey(&self.key).ok()
    }

    /// Whether this device signed the message; the signature is 128 lower-case hexadecimal digits.
    pub fn signed(&self, message: &[u8], signature: &str) -> bool {
        let Some((key, signature)) = self.public_key().zip(read_signature(signature)) else { return false };
        key.verifies(message, &signature)
    }
}

/// What a device signs to vouch for its journal as far as it goes: the attempt, the epoch (1, and 1 more after each move to
/// another device), the number of lines and the hash of the last one.
///
/// # Errors
/// As [`jcs::to_vec`].
pub fn checkpoint_message(attempt: &str, epoch: u32, count: u64, head: &str) -> Result<Vec<u8>, CanonicalError> {
    jcs::to_vec(&("invigil-checkpoint-1", attempt, epoch, count, head))
}

/// What a device signs to be bound to an attempt: it has the private key.
///
/// # Errors
/// As [`jcs::to_vec`].
pub fn binding_message(attempt: &str, key: &str) -> Result<Vec<u8>, CanonicalError> {
    jcs::to_vec(&("invigil-binding-1", attempt, key))
}
