//! The JSON Canonicalization Scheme, RFC 8785.

pub(crate) mod value;

use serde::Serialize;

/// Why a value has no canonical form.
#[derive(Debug, thiserror::Error)]
#[error("no canonical JSON: {0}")]
pub struct CanonicalError(#[from] serde_json::Error);

/// The canonical bytes of a value (RFC 8785, section 3.2).
///
/// # Errors
/// A value that JSON cannot carry, such as a map whose keys are not strings.
pub fn to_vec<T: Serialize>(value: &T) -> Result<Vec<u8>, CanonicalError> {
    Ok(serde_json_canonicalizer::to_vec(value)?)
}

/// The canonical text of a value.
///
/// # Errors
/// As [`to_vec`].
pub fn to_string<T: Serialize>(value: &T) -> Result<String, CanonicalError> {
    Ok(serde_json_canonicalizer::to_string(value)?)
}

/// SHA-256 of the canonical bytes, as lower-case hexadecimal.
///
/// # Errors
/// As [`to_vec`].
pub fn digest_hex<T: Serialize>(value: &T) -> Result<String, CanonicalError> {
    Ok(crate::digest::sha256_hex(&to_vec(value)?))
}
