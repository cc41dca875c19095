//! Ed25519 keys as JSON Web Keys (RFC 8037, section 2).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::JoseError;
use crate::keys::PublicKey;

/// A public key as a JWK.
pub fn to_jwk(key: &PublicKey) -> Value {
    json!({"kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(key.to_bytes())})
}

/// Reads a public key. One that carries its private part is refused: whoever sees it could use it.
///
/// # Errors
/// [`JoseError::Key`].
pub fn from_jwk(jwk: &Value) -> Result<PublicKey, JoseError> {
    let text = |name: &str| jwk.get(name).and_then(Value::as_str);
    if jwk.get("d").is_some() {
        return Err(JoseError::Key("it carries the private key, which is not secret any more; make a new one"));
    }
    if (text("kty"), text("crv")) != (Some("OKP"), Some("Ed25519")) {
        return Err(JoseError::Key("it is of another kind"));
    }
    let bytes = text("x").and_then(|x| URL_SAFE_NO_PAD.decode(x).ok()).and_then(|bytes| bytes.try_into().ok());
    bytes.as_ref().and_then(PublicKey::from_bytes).ok_or(JoseError::Key("its x is no point that can be a key"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SigningKey;

    #[test]
    fn a_key_is_read_as_it_was_written_and_nothing_else_is() {
        let key = SigningKey::from_seed([1; 32]).public();
        let jwk = to_jwk(&key);
        assert_eq!(from_jwk(&jwk), Ok(key));
        // RFC 8037, appendix A.2.
        let known = json!({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"});
        assert_eq!(to_jwk(&from_jwk(&known).unwrap()), known);
        for (member, value) in [
            ("kty", json!("EC")),
            ("crv", json!("X25519")),
            ("x", json!("")),
            ("x", json!("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=")),
            // The neutral point, under which signatures fit several messages.
            ("x", json!("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
            ("d", json!("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")),
        ] {
            let mut broken = jwk.clone();
            broken[member] = value;
            assert!(from_jwk(&broken).is_err(), "{broken}");
        }
        assert!(from_jwk(&Value::Null).is_err());
    }
}
