//! What the issuer's root key says of the key that signed: docs/KEYS.md.

use chrono::{DateTime, Utc};

use super::{TrustedIssuer, sentences};
use crate::keys::{Allowed, KeyPurpose, PublicKey, Windows};

/// Why a key does not count, by a name that does not change, and in a sentence.
pub(super) struct Refused {
    pub(super) code: &'static str,
    pub(super) sentence: String,
}

impl Refused {
    /// The key was declared compromised at this time.
    pub(super) fn compromised(at: DateTime<Utc>) -> Self {
        Self { code: "key_compromised", sentence: sentences::compromised(at) }
    }
}

fn refuse<T>(code: &'static str, sentence: impl Into<String>) -> Result<T, Refused> {
    Err(Refused { code, sentence: sentence.into() })
}

/// What the issuer's root key states; nothing where the bundle does not carry it.
pub(super) fn windows(issuer: &TrustedIssuer) -> Result<Option<&Windows>, Refused> {
    let Some(history) = &issuer.keys else { return Ok(None) };
    if history.issuer() != issuer.document.id {
        return refuse("key_history_broken", sentences::OTHER_HISTORY);
    }
    match history.windows() {
        Ok(windows) => Ok(Some(windows)),
        Err(fault) => refuse("key_history_broken", sentences::broken_history(&fault)),
    }
}

/// Whether the key that a proof names was declared compromised. The document lists it no more then; this says why. A key that is
/// read from its name is believed here to its disadvantage only.
pub(super) fn compromised(windows: &Windows, method: &str) -> Option<DateTime<Utc>> {
    let (_, key) = method.rsplit_once('#')?;
    match windows.allows(&PublicKey::from_multikey(key).ok()?, KeyPurpose::Certificate, DateTime::UNIX_EPOCH) {
        Allowed::Compromised { at } => Some(at),
        _ => None,
    }
}

/// Whether the key may have signed when the signature says that it did.
pub(super) fn covers(
    windows: &Windows,
    key: &PublicKey,
    created: Option<DateTime<Utc>>,
    purpose: KeyPurpose,
) -> Result<(), Refused> {
    let Some(created) = created else { return refuse("key_undated", sentences::UNDATED) };
    match windows.allows(key, purpose, created) {
        Allowed::Yes => Ok(()),
        Allowed::NotStated => refuse("key_not_stated", sentences::NOT_STATED),
        Allowed::OtherPurpose => refuse("key_other_purpose", sentences::OTHER_KEY_PURPOSE),
        Allowed::Outside { not_before, not_after } => {
            refuse("key_outside_window", sentences::outside_window(created, not_before, not_after))
        }
        Allowed::Compromised { at } => Err(Refused::compromised(at)),
    }
}
