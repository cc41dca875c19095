//! The step `revocation` of what a holder shows, by the lists for tokens.

use std::cell::Cell;

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;

use super::{StepOutcome, TrustBundle, sentences, steps::Claims};
use crate::{
    jose::{Jws, STATUS_TOKEN, StatusToken},
    verify::{TOLERANCE_MINUTES, TrustedIssuer, status::may_sign},
};

/// What the lists at hand say.
pub(super) fn step(
    claims: &Claims,
    issuer: &TrustedIssuer,
    trust: &TrustBundle,
    now: DateTime<Utc>,
) -> (StepOutcome, String) {
    let open = |why: &str| (StepOutcome::Undetermined, sentences::bad_list(why));
    let (uri, index) = match &claims.status {
        None => return (StepOutcome::NotChecked, sentences::NO_STATUS.to_owned()),
        Some(Err(why)) => return open(why),
        Some(Ok(place)) => place,
    };
    let signer = Cell::new(None);
    let key = |id: &str| {
        let key = issuer.document.assertion_key_at(id, now).map_err(|error| error.to_string())?;
        signer.set(Some(key));
        Ok(key)
    };
    let (mut why, mut best) = (None, None::<StatusToken>);
    for token in trust.status_lists.iter().filter_map(Value::as_str).filter(|token| is_of(token, uri)) {
        match StatusToken::read(token, key) {
            Err(error) => why = Some(error),
            Ok(list) if list.issuer != claims.issuer => why = Some("it is another issuer's".to_owned()),
            Ok(list) if list.issued_at > now + Duration::minutes(TOLERANCE_MINUTES) => {
                why = Some("it claims to be of the future".to_owned());
            }
            Ok(list)
                if let Some(key) = signer.get()
                    && let Err(error) = may_sign(issuer, &key, Some(list.issued_at)) =>
            {
                why = Some(error);
            }
            // Of several copies, the latest that holds.
            Ok(list) if best.as_ref().is_none_or(|best| best.issued_at < list.issued_at) => best = Some(list),
            Ok(_) => (),
        }
    }
    let list = match (best, why) {
        (Some(list), _) => list,
        (None, Some(why)) => return open(&why),
        (None, None) => return (StepOutcome::Undetermined, sentences::no_list()),
    };
    match list.bits.get(*index) {
        None => open("it has no entry of this number"),
        // What was revoked once stays so, however old the list.
        Some(true) => (StepOutcome::Failed, sentences::revoked(list.issued_at)),
        Some(false) if list.expires <= now => {
            (StepOutcome::Undetermined, sentences::status_of(list.issued_at, list.expires))
        }
        Some(false) => (StepOutcome::Passed, sentences::not_revoked(list.issued_at)),
    }
}

/// Whether this is a list of that address.
fn is_of(token: &str, uri: &str) -> bool {
    Jws::read(token).is_ok_and(|token| token.text("sub") == Ok(uri) && token.require_type(STATUS_TOKEN).is_ok())
}
