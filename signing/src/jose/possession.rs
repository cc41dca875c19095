//! Proof that somebody has a key, to have a certificate bound to it: the proof type `jwt` of OpenID for Verifiable Credential
//! Issuance 1.0 (appendix F.1), which wallets make.

use chrono::{DateTime, Duration, Utc};
use serde_json::Map;

use super::{JoseError, Jws, sign, to_jwk};
use crate::keys::{PublicKey, SigningKey};

/// The `typ` of a proof.
pub const POSSESSION: &str = "openid4vci-proof+jwt";
/// How old a proof may be, and how far ahead of our clock.
const MINUTES: i64 = 5;

/// Proves possession of a key to an issuer (`audience`), which gave the nonce.
///
/// # Errors
/// [`JoseError::Canonical`].
pub fn prove(key: &SigningKey, audience: &str, nonce: Option<&str>, now: DateTime<Utc>) -> Result<String, JoseError> {
    let mut payload = Map::new();
    payload.insert("aud".into(), audience.into());
    payload.insert("iat".into(), now.timestamp().into());
    if let Some(nonce) = nonce {
        payload.insert("nonce".into(), nonce.into());
    }
    let header = Map::from_iter([("typ".into(), POSSESSION.into()), ("jwk".into(), to_jwk(&key.public()))]);
    sign(header, &payload, key)
}

/// What a proof proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Possession {
    /// The key that its maker has.
    pub key: PublicKey,
    /// What it answers; whether that was given out is for the issuer to judge.
    pub nonce: Option<String>,
}

/// Checks a proof that was made for this issuer at most five minutes ago.
///
/// # Errors
/// [`JoseError`].
pub fn check(token: &str, audience: &str, now: DateTime<Utc>) -> Result<Possession, JoseError> {
    let token = Jws::read(token)?;
    token.require_type(POSSESSION)?;
    let key = token.own_key()?;
    token.verify(&key)?;
    if token.text("aud")? != audience {
        return Err(JoseError::Claim("aud", "it was made for another issuer"));
    }
    fresh(&token, now)?;
    let nonce = match token.payload().get("nonce") {
        None => None,
        Some(_) => Some(token.text("nonce")?.to_owned()),
    };
    Ok(Possession { key, nonce })
}

/// Whether a token was made just now.
pub(super) fn fresh(token: &Jws<'_>, now: DateTime<Utc>) -> Result<(), JoseError> {
    let made = token.seconds("iat")?.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let made = made.ok_or(JoseError::Claim("iat", "it is not there"))?;
    if made > now + Duration::minutes(MINUTES) {
        return Err(JoseError::Claim("iat", "it claims to be of the future"));
    }
    if made < now - Duration::minutes(MINUTES) {
        return Err(JoseError::Claim("iat", "it is older than five minutes; make a new one"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_for_one_issuer_and_a_few_minutes() {
        let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let key = SigningKey::from_seed([4; 32]);
        let proof = prove(&key, "did:web:issuer.example", Some("n-1"), now).unwrap();
        let check = |audience, at| check(&proof, audience, at);
        let proven = Possession { key: key.public(), nonce: Some("n-1".into()) };
        assert_eq!(check("did:web:issuer.example", now), Ok(proven));
        for (audience, at, claim) in [
            ("did:web:other.example", now, "aud"),
            ("did:web:issuer.example", now + Duration::minutes(6), "iat"),
            ("did:web:issuer.example", now - Duration::minutes(6), "iat"),
        ] {
            assert!(matches!(check(audience, at), Err(JoseError::Claim(named, _)) if named == claim));
        }
        // The key of another, whose private part the asker has not.
        let other = SigningKey::from_seed([5; 32]);
        let header = Map::from_iter([("typ".into(), POSSESSION.into()), ("jwk".into(), to_jwk(&other.public()))]);
        let forged = sign(header, Jws::read(&proof).unwrap().payload(), &key).unwrap();
        assert_eq!(super::check(&forged, "did:web:issuer.example", now), Err(JoseError::Mismatch));
    }
}
