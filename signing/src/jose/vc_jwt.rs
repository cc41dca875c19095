//! Credentials as `vc+jwt` (W3C vc-jose-cose 1.0, section 3.1.1; Open Badges 3.0, section 8.2).

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::{JoseError, Jws, sign};
use crate::keys::{PublicKey, Signer};

/// The `typ` of a credential.
pub const VC_JWT: &str = "vc+jwt";
/// Claims of older drafts, in which the credential was one claim among others (vc-jose-cose, section 3.1.1: they must not be
/// there).
const OLD: [&str; 2] = ["vc", "vp"];
/// Claims that stand beside the credential's members; all but the last say the same as those.
const BESIDE: [&str; 6] = ["iss", "sub", "jti", "nbf", "exp", "iat"];

/// Signs a credential as JWT; its proofs are left out. `iss`, `jti`, `nbf`, `exp` and `sub` say what `issuer`, `id`,
/// `validFrom`, `validUntil` and the subject's `id` say: some verifiers look at those only. `iat` says when it is signed.
///
/// # Errors
/// A credential without issuer, id or validity, or with members of the names of these claims.
pub fn sign_vc(
    credential: &Value,
    method: &str,
    key: &dyn Signer,
    created: DateTime<Utc>,
) -> Result<String, JoseError> {
    let mut payload = credential.as_object().ok_or(JoseError::Form("the credential is no object"))?.clone();
    payload.remove("proof");
    if OLD.iter().chain(&BESIDE).any(|name| payload.contains_key(*name)) {
        return Err(JoseError::Form("the credential has members of the names of claims"));
    }
    let said = Said::of(&payload)?;
    let claims = [
        ("iss", Some(Value::from(said.issuer))),
        ("sub", said.subject.map(Value::from)),
        ("jti", Some(said.id.into())),
        ("nbf", Some(said.from.into())),
        ("exp", said.until.map(Value::from)),
        ("iat", Some(created.timestamp().into())),
    ];
    let claims: Vec<_> = claims.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    payload.extend(claims);
    let header = [("typ", VC_JWT), ("cty", "vc"), ("kid", method)];
    sign(header.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect(), &payload, key)
}

/// What a credential's members say that claims say as well.
struct Said {
    issuer: String,
    subject: Option<String>,
    id: String,
    from: i64,
    until: Option<i64>,
}

impl Said {
    fn of(credential: &Map<String, Value>) -> Result<Self, JoseError> {
        let id = |value: Option<&Value>| match value {
            Some(Value::Object(members)) => members.get("id").and_then(Value::as_str).map(str::to_owned),
            Some(Value::String(text)) => Some(text.clone()),
            _ => None,
        };
        let time = |name: &'static str| match credential.get(name) {
            None => Ok(None),
            Some(value) => {
                let read = value.as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
                read.map(|at| Some(at.timestamp())).ok_or(JoseError::Claim(name, "it is no time with a time zone"))
            }
        };
        let absent = |name| JoseError::Claim(name, "the credential does not say it");
        Ok(Self {
            issuer: id(credential.get("issuer")).ok_or_else(|| absent("issuer"))?,
            subject: match credential.get("credentialSubject") {
                subject @ Some(Value::Object(_)) => id(subject),
                _ => None,
            },
            id: credential.get("id").and_then(Value::as_str).ok_or_else(|| absent("id"))?.to_owned(),
            from: time("validFrom")?.ok_or_else(|| absent("validFrom"))?,
            until: time("validUntil")?,
        })
    }
}

/// A credential that came as JWT.
#[derive(Clone, Debug, PartialEq)]
pub struct VcJwt<'a> {
    token: Jws<'a>,
    created: Option<DateTime<Utc>>,
    /// The credential, without the claims beside it.
    pub credential: Value,
}

impl<'a> VcJwt<'a> {
    /// Reads a token. What it says is not vouched for before [`Self::verify`].
    ///
    /// # Errors
    /// As [`Jws::read`] and [`Self::of`].
    pub fn read(token: &'a str) -> Result<Self, JoseError> {
        Self::of(Jws::read(token)?)
    }

    /// The credential of a token of this type whose claims say the same as its members.
    ///
    /// # Errors
    /// [`JoseError::Type`], [`JoseError::Claim`].
    pub fn of(token: Jws<'a>) -> Result<Self, JoseError> {
        token.require_type(VC_JWT)?;
        let contents = token.header("cty").unwrap_or("vc");
        if contents != "vc" && contents != "application/vc" {
            return Err(JoseError::Header("cty «vc»"));
        }
        let mut credential = token.payload().clone();
        if let Some(old) = OLD.into_iter().find(|name| credential.contains_key(*name)) {
            return Err(JoseError::Claim(old, "the credential is not the payload itself, as it has to be"));
        }
        if credential.contains_key("proof") {
            return Err(JoseError::Claim("proof", "a credential as JWT has no other proof"));
        }
        let said = Said::of(&credential)?;
        let agree = |name, is: Option<&str>, should: &str| match is {
            Some(is) if is == should => Ok(()),
            Some(_) => Err(JoseError::Claim(name, "it says something else than the credential")),
            None => Err(JoseError::Claim(name, "it is not there, or no text")),
        };
        let text = |name: &str| credential.get(name).map(|value| value.as_str().unwrap_or_default());
        agree("iss", text("iss"), &said.issuer)?;
        agree("jti", text("jti"), &said.id)?;
        match (text("sub"), &said.subject) {
            (None, None) => (),
            (is, should) => agree("sub", is, should.as_deref().unwrap_or_default())?,
        }
        for (name, is, should) in
            [("nbf", token.seconds("nbf")?, Some(said.from)), ("exp", token.seconds("exp")?, said.until)]
        {
            if is != should {
                return Err(JoseError::Claim(name, "it says something else than the credential"));
            }
        }
        let created = token.seconds("iat")?.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        BESIDE.iter().for_each(|name| drop(credential.remove(*name)));
        Ok(Self { token, created, credential: credential.into() })
    }

    /// The id of the key.
    ///
    /// # Errors
    /// As [`Jws::kid`].
    pub fn kid(&self) -> Result<&str, JoseError> {
        self.token.kid()
    }

    /// When it was signed, if it says so.
    pub fn created(&self) -> Option<DateTime<Utc>> {
        self.created
    }

    /// Checks the signature.
    ///
    /// # Errors
    /// As [`Jws::verify`].
    pub fn verify(&self, key: &PublicKey) -> Result<(), JoseError> {
        self.token.verify(key)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::keys::SigningKey;

    fn credential() -> Value {
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": "urn:uuid:1",
            "type": ["VerifiableCredential"],
            "issuer": {"id": "did:web:issuer.example"},
            "validFrom": "2026-11-17T11:06:40Z",
            "validUntil": "2029-08-14T11:06:40Z",
            "credentialSubject": {"id": "urn:x"},
        })
    }

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000, 0).unwrap()
    }

    fn key() -> SigningKey {
        SigningKey::from_seed([9; 32])
    }

    #[test]
    fn a_credential_is_read_as_it_was_signed() {
        let mut signed = credential();
        signed["proof"] = json!([{"type": "DataIntegrityProof"}]);
        let token = sign_vc(&signed, "did:web:issuer.example#k", &key(), now()).unwrap();
        let read = VcJwt::read(&token).unwrap();
        assert_eq!(read.credential, credential());
        assert_eq!(read.kid(), Ok("did:web:issuer.example#k"));
        assert_eq!(read.verify(&key().public()), Ok(()));
        let claims = read.token.payload();
        assert_eq!((&claims["iss"], &claims["nbf"]), (&json!("did:web:issuer.example"), &json!(1_794_913_600)));
        // Signed twice, it is the same token.
        assert_eq!(sign_vc(&credential(), "did:web:issuer.example#k", &key(), now()).unwrap(), token);
        assert_eq!(read.created(), Some(now()));
    }

    #[test]
    fn claims_that_disagree_with_the_credential_are_refused_by_name() {
        let token = sign_vc(&credential(), "k", &key(), now()).unwrap();
        let payload = Jws::read(&token).unwrap().payload().clone();
        let header = || Map::from_iter([("typ".to_owned(), json!(VC_JWT)), ("kid".to_owned(), json!("k"))]);
        let fault = |name: &str, value: Option<Value>| {
            let mut payload = payload.clone();
            match value {
                Some(value) => drop(payload.insert(name.to_owned(), value)),
                None => drop(payload.remove(name)),
            }
            let token = sign(header(), &payload, &key()).unwrap();
            VcJwt::read(&token).map(|_| ()).unwrap_err()
        };
        for name in ["iss", "sub", "jti", "nbf", "exp"] {
            for value in [None, Some(json!("urn:other")), Some(json!(7)), Some(json!(null)), Some(json!([]))] {
                match fault(name, value.clone()) {
                    JoseError::Claim(named, _) => assert_eq!(named, name),
                    other => panic!("{name} {value:?}: {other}"),
                }
            }
        }
        for name in ["vc", "vp", "proof"] {
            assert!(matches!(fault(name, Some(json!({}))), JoseError::Claim(named, _) if named == name));
        }
        for name in ["issuer", "id", "validFrom"] {
            assert!(matches!(fault(name, None), JoseError::Claim(..)));
        }
        let other = sign(Map::from_iter([("typ".to_owned(), json!("JWT"))]), &payload, &key()).unwrap();
        assert!(matches!(VcJwt::read(&other), Err(JoseError::Type(..))));
        assert!(sign_vc(&json!({"iss": 1}), "k", &key(), now()).is_err());
    }
}
