//! Issuing to a holder.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::{SD_JWT_VC, digest};
use crate::{
    jose::{JoseError, jws, to_jwk},
    keys::{PublicKey, Signer},
};

/// What is issued.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue<'a> {
    /// The issuer's identifier.
    pub issuer: &'a str,
    /// What the holder holds (`vct`).
    pub credential_type: &'a str,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// From then on it is not valid any more.
    pub expires: DateTime<Utc>,
    /// The holder's key.
    pub holder: PublicKey,
    /// Where a revocation would show: the list's address, the number on it.
    pub status: Option<(&'a str, u64)>,
    /// Marks it as a demonstration. Always shown.
    pub demonstration: bool,
    /// Claims that are shown or not, each with 128 random bits that keep it from being guessed.
    pub hidden: &'a [(&'a str, Value, [u8; 16])],
}

/// Signs the token; with all disclosures, for its holder.
///
/// # Errors
/// [`JoseError::Canonical`].
pub fn issue(what: &Issue<'_>, method: &str, key: &dyn Signer) -> Result<String, JoseError> {
    let disclosures: Vec<String> = what
        .hidden
        .iter()
        .map(|(name, value, salt)| {
            URL_SAFE_NO_PAD.encode(json!([URL_SAFE_NO_PAD.encode(salt), name, value]).to_string())
        })
        .collect();
    let mut digests: Vec<String> = disclosures.iter().map(|disclosure| digest(disclosure)).collect();
    // In an order that does not tell which is which.
    digests.sort();
    let mut payload = Map::from_iter([
        ("iss".to_owned(), what.issuer.into()),
        ("vct".to_owned(), what.credential_type.into()),
        ("iat".to_owned(), what.issued_at.timestamp().into()),
        ("exp".to_owned(), what.expires.timestamp().into()),
        ("cnf".to_owned(), json!({"jwk": to_jwk(&what.holder)})),
        ("_sd_alg".to_owned(), "sha-256".into()),
        ("_sd".to_owned(), digests.into()),
    ]);
    if let Some((uri, idx)) = what.status {
        payload.insert("status".into(), json!({"status_list": {"idx": idx, "uri": uri}}));
    }
    if what.demonstration {
        payload.insert("demonstration".into(), true.into());
    }
    let header = [("typ", SD_JWT_VC), ("kid", method)];
    let header = header.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    let mut token = jws::sign(header, &payload, key)?;
    token.push('~');
    for disclosure in &disclosures {
        token.push_str(disclosure);
        token.push('~');
    }
    Ok(token)
}
