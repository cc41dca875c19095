//! Ed25519 keys (RFC 8032): PKCS#8 files (RFC 8410) and Multikey text (W3C Controlled Identifiers 1.0, section 2.2.2); who
//! may sign what and when (docs/KEYS.md).

mod history;
#[cfg(feature = "locked")]
pub mod locked;
mod signer;
mod statement;
mod windows;

use std::fmt;

use ed25519_dalek::{
    Signer as _,
    pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, spki::der::pem::LineEnding},
};

pub use history::{HistoryFault, KeyHistory, MAX_KEYS, MAX_STATEMENTS};
pub use signer::{SignFault, Signer};
pub use statement::{Action, KeyPurpose, KeyStatement, StatementFault};
pub use windows::{Allowed, End, KeyWindows, Window, Windows};

/// Two bytes that say «Ed25519 public key» in front of a Multikey's 32.
const MULTICODEC_ED25519_PUB: [u8; 2] = [0xed, 0x01];
/// No Multikey of this kind is longer.
const MAX_MULTIKEY: usize = 64;

/// A text that is no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// A private key file that cannot be used.
    #[error("is no Ed25519 private key in PKCS#8 PEM form ({0})")]
    Pkcs8(String),
    /// A public key text that cannot be used.
    #[error("is no Ed25519 public key in Multikey form (z6Mk…)")]
    Multikey,
}

/// A private key. Its bytes are wiped when it is dropped and never shown.
pub struct SigningKey(ed25519_dalek::SigningKey);

/// A public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(ed25519_dalek::VerifyingKey);

impl SigningKey {
    /// The key of 32 secret bytes, which must come from a cryptographic random generator (RFC 8032, section 5.1.5).
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(&seed))
    }

    /// Reads a PKCS#8 PEM file, as `openssl genpkey -algorithm ed25519` also writes it.
    ///
    /// # Errors
    /// [`KeyError::Pkcs8`].
    pub fn from_pkcs8_pem(text: &str) -> Result<Self, KeyError> {
        ed25519_dalek::SigningKey::from_pkcs8_pem(text).map(Self).map_err(|error| KeyError::Pkcs8(error.to_string()))
    }

    /// Writes a PKCS#8 PEM file.
    ///
    /// # Panics
    /// Never: a key always has this form.
    pub fn to_pkcs8_pem(&self) -> String {
        self.0.to_pkcs8_pem(LineEnding::LF).expect("an Ed25519 key always has a PKCS#8 form").to_string()
    }

    /// The public key that belongs to it.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs a message (RFC 8032, section 5.1.6).
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({}, secret)", self.public())
    }
}

impl PublicKey {
    /// The key of 32 bytes; `None` if they are no point of the curve, or one of small order: under such a key signatures can
    /// be made that fit several messages (vc-di-eddsa, section 4.1.2).
    pub fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        ed25519_dalek::VerifyingKey::from_bytes(bytes).ok().filter(|key| !key.is_weak()).map(Self)
    }

    /// Its 32 bytes (RFC 8032, section 5.1.2).
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// Reads the Multikey form.
    ///
    /// # Errors
    /// [`KeyError::Multikey`].
    pub fn from_multikey(text: &str) -> Result<Self, KeyError> {
        let encoded = text.strip_prefix('z').filter(|rest| rest.len() < MAX_MULTIKEY).ok_or(KeyError::Multikey)?;
        let bytes = bs58::decode(encoded).into_vec().map_err(|_| KeyError::Multikey)?;
        let key = bytes.strip_prefix(&MULTICODEC_ED25519_PUB).ok_or(KeyError::Multikey)?;
        let key: &[u8; 32] = key.try_into().map_err(|_| KeyError::Multikey)?;
        Self::from_bytes(key).ok_or(KeyError::Multikey)
    }

    /// Whether this key signed the message. Strict: refuses keys and points of small order and signatures that are not
    /// canonical (vc-di-eddsa, section 4.1.2), so that a signature stands for one message and one key.
    pub fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(message, &ed25519_dalek::Signature::from_bytes(signature)).is_ok()
    }
}

impl fmt::Display for PublicKey {
    /// The Multikey form.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = MULTICODEC_ED25519_PUB.to_vec();
        bytes.extend_from_slice(self.0.as_bytes());
        write!(f, "z{}", bs58::encode(bytes).into_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032, section 7.1: seed, public key, message, signature.
    const RFC_8032: [[&str; 4]; 3] = [
        [
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ],
        [
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ],
        [
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ],
    ];

    fn bytes<const N: usize>(hex_digits: &str) -> [u8; N] {
        hex::decode(hex_digits).unwrap().try_into().unwrap()
    }

    #[test]
    fn the_vectors_of_rfc_8032_hold() {
        for [seed, public, message, signature] in RFC_8032 {
            let key = SigningKey::from_seed(bytes(seed));
            let message = hex::decode(message).unwrap();
            assert_eq!(key.public(), PublicKey::from_bytes(&bytes(public)).unwrap());
            // The seed of the first vector is written from its digits, so the signature shows that it is the RFC's.
            assert_eq!(hex::encode(key.sign(&message)), signature);
            assert!(key.public().verifies(&message, &bytes(signature)));
            assert!(!key.public().verifies(b"another", &bytes(signature)));
        }
    }

    /// The order of the group, in the order of bytes of a signature (RFC 8032, section 5.1).
    const ORDER: &str = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";

    #[test]
    fn one_message_has_one_signature() {
        let key = SigningKey::from_seed([7; 32]);
        let signature = key.sign(b"message");
        assert!(key.public().verifies(b"message", &signature));
        // S and S + L are the same to whoever reckons and does not look.
        let mut malleated = signature;
        let mut carry = 0;
        for (digit, order) in malleated[32..].iter_mut().zip(bytes::<32>(ORDER)) {
            let sum = u16::from(*digit) + u16::from(order) + carry;
            (*digit, carry) = (sum.to_le_bytes()[0], sum >> 8);
        }
        assert!(!key.public().verifies(b"message", &malleated));
        // R of small order, S nothing.
        let mut small = [0; 64];
        small[0] = 1;
        assert!(!key.public().verifies(b"message", &small));
    }

    #[test]
    fn keys_under_which_anything_verifies_are_no_keys() {
        let points = [
            // The neutral element, the point of order two, and one of order eight; then encodings that are not canonical.
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "0100000000000000000000000000000000000000000000000000000000000080",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ];
        for point in points {
            assert_eq!(PublicKey::from_bytes(&bytes(point)), None, "{point}");
        }
    }

    #[test]
    fn a_key_file_is_read_as_it_was_written_and_rubbish_is_refused() {
        let key = SigningKey::from_seed([7; 32]);
        let pem = key.to_pkcs8_pem();
        assert_eq!(SigningKey::from_pkcs8_pem(&pem).unwrap().public(), key.public());
        assert!(SigningKey::from_pkcs8_pem("").is_err());
        assert!(SigningKey::from_pkcs8_pem(&pem.replace("PRIVATE", "PUBLIC")).is_err());
        assert!(!format!("{key:?}").contains(&hex::encode([7; 32])));
    }

    #[test]
    fn a_multikey_is_read_as_it_was_written_and_rubbish_is_refused() {
        let key = SigningKey::from_seed([7; 32]).public();
        assert_eq!(PublicKey::from_multikey(&key.to_string()), Ok(key));
        for rubbish in ["", "z", "z6Mk", "x6Mk", &"z1".repeat(5000), &key.to_string()[1..]] {
            assert_eq!(PublicKey::from_multikey(rubbish), Err(KeyError::Multikey));
        }
    }
}
