//! Canonical bytes and digests: RFC 8785 JSON, SHA-256 in lower-case hex, length-prefixed parts.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// SHA-256 in lower-case hex, 64 characters.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// The RFC 8785 bytes of a document of this crate or of `item`.
///
/// # Panics
/// Never for those: their keys are strings and their numbers integers below 2^53.
pub fn canonical_json<T: Serialize>(document: &T) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(document).expect("string keys and small integers always serialise")
}

/// SHA-256 of the RFC 8785 bytes of a document, in lower-case hex.
///
/// # Panics
/// As [`canonical_json`].
pub fn digest<T: Serialize>(document: &T) -> String {
    sha256_hex(&canonical_json(document))
}

/// Parts joined so that no two different lists give the same bytes: each part after its length in bytes as a big-endian
/// 32-bit integer.
///
/// # Panics
/// If a part is 4 GiB or longer.
pub fn length_prefixed(parts: &[&[u8]]) -> Vec<u8> {
    let mut joined = Vec::with_capacity(parts.iter().map(|part| part.len() + 4).sum());
    for part in parts {
        let length = u32::try_from(part.len()).expect("parts are short");
        joined.extend_from_slice(&length.to_be_bytes());
        joined.extend_from_slice(part);
    }
    joined
}

/// Whether a text is a SHA-256 as this crate writes it.
pub(crate) fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cannot_be_moved_across_their_border() {
        assert_eq!(length_prefixed(&[b"ab", b""]), b"\0\0\0\x02ab\0\0\0\0");
        assert_ne!(length_prefixed(&[b"ab", b"c"]), length_prefixed(&[b"a", b"bc"]));
    }

    #[test]
    fn only_lower_case_hex_of_64_characters_is_a_digest() {
        assert!(is_digest(&sha256_hex(b"")));
        assert!(!is_digest(&sha256_hex(b"").to_uppercase()));
        assert!(!is_digest("e3b0"));
    }
}
