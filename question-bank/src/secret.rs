//! The two secrets of 256 bits: the bank's, which salts hashes, and a candidate's, which seeds one draw.

use std::fmt;

use hkdf::Hkdf;
use sha2::Sha256;

use crate::canonical::length_prefixed;

/// Why a text is not a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a secret is 64 hexadecimal characters (256 bits)")]
pub struct SecretError;

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name([u8; 32]);

        impl $name {
            /// A secret of these bytes, which must come from a cryptographic random generator.
            pub fn new(bytes: [u8; 32]) -> Self {
                Self(bytes)
            }

            /// Reads 64 hexadecimal characters.
            ///
            /// # Errors
            /// [`SecretError`] for anything else.
            pub fn from_hex(text: &str) -> Result<Self, SecretError> {
                let mut bytes = [0; 32];
                hex::decode_to_slice(text, &mut bytes).map_err(|_| SecretError)?;
                Ok(Self(bytes))
            }

            /// 64 lower-case hexadecimal characters.
            pub fn to_hex(&self) -> String {
                hex::encode(self.0)
            }

            /// The bytes.
            pub fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }

            /// HKDF-SHA256 (RFC 5869) with this secret as input keying material, no salt, and length-prefixed parts as
            /// info.
            pub(crate) fn derive<const N: usize>(&self, info: &[&[u8]]) -> [u8; N] {
                let mut output = [0; N];
                Hkdf::<Sha256>::new(None, &self.0)
                    .expand(&length_prefixed(info), &mut output)
                    .expect("a few bytes are far below HKDF's limit");
                output
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

secret! {
    /// A bank's secret. It never leaves the bank: with it, an item's hash gives its key away in a few guesses.
    BankSecret
}

secret! {
    /// One candidate's secret for one sitting: kept until the last window that used it is over, then revealed.
    CandidateSecret
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_does_not_show_the_secret() {
        assert_eq!(format!("{:?}", BankSecret::new([7; 32])), "BankSecret(…)");
    }

    #[test]
    fn a_secret_is_exactly_64_hex_characters() {
        let text = "07".repeat(32);
        assert_eq!(CandidateSecret::from_hex(&text).unwrap().to_hex(), text);
        assert_eq!(CandidateSecret::from_hex(&text[2..]), Err(SecretError));
        assert_eq!(CandidateSecret::from_hex(&"zz".repeat(32)), Err(SecretError));
    }
}
