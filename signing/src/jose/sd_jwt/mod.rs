//! SD-JWT VC (RFC 9901; draft-ietf-oauth-sd-jwt-vc): a certificate of which its holder shows what he wants to, bound to a key
//! of his.
//!
//! What is not shown is not told. Who sees two presentations still sees that they are of one certificate: unlinkability is
//! not promised (docs/JOSE.md).

mod disclosure;
mod issue;
mod present;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

use super::{JoseError, Jws};
use crate::{digest::sha256, json::MAX_BYTES};
use disclosure::Disclosure;

pub use issue::{Issue, issue};
pub use present::{Challenge, KB_JWT, Presented, present, unbind};

/// The `typ` of the token.
pub const SD_JWT_VC: &str = "dc+sd-jwt";
/// The most disclosures that are read.
const MAX_DISCLOSURES: usize = 64;
/// Claims that are always shown (draft-ietf-oauth-sd-jwt-vc, section 3.2.2.2; the last is ours: a demonstration must not pass
/// for a certificate).
const ALWAYS_SHOWN: [&str; 7] = ["iss", "nbf", "exp", "cnf", "vct", "status", "demonstration"];

/// A token with its disclosures, read and not yet judged.
#[derive(Clone, Debug, PartialEq)]
pub struct SdJwt<'a> {
    /// What the issuer signed.
    pub issued: Jws<'a>,
    disclosures: Vec<Disclosure<'a>>,
    /// The token of the holder's key, if there is one.
    binding: Option<&'a str>,
    /// Everything before it, of which it states the hash.
    bound: &'a str,
}

impl<'a> SdJwt<'a> {
    /// Reads the compact form (RFC 9901, section 4): a JWT, disclosures, perhaps a key-binding JWT, with `~` between.
    ///
    /// # Errors
    /// [`JoseError`].
    pub fn read(text: &'a str) -> Result<Self, JoseError> {
        if text.len() > MAX_BYTES {
            return Err(JoseError::TooLong(text.len()));
        }
        let (bound, last) = text.rsplit_once('~').ok_or(JoseError::Form("it has no «~»"))?;
        let bound = &text[..=bound.len()];
        let mut parts = bound.trim_end_matches('~').split('~');
        // Two «~» after each other hold an empty disclosure, which is none.
        if bound.contains("~~") {
            return Err(JoseError::Form("a disclosure is empty"));
        }
        let issued = Jws::read(parts.next().unwrap_or_default())?;
        let disclosures: Vec<&str> = parts.collect();
        if disclosures.len() > MAX_DISCLOSURES {
            return Err(JoseError::Form("it has more disclosures than are read"));
        }
        Ok(Self {
            issued,
            disclosures: disclosures.into_iter().map(Disclosure::read).collect::<Result<_, _>>()?,
            binding: Some(last).filter(|last| !last.is_empty()),
            bound,
        })
    }

    /// The claims that are shown: those of the token, with what the disclosures disclose in its place (RFC 9901, section
    /// 7.1). Each disclosure must belong to exactly one digest.
    ///
    /// # Errors
    /// [`JoseError::Claim`], [`JoseError::Form`].
    pub fn claims(&self) -> Result<Map<String, Value>, JoseError> {
        disclosure::claims(self.issued.payload(), &self.disclosures)
    }

    /// The names of the claims that can be shown or not, of those on the top level.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.disclosures.iter().filter_map(|disclosure| disclosure.name.as_deref())
    }
}

/// SHA-256 in base64url, over the text as it stands (RFC 9901, section 4.2.3).
fn digest(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(sha256(text.as_bytes()))
}
