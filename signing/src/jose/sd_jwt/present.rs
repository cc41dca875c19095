//! Showing to a verifier, and the proof that it is the holder who shows it (RFC 9901, sections 4.3 and 7.3).

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::{SdJwt, digest};
use crate::{
    jose::{JoseError, Jws, from_jwk, jws, possession::fresh},
    keys::{PublicKey, SigningKey},
};

/// The `typ` of the holder's token.
pub const KB_JWT: &str = "kb+jwt";

/// What a verifier asked: a presentation for somebody else, or of another day, is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Challenge<'a> {
    /// Who asks.
    pub audience: &'a str,
    /// What was drawn for this one question.
    pub nonce: &'a str,
}

/// What was shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Presented {
    /// The token with the disclosures that were chosen, and the holder's signature.
    pub token: String,
    /// The names of what it discloses.
    pub shown: Vec<String>,
}

/// Shows the claims of these names and no others.
///
/// # Errors
/// A name that the token has no disclosure of; a key that the token is not bound to; one that is bound already.
pub fn present(
    token: &str,
    show: &[&str],
    challenge: Challenge<'_>,
    holder: &SigningKey,
    now: DateTime<Utc>,
) -> Result<Presented, JoseError> {
    let read = SdJwt::read(token)?;
    if read.binding.is_some() {
        return Err(JoseError::Form("it was shown to somebody already; take the token as it was issued"));
    }
    if read.holder()? != holder.public() {
        return Err(JoseError::Key("the certificate is bound to another key"));
    }
    if show.iter().any(|name| !read.names().any(|known| known == *name)) {
        return Err(JoseError::Claim("that is asked for", "the certificate has none of this name to show"));
    }
    let (jwt, _) = token.split_once('~').ok_or(JoseError::Form("it has no «~»"))?;
    let mut bound = format!("{jwt}~");
    let mut shown = Vec::new();
    for disclosure in &read.disclosures {
        let Some(name) = disclosure.name.as_deref().filter(|name| show.contains(name)) else { continue };
        bound.push_str(disclosure.text);
        bound.push('~');
        shown.push(name.to_owned());
    }
    let payload = Map::from_iter([
        ("aud".to_owned(), challenge.audience.into()),
        ("nonce".to_owned(), challenge.nonce.into()),
        ("iat".to_owned(), now.timestamp().into()),
        ("sd_hash".to_owned(), digest(&bound).into()),
    ]);
    let header = Map::from_iter([("typ".to_owned(), KB_JWT.into())]);
    let binding = jws::sign(header, &payload, holder)?;
    Ok(Presented { token: bound + &binding, shown })
}

/// The same without the holder's signature.
pub fn unbind(token: &str) -> &str {
    token.rfind('~').map_or(token, |at| &token[..=at])
}

impl SdJwt<'_> {
    /// The key that it is bound to.
    ///
    /// # Errors
    /// [`JoseError::Claim`], [`JoseError::Key`].
    pub fn holder(&self) -> Result<PublicKey, JoseError> {
        let confirmation = self.issued.payload().get("cnf");
        let confirmation = confirmation.ok_or(JoseError::Claim("cnf", "it is bound to no key of a holder"))?;
        from_jwk(confirmation.get("jwk").unwrap_or(&Value::Null))
    }

    /// Checks that its holder signed this very presentation, for whoever asked, just now.
    ///
    /// # Errors
    /// [`JoseError`].
    pub fn check_binding(&self, challenge: Challenge<'_>, now: DateTime<Utc>) -> Result<(), JoseError> {
        let binding = self.binding.ok_or(JoseError::Form("the holder's signature (key binding) is missing"))?;
        let binding = Jws::read(binding)?;
        binding.require_type(KB_JWT)?;
        binding.verify(&self.holder()?)?;
        if binding.text("sd_hash")? != digest(self.bound) {
            return Err(JoseError::Claim("sd_hash", "it was made for another presentation"));
        }
        if binding.text("aud")? != challenge.audience {
            return Err(JoseError::Claim("aud", "it was made for another verifier"));
        }
        if binding.text("nonce")? != challenge.nonce {
            return Err(JoseError::Claim("nonce", "it answers another question"));
        }
        fresh(&binding, now)
    }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use serde_json::json;

    use super::{
        super::{Issue, issue},
        *,
    };

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000, 0).unwrap()
    }

    fn holder() -> SigningKey {
        SigningKey::from_seed([8; 32])
    }

    fn issued() -> String {
        let hidden = [
            ("name", json!("Zoë Muster"), [1; 16]),
            ("number", json!("CAISP-1"), [2; 16]),
            ("score", json!(80), [3; 16]),
        ];
        let what = Issue {
            issuer: "did:web:issuer.example",
            credential_type: "urn:invigil:certification:caisp",
            issued_at: now(),
            expires: now() + Duration::days(1_000),
            holder: holder().public(),
            status: Some(("https://issuer.example/token-status/1", 7)),
            demonstration: false,
            hidden: &hidden,
        };
        issue(&what, "did:web:issuer.example#k", &SigningKey::from_seed([9; 32])).unwrap()
    }

    const ASKED: Challenge<'static> = Challenge { audience: "https://hr.example", nonce: "n-1" };

    #[test]
    fn what_is_shown_is_what_was_chosen_and_nothing_else_can_be_read() {
        let token = issued();
        let presented = present(&token, &["number"], ASKED, &holder(), now()).unwrap();
        assert_eq!(presented.shown, ["number"]);
        let read = SdJwt::read(&presented.token).unwrap();
        let claims = read.claims().unwrap();
        assert_eq!(claims["number"], "CAISP-1");
        assert!(!claims.contains_key("name") && !claims.contains_key("_sd"));
        assert_eq!(read.check_binding(ASKED, now()), Ok(()));
        let whole = URL_TEXT.decode_all(&presented.token);
        assert!(!whole.contains("Zoë") && whole.contains("CAISP-1"), "{whole}");
        let none = present(&token, &[], ASKED, &holder(), now()).unwrap();
        assert_eq!(SdJwt::read(&none.token).unwrap().claims().unwrap()["vct"], "urn:invigil:certification:caisp");
    }

    /// Everything in a token that base64url hides.
    struct UrlText;
    const URL_TEXT: UrlText = UrlText;
    impl UrlText {
        fn decode_all(&self, token: &str) -> String {
            use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
            let parts = token.split(['~', '.']).filter_map(|part| URL_SAFE_NO_PAD.decode(part).ok());
            parts.map(|part| String::from_utf8_lossy(&part).into_owned()).collect()
        }
    }

    #[test]
    fn a_presentation_is_good_for_one_verifier_one_question_and_a_few_minutes() {
        let presented = present(&issued(), &["name"], ASKED, &holder(), now()).unwrap().token;
        let check = |token: &str, challenge, at| SdJwt::read(token).unwrap().check_binding(challenge, at);
        let claim = |result: Result<(), JoseError>| match result {
            Err(JoseError::Claim(name, _)) => name,
            other => panic!("{other:?}"),
        };
        assert_eq!(claim(check(&presented, Challenge { nonce: "n-2", ..ASKED }, now())), "nonce");
        assert_eq!(claim(check(&presented, Challenge { audience: "https://x.example", ..ASKED }, now())), "aud");
        assert_eq!(claim(check(&presented, ASKED, now() + Duration::minutes(6))), "iat");
        assert_eq!(claim(check(&presented, ASKED, now() - Duration::minutes(6))), "iat");
        // With more or less shown than was signed, or by a thief.
        let all = present(&issued(), &["name", "number"], ASKED, &holder(), now()).unwrap().token;
        let binding = &presented[unbind(&presented).len()..];
        assert_eq!(claim(check(&format!("{}{binding}", unbind(&all)), ASKED, now())), "sd_hash");
        assert!(matches!(check(unbind(&presented), ASKED, now()), Err(JoseError::Form(_))));
        let thief = SigningKey::from_seed([7; 32]);
        assert!(matches!(present(&issued(), &["name"], ASKED, &thief, now()), Err(JoseError::Key(_))));
        let payload = Jws::read(binding).unwrap().payload().clone();
        let header = Map::from_iter([("typ".to_owned(), KB_JWT.into())]);
        let forged = format!("{}{}", unbind(&presented), jws::sign(header, &payload, &thief).unwrap());
        assert_eq!(check(&forged, ASKED, now()), Err(JoseError::Mismatch));
        assert!(present(&issued(), &["birthday"], ASKED, &holder(), now()).is_err());
        assert!(present(&presented, &["name"], ASKED, &holder(), now()).is_err());
    }

    #[test]
    fn rubbish_is_refused() {
        let token = issued();
        for rubbish in ["", "~", "~~", "a~b", &format!("{token}~"), &token.replacen('~', "~~", 1), &token[1..]] {
            assert!(SdJwt::read(rubbish).is_err(), "{rubbish:.80}");
        }
        let many = format!("{}{}", token, "WyJzIiwiYSIsMV0~".repeat(65));
        assert!(SdJwt::read(&many).is_err());
    }
}
