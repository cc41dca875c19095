//! The same documents as tokens: certificate and CPD record for wallets, status lists, certificates of which parts can be shown
//! (docs/JOSE.md).

use chrono::{DateTime, Duration, NaiveTime, Utc};
use serde_json::{Value, json};
use signing::{
    jose::{
        StatusToken,
        sd_jwt::{Issue, issue},
        sign_vc,
    },
    keys::{KeyPurpose, PublicKey},
    proof,
    status::Bitstring,
};

use super::{Issuer, LIST_HOURS, LIST_TTL_MS};
use crate::{failure::Failure, random};

/// Why no form of a certificate is issued.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotInForce {
    /// Not valid yet.
    #[error("the certificate is not valid before {0}")]
    NotYet(DateTime<Utc>),
    /// Expired, or expires today: what can be shown ends with the last whole day.
    #[error("the certificate expires, or expired, at {0}")]
    Expired(DateTime<Utc>),
}

impl Issuer {
    /// A signed document as a token. The same document gives the same token, which says that it was signed when the document
    /// was; unless another key signs by now than then: it says when it does.
    ///
    /// # Errors
    /// [`Failure::Fault`] for a text that is no document of this issuer.
    pub fn jwt(&self, signed: &str, now: DateTime<Utc>) -> Result<String, Failure> {
        let document: Value = serde_json::from_str(signed).map_err(Failure::fault)?;
        let proofs = proof::proofs(&document).map_err(Failure::fault)?;
        let created = proofs.iter().find_map(|proof| proof.created);
        let created = created.ok_or_else(|| Failure::fault("the document does not say when it was signed"))?;
        let is_list = document.pointer("/credentialSubject/encodedList").is_some();
        let purpose = if is_list { KeyPurpose::Status } else { KeyPurpose::Certificate };
        let at = if self.signer(purpose, created).is_ok() { created } else { now };
        let (key, method) = self.signs(purpose, at)?;
        sign_vc(&document, &method, key, at).map_err(Failure::fault)
    }

    /// The address of a status list as a token for tokens.
    pub fn token_list_address(&self, list: u64) -> String {
        format!("{}/token-status/{list}", self.config.public_url.trim_end_matches('/'))
    }

    /// A status list with these bits as a token for tokens, as of a moment.
    ///
    /// # Errors
    /// [`Failure::Fault`] if it cannot be signed.
    pub fn token_list(&self, list: u64, bits: Bitstring, at: DateTime<Utc>) -> Result<String, Failure> {
        let list = StatusToken {
            uri: self.token_list_address(list),
            issuer: self.profile.did.clone(),
            issued_at: at,
            expires: at + Duration::hours(LIST_HOURS),
            ttl: LIST_TTL_MS / 1_000,
            bits,
        };
        let (key, method) = self.signs(KeyPurpose::Status, at)?;
        list.sign(&method, key).map_err(Failure::fault)
    }

    /// The issuer's identifier.
    pub fn did(&self) -> &str {
        &self.profile.did
    }

    /// A certificate in the form of which parts can be shown, bound to a holder's key, with a number on a status list that
    /// nothing else has; and the names of what can be shown.
    ///
    /// # Errors
    /// [`NotInForce`]; otherwise a fault.
    pub fn selective(
        &self,
        certificate: &str,
        holder: PublicKey,
        (list, entry): (u64, u64),
        now: DateTime<Utc>,
    ) -> Result<Result<(String, Vec<String>), NotInForce>, Failure> {
        let facts = self.facts(certificate)?;
        let document: Value = serde_json::from_str(certificate).map_err(Failure::fault)?;
        let achievement = document.pointer("/credentialSubject/achievement/id").and_then(Value::as_str);
        let (scheme, edition) = achievement
            .and_then(|id| id.strip_prefix("urn:invigil:scheme:")?.split_once(':'))
            .ok_or_else(|| Failure::fault("the certificate names no scheme"))?;
        let until = facts.valid_until.ok_or_else(|| Failure::fault("the certificate has no date of expiry"))?;
        // Whole days: to the second, dates would tell whose certificate it is.
        let midnight = |at: DateTime<Utc>| at.date_naive().and_time(NaiveTime::MIN).and_utc();
        let expires = midnight(until);
        if facts.valid_from > now {
            return Ok(Err(NotInForce::NotYet(facts.valid_from)));
        }
        if expires <= now {
            return Ok(Err(NotInForce::Expired(until)));
        }
        let claims = [
            ("name", json!(facts.holder)),
            ("number", json!(facts.number)),
            ("title", json!(facts.credential)),
            ("edition", json!(edition)),
            ("valid_from", document["validFrom"].clone()),
            ("valid_until", document["validUntil"].clone()),
        ];
        let mut hidden = Vec::with_capacity(claims.len());
        for (name, value) in claims {
            hidden.push((name, value, random::bytes()?));
        }
        let address = self.token_list_address(list);
        let what = Issue {
            issuer: &self.profile.did,
            credential_type: &format!("urn:invigil:certification:{scheme}"),
            issued_at: midnight(now),
            expires,
            holder,
            status: Some((address.as_str(), entry)),
            demonstration: facts.demonstration,
            hidden: &hidden,
        };
        let (key, method) = self.signs(KeyPurpose::Certificate, now)?;
        let token = issue(&what, &method, key).map_err(Failure::fault)?;
        Ok(Ok((token, hidden.iter().map(|(name, ..)| (*name).to_owned()).collect())))
    }
}
