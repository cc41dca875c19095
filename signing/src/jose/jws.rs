//! Compact JWS (RFC 7515, section 7.1).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

use super::{JoseError, shortened};
use crate::{
    jcs,
    json::{self, MAX_BYTES},
    keys::{PublicKey, Signer},
};

/// Header members that bring a key or an address of one.
const KEYS: [&str; 6] = ["jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256"];
/// The only member that brings a key of an own kind of token: a proof of possession.
const JWK: &str = "jwk";

/// A token that was read: its form is right, and nothing else is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Jws<'a> {
    header: Map<String, Value>,
    payload: Map<String, Value>,
    signed: &'a str,
    signature: Vec<u8>,
}

/// Signs a payload: header and payload in canonical JSON (RFC 8785), so that the same content has the same token.
///
/// # Errors
/// [`JoseError::Canonical`]; [`JoseError::Sign`] if the key cannot be used.
pub fn sign(
    mut header: Map<String, Value>,
    payload: &Map<String, Value>,
    key: &dyn Signer,
) -> Result<String, JoseError> {
    header.insert("alg".into(), "EdDSA".into());
    let part = |value: &Map<String, Value>| {
        jcs::value::map(value).map(|bytes| URL_SAFE_NO_PAD.encode(bytes)).map_err(|_| JoseError::Canonical)
    };
    let signed = format!("{}.{}", part(&header)?, part(payload)?);
    let signature = URL_SAFE_NO_PAD.encode(key.try_sign(signed.as_bytes())?);
    Ok(format!("{signed}.{signature}"))
}

impl<'a> Jws<'a> {
    /// Reads three parts in base64url without padding, the first two of which are JSON objects without repeated members, at
    /// most [`MAX_BYTES`] together.
    ///
    /// # Errors
    /// [`JoseError::TooLong`], [`JoseError::Form`], [`JoseError::Json`].
    pub fn read(token: &'a str) -> Result<Self, JoseError> {
        if token.len() > MAX_BYTES {
            return Err(JoseError::TooLong(token.len()));
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(JoseError::Form("it has no three parts"))?;
        let (header, payload) = signed.split_once('.').ok_or(JoseError::Form("it has no three parts"))?;
        let bytes = |part: &str| {
            URL_SAFE_NO_PAD.decode(part).map_err(|_| JoseError::Form("a part is not in base64url without padding"))
        };
        let object = |name, part: &str| {
            let value = json::parse(&bytes(part)?).map_err(|error| JoseError::Json(name, error))?;
            match value {
                Value::Object(members) => Ok(members),
                _ => Err(JoseError::Form("header and payload are not both objects")),
            }
        };
        Ok(Self {
            header: object("the header", header)?,
            payload: object("the payload", payload)?,
            signed,
            signature: bytes(signature)?,
        })
    }

    /// The claims.
    pub fn payload(&self) -> &Map<String, Value> {
        &self.payload
    }

    /// A member of the header that is a text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.header.get(name).and_then(Value::as_str)
    }

    /// Demands a type (`typ`): so that no token of one kind can stand for one of another (RFC 8725, section 3.11).
    ///
    /// # Errors
    /// [`JoseError::Type`].
    pub fn require_type(&self, wanted: &'static str) -> Result<(), JoseError> {
        let found = self.header("typ").unwrap_or_default();
        // A media type, whose «application/» may be left out, in whatever case (RFC 7515, section 4.1.9).
        let short = match found.get(..12) {
            Some(prefix) if prefix.eq_ignore_ascii_case("application/") => &found[12..],
            _ => found,
        };
        if short.eq_ignore_ascii_case(wanted) { Ok(()) } else { Err(JoseError::Type(shortened(found), wanted)) }
    }

    /// The id of the key (`kid`). A header that brings a key is refused: it would vouch for itself.
    ///
    /// # Errors
    /// [`JoseError::OwnKey`], [`JoseError::Header`].
    pub fn kid(&self) -> Result<&str, JoseError> {
        self.no_own_key(&KEYS)?;
        self.header("kid").ok_or(JoseError::Header("kid"))
    }

    /// The key that the header brings, for tokens that prove nothing else than its possession.
    ///
    /// # Errors
    /// [`JoseError::OwnKey`] for addresses of keys, [`JoseError::Key`].
    pub(super) fn own_key(&self) -> Result<PublicKey, JoseError> {
        self.no_own_key(&KEYS[1..])?;
        super::from_jwk(self.header.get(JWK).unwrap_or(&Value::Null))
    }

    fn no_own_key(&self, names: &[&'static str]) -> Result<(), JoseError> {
        match names.iter().find(|name| self.header.contains_key(**name)) {
            Some(name) => Err(JoseError::OwnKey(name)),
            None => Ok(()),
        }
    }

    /// Checks algorithm and signature. Type, key and claims are for the caller to judge.
    ///
    /// # Errors
    /// [`JoseError`] for everything but an Ed25519 signature of this content by this key.
    pub fn verify(&self, key: &PublicKey) -> Result<(), JoseError> {
        match self.header("alg") {
            Some("EdDSA" | "Ed25519") => (),
            None => return Err(JoseError::Header("alg")),
            Some(none) if none.eq_ignore_ascii_case("none") => return Err(JoseError::NotSigned),
            Some(shared) if shared.starts_with("HS") => return Err(JoseError::SharedSecret(shortened(shared))),
            Some(other) => return Err(JoseError::Algorithm(shortened(other))),
        }
        if self.header.contains_key("crit") || self.header.contains_key("b64") {
            return Err(JoseError::Critical);
        }
        let signature = self.signature.as_slice().try_into().map_err(|_| JoseError::Mismatch)?;
        if key.verifies(self.signed.as_bytes(), signature) { Ok(()) } else { Err(JoseError::Mismatch) }
    }

    /// A claim that is a text.
    ///
    /// # Errors
    /// [`JoseError::Claim`].
    pub fn text(&self, name: &'static str) -> Result<&str, JoseError> {
        self.payload.get(name).and_then(Value::as_str).ok_or(JoseError::Claim(name, "it is no text"))
    }

    /// A claim that is a time: whole seconds since 1970; `None` if it is not there.
    ///
    /// # Errors
    /// [`JoseError::Claim`].
    pub fn seconds(&self, name: &'static str) -> Result<Option<i64>, JoseError> {
        let Some(value) = self.payload.get(name) else { return Ok(None) };
        // As far as calendars reach: what is added to a time later must not run over.
        let seconds = value.as_i64().filter(|seconds| (0..=253_402_300_799).contains(seconds));
        seconds.map(Some).ok_or(JoseError::Claim(name, "it is no time in whole seconds since 1970"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::keys::SigningKey;

    fn key() -> SigningKey {
        SigningKey::from_seed([3; 32])
    }

    fn header(more: &Value) -> Map<String, Value> {
        more.as_object().unwrap().clone()
    }

    fn token(more: &Value) -> String {
        sign(header(more), &header(&json!({"a": 1})), &key()).unwrap()
    }

    fn part(value: &Value) -> String {
        URL_SAFE_NO_PAD.encode(value.to_string())
    }

    /// RFC 8037, appendix A.4: key, signing input, signature.
    #[test]
    fn the_example_of_rfc_8037_holds() {
        let seed = URL_SAFE_NO_PAD.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").unwrap();
        let key = SigningKey::from_seed(seed.try_into().unwrap());
        let input = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
        let signature = URL_SAFE_NO_PAD.encode(key.sign(input.as_bytes()));
        assert_eq!(signature, "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    }

    #[test]
    fn what_was_signed_is_read_and_verifies_under_its_key_only() {
        let token = token(&json!({"typ": "x+jwt", "kid": "k"}));
        let read = Jws::read(&token).unwrap();
        assert_eq!((read.kid(), read.payload()["a"].as_i64()), (Ok("k"), Some(1)));
        assert_eq!(read.require_type("x+jwt"), Ok(()));
        assert!(matches!(read.require_type("y+jwt"), Err(JoseError::Type(..))));
        assert_eq!(read.verify(&key().public()), Ok(()));
        assert_eq!(read.verify(&SigningKey::from_seed([4; 32]).public()), Err(JoseError::Mismatch));
        let (input, signature) = token.rsplit_once('.').unwrap();
        let changed = format!("{}.{}.{signature}", input.split_once('.').unwrap().0, part(&json!({"a": 2})));
        assert_eq!(Jws::read(&changed).unwrap().verify(&key().public()), Err(JoseError::Mismatch));
    }

    #[test]
    fn an_algorithm_a_key_or_an_extension_of_the_header_is_refused_by_name() {
        let with = |header: &Value| {
            let input = format!("{}.{}", part(header), part(&json!({})));
            let signature = URL_SAFE_NO_PAD.encode(key().sign(input.as_bytes()));
            let token = format!("{input}.{signature}");
            let read = Jws::read(&token).unwrap();
            (read.kid().map(str::to_owned), read.verify(&key().public()))
        };
        assert_eq!(with(&json!({"alg": "Ed25519", "kid": "k"})), (Ok("k".into()), Ok(())));
        for (alg, error) in [
            (json!("none"), JoseError::NotSigned),
            (json!("NONE"), JoseError::NotSigned),
            (json!("HS256"), JoseError::SharedSecret("HS256".into())),
            (json!("ES256"), JoseError::Algorithm("ES256".into())),
            (json!("eddsa"), JoseError::Algorithm("eddsa".into())),
            (json!(null), JoseError::Header("alg")),
        ] {
            assert_eq!(with(&json!({"alg": alg, "kid": "k"})).1, Err(error));
        }
        for name in KEYS {
            assert_eq!(with(&json!({"alg": "EdDSA", "kid": "k", name: "x"})).0, Err(JoseError::OwnKey(name)));
        }
        assert_eq!(with(&json!({"alg": "EdDSA"})).0, Err(JoseError::Header("kid")));
        assert_eq!(with(&json!({"alg": "EdDSA", "kid": 7})).0, Err(JoseError::Header("kid")));
        assert_eq!(with(&json!({"alg": "EdDSA", "kid": "k", "crit": ["exp"]})).1, Err(JoseError::Critical));
        assert_eq!(with(&json!({"alg": "EdDSA", "kid": "k", "b64": false})).1, Err(JoseError::Critical));
    }

    #[test]
    fn one_content_has_one_spelling() {
        let good = token(&json!({"kid": "k"}));
        let (input, signature) = good.rsplit_once('.').unwrap();
        let mut trailing = signature.to_owned();
        // The last character of 64 bytes carries two bits; another with the same two bits is no other signature.
        let last = trailing.pop().unwrap();
        trailing.push(if last == 'B' { 'C' } else { 'B' });
        let twice = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","alg":"EdDSA"}"#);
        for rubbish in [
            String::new(),
            "a.b".into(),
            format!("{good}."),
            format!("{good}="),
            format!("{input}.{trailing}"),
            format!(" {good}"),
            format!("{good}\n"),
            format!("{twice}.{}.{signature}", part(&json!({}))),
            format!("{}.{}.{signature}", part(&json!([])), part(&json!({}))),
            format!("{}.{}.{signature}", part(&json!({})), part(&json!("x"))),
            "A".repeat(MAX_BYTES + 1),
        ] {
            assert!(Jws::read(&rubbish).is_err(), "{rubbish:.100}");
        }
    }
}
