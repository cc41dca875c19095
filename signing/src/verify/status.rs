//! The step `revocation`: neither valid nor invalid where nobody knows.

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;

use super::{StepOutcome, TOLERANCE_MINUTES, TrustBundle, TrustedIssuer, sentences, token::known_words, window};
use crate::{
    jose::VcJwt,
    keys::{KeyPurpose, PublicKey},
    proof::{self, Suite},
    status::{Entry, REVOCATION, StatusList},
};

/// What the status lists at hand say of a credential of this issuer.
pub(super) fn step(
    credential: &Value,
    issuer: &TrustedIssuer,
    trust: &TrustBundle,
    now: DateTime<Utc>,
) -> (StepOutcome, String) {
    let open = |why: &str| (StepOutcome::Undetermined, sentences::bad_list(why));
    if credential.get("credentialStatus").is_none() {
        return (StepOutcome::NotChecked, sentences::NO_STATUS.to_owned());
    }
    let entry = match Entry::of(credential) {
        Ok(entries) => entries.into_iter().find(|entry| entry.purpose == REVOCATION),
        Err(error) => return open(&error.to_string()),
    };
    let Some(entry) = entry else { return open("the certificate names a list of a kind that is not known here") };
    let of_entry = |list: &&Value| is_of(list, &entry.list);
    // Of several copies, the latest that holds.
    let copies = trust.status_lists.iter().filter(of_entry).map(|list| read(list, issuer, now));
    let best = copies.reduce(|one, other| match (&one, &other) {
        (Ok(list), Ok(later)) if later.valid_from > list.valid_from => other,
        (Err(_), Ok(_)) => other,
        _ => one,
    });
    let list = match best {
        None => return (StepOutcome::Undetermined, sentences::no_list()),
        Some(Err(why)) => return open(&why),
        Some(Ok(list)) => list,
    };
    match list.is_set(&entry) {
        Err(error) => open(&error.to_string()),
        // What was revoked once stays so, however old the list.
        Ok(true) => (StepOutcome::Failed, sentences::revoked(list.valid_from)),
        Ok(false) if list.valid_until <= now => {
            (StepOutcome::Undetermined, sentences::status_of(list.valid_from, list.valid_until))
        }
        Ok(false) => (StepOutcome::Passed, sentences::not_revoked(list.valid_from)),
    }
}

/// Whether this is a list of that address, as an object or as a token.
fn is_of(list: &Value, address: &str) -> bool {
    match list {
        Value::String(token) => VcJwt::read(token).is_ok_and(|token| is_of(&token.credential, address)),
        object => object.get("id").and_then(Value::as_str) == Some(address),
    }
}

/// A list of this issuer, signed with a key that it lists, and that its root key lets sign lists.
fn read(document: &Value, issuer: &TrustedIssuer, now: DateTime<Utc>) -> Result<StatusList, String> {
    let list = match document {
        Value::String(token) => read_token(token, issuer, now)?,
        object => read_object(object, issuer, now)?,
    };
    if list.valid_from > now + Duration::minutes(TOLERANCE_MINUTES) {
        return Err("it claims to be of the future".to_owned());
    }
    Ok(list)
}

/// Whether the root key, if there is one, let this key sign lists then.
pub(super) fn may_sign(issuer: &TrustedIssuer, key: &PublicKey, created: Option<DateTime<Utc>>) -> Result<(), String> {
    let covered = window::windows(issuer).and_then(|windows| match windows {
        Some(windows) => window::covers(windows, key, created, KeyPurpose::Status),
        None => Ok(()),
    });
    covered.map_err(|refused| refused.sentence)
}

/// A list signed as a token.
fn read_token(token: &str, issuer: &TrustedIssuer, now: DateTime<Utc>) -> Result<StatusList, String> {
    let token = VcJwt::read(token).map_err(|error| error.to_string())?;
    let list = StatusList::read(&token.credential).map_err(|error| error.to_string())?;
    if list.issuer != issuer.document.id {
        return Err("it is another issuer's".to_owned());
    }
    let key = token.kid().map_err(|error| error.to_string())?;
    let key = issuer.document.assertion_key_at(key, now).map_err(|error| error.to_string())?;
    token.verify(&key).map_err(|error| error.to_string())?;
    known_words(&token.credential).map_err(|error| error.to_string())?;
    may_sign(issuer, &key, token.created())?;
    Ok(list)
}

/// A list signed by both suites.
fn read_object(document: &Value, issuer: &TrustedIssuer, now: DateTime<Utc>) -> Result<StatusList, String> {
    let list = StatusList::read(document).map_err(|error| error.to_string())?;
    if list.issuer != issuer.document.id {
        return Err("it is another issuer's".to_owned());
    }
    let proofs = proof::proofs(document).map_err(|error| error.to_string())?;
    for suite in Suite::BOTH {
        let proof = proofs.iter().find(|proof| proof.suite == Some(suite) && proof.purpose == proof::ASSERTION);
        let proof = proof.ok_or("it does not carry both signatures")?;
        let key = issuer.document.assertion_key_at(&proof.method, now).map_err(|error| error.to_string())?;
        proof.verify(document, &key).map_err(|error| error.to_string())?;
        may_sign(issuer, &key, proof.created)?;
    }
    Ok(list)
}
