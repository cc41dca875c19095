//! The forms for wallets (docs/JOSE.md): credentials and status lists as `vc+jwt` (W3C vc-jose-cose 1.0), certificates that
//! are shown in part as SD-JWT VC (RFC 9901, draft-ietf-oauth-sd-jwt-vc).
//!
//! Compact JWS (RFC 7515) by Ed25519 (RFC 8037, RFC 9864) and by nothing else: what a header says of algorithms and keys is
//! never a reason to use them.

mod jwk;
mod jws;
pub mod possession;
pub mod sd_jwt;
mod status_token;
mod vc_jwt;

use crate::{json::JsonError, keys::SignFault};

pub use jwk::{from_jwk, to_jwk};
pub use jws::{Jws, sign};
pub use status_token::{STATUS_TOKEN, StatusToken};
pub use vc_jwt::{VC_JWT, VcJwt, sign_vc};

/// Why a token is none, or does not count.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JoseError {
    /// Longer than is read.
    #[error("the token has {0} bytes, more than are read")]
    TooLong(usize),
    /// Not built as a compact JWS or an SD-JWT.
    #[error("the token is not built as the standard says: {0}")]
    Form(&'static str),
    /// A part that is not JSON.
    #[error("{0} of the token: {1}")]
    Json(&'static str, JsonError),
    /// It says that it is not signed.
    #[error("the token is not signed: its header says «alg: none»")]
    NotSigned,
    /// An algorithm whose key would be a secret.
    #[error(
        "its header says «alg: {0}», by which whoever can check a token can also make one; only Ed25519 signatures count"
    )]
    SharedSecret(String),
    /// Another algorithm.
    #[error("its header says «alg: {0}», which is not understood here; only Ed25519 signatures count")]
    Algorithm(String),
    /// A header that brings the key, or an address of it.
    #[error("its header brings a key of its own ({0}); a key counts only if the issuer's document lists it")]
    OwnKey(&'static str),
    /// A header with extensions that must be understood.
    #[error("its header demands extensions (crit), of which none is understood here")]
    Critical,
    /// A header member of another shape.
    #[error("its header has no text {0}")]
    Header(&'static str),
    /// Of another type.
    #[error("its header says that it is of the type {0:?}, not {1:?}")]
    Type(String, &'static str),
    /// A claim that is missing, of another shape, or that disagrees.
    #[error("the claim {0}: {1}")]
    Claim(&'static str, &'static str),
    /// A JWK that is no Ed25519 public key.
    #[error("the key is no Ed25519 public key as a JWK: {0}")]
    Key(&'static str),
    /// The signature does not belong to this content.
    #[error("the content was changed after it was signed, or the signature is not by this key")]
    Mismatch,
    /// A document without a canonical form.
    #[error("it has no canonical form")]
    Canonical,
    /// The key that should sign cannot be used.
    #[error(transparent)]
    Sign(#[from] SignFault),
}

/// The form that bytes look like: JSON begins with a brace, these consist of a few characters only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likely<'a> {
    /// A JWT.
    Jwt(&'a str),
    /// A JWT with disclosures.
    SdJwt(&'a str),
}

impl<'a> Likely<'a> {
    /// Which of the two it looks like; white space around it is left out, as editors and mail add it.
    pub fn of(bytes: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes.trim_ascii()).ok()?;
        let known = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~');
        if text.len() > crate::json::MAX_BYTES || !text.contains('.') || !text.bytes().all(known) {
            return None;
        }
        Some(if text.contains('~') { Self::SdJwt(text) } else { Self::Jwt(text) })
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}
