//! The issuers of the samples: one body with a history of keys, and others who pretend to be it.

use chrono::{DateTime, Duration, Utc};
use signing::{
    did::{DidWeb, VerificationMethod},
    keys::{Action, KeyHistory, KeyPurpose, PublicKey, SigningKey},
    verify::TrustBundle,
};

use super::Fault;
use crate::{data::Config, issue::Issuer, random};

pub(super) struct Issuers {
    /// Signs with the current key.
    pub(super) current: Issuer,
    /// Signs with the key that was retired 400 days ago, whenever it is asked to.
    pub(super) retired: Issuer,
    /// Signs with the key that was declared compromised.
    pub(super) compromised: Issuer,
    /// Signs with a key that the bundle's document lists, and of which the root key says nothing.
    pub(super) unstated: Issuer,
    /// Signs with a key that nobody lists.
    pub(super) stranger: Issuer,
    /// Signs under another identifier.
    pub(super) elsewhere: Issuer,
    pub(super) unstated_key: PublicKey,
}

impl Issuers {
    pub(super) fn make(config: &Config, now: DateTime<Utc>) -> Result<Self, Fault> {
        let did = DidWeb::from_host(&config.issuer.did_host)?;
        let root = fresh()?;
        let [current, retired, compromised, unstated] = [fresh()?, fresh()?, fresh()?, fresh()?];
        let unstated_key = unstated.public();
        let ago = |days: i64| now - Duration::days(days);
        let certify = |from: DateTime<Utc>, until: DateTime<Utc>| Action::Certify {
            purposes: vec![KeyPurpose::Certificate, KeyPurpose::Status],
            not_before: from,
            not_after: until,
        };
        let mut history = KeyHistory::new(&did, &root.public());
        for (key, action, at) in [
            (retired.public(), certify(ago(1_600), ago(300)), ago(1_600)),
            (compromised.public(), certify(ago(1_000), ago(300)), ago(1_000)),
            (current.public(), certify(ago(400), now + Duration::days(365)), ago(400)),
            (retired.public(), Action::Retire { from: ago(400) }, ago(400)),
            (compromised.public(), Action::Compromise {}, ago(350)),
        ] {
            history = history.append(&key, action, "samples", at, &root)?;
        }
        let with = |key: SigningKey| Issuer::new(key, config).map_err(Fault::new);
        let mut forger = config.clone();
        forger.issuer.did_host = "forger.invigil.example".into();
        Ok(Self {
            current: with(current)?.with_history(Some(history)).map_err(Fault::new)?,
            retired: with(retired)?,
            compromised: with(compromised)?,
            unstated: with(unstated)?,
            stranger: with(fresh()?)?,
            elsewhere: Issuer::new(fresh()?, &forger).map_err(Fault::new)?,
            unstated_key,
        })
    }
}

/// Puts a key that the root key never certified into the document of the bundle, as somebody would who can change the issuer's
/// web page, but has not its root key.
pub(super) fn list_unstated(key: &PublicKey, trust: &mut TrustBundle) -> Result<(), Fault> {
    for issuer in &mut trust.issuers {
        let host = issuer.document.id.trim_start_matches("did:web:").replace("%3A", ":");
        let method = VerificationMethod::new(&DidWeb::from_host(&host)?, key);
        issuer.document.assertion_method.push(method.id.clone());
        issuer.document.verification_method.push(method);
    }
    Ok(())
}

fn fresh() -> Result<SigningKey, Fault> {
    Ok(SigningKey::from_seed(random::bytes()?))
}
