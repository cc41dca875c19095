//! Bearer tokens: a subject, a time of expiry and an HMAC-SHA256 (RFC 2104) over both. Nothing is stored.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// What a token is for. A token for one purpose is worth nothing for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Sitting one attempt; the subject is the attempt.
    Attempt,
    /// The administrator's pages; the subject is `admin`.
    Office,
    /// Proving the possession of a key; the subject is the attempt.
    Possession,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::Attempt => "attempt",
            Self::Office => "office",
            Self::Possession => "possession",
        }
    }
}

/// The server's secret for tokens.
pub struct TokenSecret([u8; 32]);

impl TokenSecret {
    /// A secret of these bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A token that is good until `expires_ms` (milliseconds since 1970).
    pub fn issue(&self, purpose: Purpose, subject: &str, expires_ms: i64) -> String {
        let claim = format!("{subject}.{expires_ms}");
        let tag = hex::encode(self.mac(purpose, &claim).finalize().into_bytes());
        format!("{claim}.{tag}")
    }

    /// The subject of a good token; `None` for a forged, foreign or expired one.
    pub fn subject<'a>(&self, purpose: Purpose, token: &'a str, now_ms: i64) -> Option<&'a str> {
        let (claim, tag) = token.rsplit_once('.')?;
        self.mac(purpose, claim).verify_slice(&hex::decode(tag).ok()?).ok()?;
        let (subject, expires) = claim.rsplit_once('.')?;
        (now_ms < expires.parse().ok()?).then_some(subject)
    }

    fn mac(&self, purpose: Purpose, claim: &str) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of every length");
        mac.update(b"invigil-token-1 ");
        mac.update(purpose.as_str().as_bytes());
        mac.update(b" ");
        mac.update(claim.as_bytes());
        mac
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_its_purpose_its_subject_and_its_time() {
        let secret = TokenSecret::new([1; 32]);
        let token = secret.issue(Purpose::Attempt, "a-1", 1000);
        assert_eq!(secret.subject(Purpose::Attempt, &token, 999), Some("a-1"));
        assert_eq!(secret.subject(Purpose::Attempt, &token, 1000), None);
        assert_eq!(secret.subject(Purpose::Office, &token, 999), None);
        assert_eq!(secret.subject(Purpose::Attempt, &token.replace("a-1", "a-2"), 999), None);
        assert_eq!(TokenSecret::new([2; 32]).subject(Purpose::Attempt, &token, 999), None);
        for rubbish in ["", ".", "..", "a-1.1000.zz", "a-1.1000."] {
            assert_eq!(secret.subject(Purpose::Attempt, rubbish, 0), None);
        }
    }
}
