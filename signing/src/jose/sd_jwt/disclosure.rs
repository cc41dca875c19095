//! What is disclosed, and where it belongs (RFC 9901, sections 4.2 and 7.1).

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

use super::{ALWAYS_SHOWN, digest};
use crate::{
    jose::JoseError,
    json::{self, MAX_DEPTH},
};

/// A disclosure.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Disclosure<'a> {
    /// As it stands in the token.
    pub(super) text: &'a str,
    /// The claim's name; `None` for an element of a list.
    pub(super) name: Option<String>,
    value: Value,
}

impl<'a> Disclosure<'a> {
    pub(super) fn read(text: &'a str) -> Result<Self, JoseError> {
        let bytes = URL_SAFE_NO_PAD.decode(text);
        let bytes = bytes.map_err(|_| JoseError::Form("a disclosure is not in base64url without padding"))?;
        let value = json::parse(&bytes).map_err(|error| JoseError::Json("a disclosure", error))?;
        let Value::Array(parts) = value else { return Err(JoseError::Form("a disclosure is no list")) };
        let (name, value) = match <[Value; 3]>::try_from(parts) {
            Ok([Value::String(_), Value::String(name), value]) => (Some(name), value),
            Ok(_) => return Err(JoseError::Form("a disclosure has no texts for salt and name")),
            Err(parts) => match <[Value; 2]>::try_from(parts) {
                Ok([Value::String(_), value]) => (None, value),
                _ => return Err(JoseError::Form("a disclosure has not two or three parts")),
            },
        };
        if name.as_deref().is_some_and(|name| matches!(name, "_sd" | "_sd_alg" | "...")) {
            return Err(JoseError::Form("a disclosure has the name of what holds digests"));
        }
        Ok(Self { text, name, value })
    }
}

/// The claims of a payload with what is disclosed in its place.
pub(super) fn claims(
    payload: &Map<String, Value>,
    disclosures: &[Disclosure<'_>],
) -> Result<Map<String, Value>, JoseError> {
    match payload.get("_sd_alg") {
        None => (),
        Some(name) if name == "sha-256" => (),
        Some(_) => return Err(JoseError::Claim("_sd_alg", "its digests are of another kind than SHA-256")),
    }
    let mut by_digest = BTreeMap::new();
    for disclosure in disclosures {
        if by_digest.insert(digest(disclosure.text), Found { disclosure, used: false }).is_some() {
            return Err(JoseError::Form("a disclosure stands twice"));
        }
    }
    let mut placing = Placing { by_digest, digests: BTreeMap::new() };
    let mut claims = placing.object(payload, 0)?;
    claims.remove("_sd_alg");
    if placing.by_digest.values().any(|found| !found.used) {
        return Err(JoseError::Form("a disclosure does not belong to this token: its digest is not in it"));
    }
    Ok(claims)
}

struct Found<'a> {
    disclosure: &'a Disclosure<'a>,
    used: bool,
}

struct Placing<'a> {
    by_digest: BTreeMap<String, Found<'a>>,
    /// Every digest that was met.
    digests: BTreeMap<String, ()>,
}

impl<'a> Placing<'a> {
    /// The disclosure of a digest, which must not have stood anywhere else.
    fn take(&mut self, digest: &Value) -> Result<Option<&'a Disclosure<'a>>, JoseError> {
        let digest = digest.as_str().ok_or(JoseError::Form("a digest is no text"))?;
        if self.digests.insert(digest.to_owned(), ()).is_some() {
            return Err(JoseError::Form("a digest stands twice"));
        }
        Ok(self.by_digest.get_mut(digest).map(|found| {
            found.used = true;
            found.disclosure
        }))
    }

    fn object(&mut self, members: &Map<String, Value>, depth: usize) -> Result<Map<String, Value>, JoseError> {
        let mut object = Map::new();
        for (name, value) in members.iter().filter(|(name, _)| *name != "_sd") {
            if name == "..." {
                return Err(JoseError::Form("a digest stands where none belongs"));
            }
            object.insert(name.clone(), self.value(value, depth)?);
        }
        let digests = match members.get("_sd") {
            None => &[][..],
            Some(Value::Array(digests)) => digests,
            Some(_) => return Err(JoseError::Form("«_sd» is no list")),
        };
        for digest in digests {
            let Some(disclosure) = self.take(digest)? else { continue };
            let name = disclosure.name.as_ref().ok_or(JoseError::Form("a disclosure of a list stands for a claim"))?;
            if depth == 0 && ALWAYS_SHOWN.contains(&name.as_str()) {
                return Err(JoseError::Form("a disclosure replaces a claim that is always shown"));
            }
            let value = self.value(&disclosure.value, depth)?;
            if object.insert(name.clone(), value).is_some() {
                return Err(JoseError::Form("a disclosure has the name of a claim that is there already"));
            }
        }
        Ok(object)
    }

    fn value(&mut self, value: &Value, depth: usize) -> Result<Value, JoseError> {
        // Disclosures hold digests of others, so that what is put together may be deeper than each part.
        let deeper = depth + 1;
        if deeper > MAX_DEPTH {
            return Err(JoseError::Form("it is nested too deeply"));
        }
        match value {
            Value::Object(members) => self.object(members, deeper).map(Value::Object),
            Value::Array(elements) => {
                let mut list = Vec::with_capacity(elements.len());
                for element in elements {
                    let only = element.as_object().filter(|members| members.len() == 1);
                    let Some(digest) = only.and_then(|members| members.get("...")) else {
                        list.push(self.value(element, deeper)?);
                        continue;
                    };
                    let Some(disclosure) = self.take(digest)? else { continue };
                    if disclosure.name.is_some() {
                        return Err(JoseError::Form("a disclosure of a claim stands in a list"));
                    }
                    list.push(self.value(&disclosure.value, deeper)?);
                }
                Ok(Value::Array(list))
            }
            other => Ok(other.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn written(parts: &Value) -> String {
        URL_SAFE_NO_PAD.encode(parts.to_string())
    }

    fn put_together(payload: &Value, texts: &[String]) -> Result<Value, JoseError> {
        let read: Vec<_> = texts.iter().map(|text| Disclosure::read(text)).collect::<Result<_, _>>()?;
        claims(payload.as_object().unwrap(), &read).map(Value::Object)
    }

    /// The example of RFC 9901, section 4.2.1 and 4.2.3.
    #[test]
    fn a_digest_is_that_of_the_rfc() {
        let text = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0";
        let read = Disclosure::read(text).unwrap();
        assert_eq!((read.name.as_deref(), &read.value), (Some("family_name"), &json!("Möbius")));
        assert_eq!(digest(text), "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0");
    }

    #[test]
    fn disclosures_go_to_their_places_on_every_level_and_the_rest_is_left_out() {
        let inner = written(&json!(["s1", "street", "Main"]));
        let outer = written(&json!(["s2", "address", {"_sd": [digest(&inner), digest("decoy")], "town": "X"}]));
        let element = written(&json!(["s3", "second"]));
        let payload = json!({
            "_sd_alg": "sha-256",
            "_sd": [digest(&outer), digest("unknown")],
            "list": ["first", {"...": digest(&element)}, {"...": digest("not shown")}],
        });
        let whole = put_together(&payload, &[inner.clone(), outer.clone(), element.clone()]).unwrap();
        assert_eq!(whole, json!({"address": {"street": "Main", "town": "X"}, "list": ["first", "second"]}));
        let none = put_together(&payload, &[]).unwrap();
        assert_eq!(none, json!({"list": ["first"]}));
        // What hangs in the air: its parent is not shown.
        assert!(put_together(&payload, &[inner]).is_err());
    }

    #[test]
    fn a_disclosure_that_belongs_nowhere_or_twice_is_refused() {
        let name = written(&json!(["s", "name", "Zoë"]));
        let other = written(&json!(["s", "name", "Mallory"]));
        let payload = json!({"_sd": [digest(&name)]});
        assert!(put_together(&payload, std::slice::from_ref(&name)).is_ok());
        assert!(put_together(&payload, std::slice::from_ref(&other)).is_err(), "another value");
        assert!(put_together(&payload, &[name.clone(), name.clone()]).is_err(), "twice");
        let twice = json!({"_sd": [digest(&name)], "a": {"_sd": [digest(&name)]}});
        assert!(put_together(&twice, std::slice::from_ref(&name)).is_err(), "a digest at two places");
        let there = json!({"_sd": [digest(&name)], "name": "Zoë"});
        assert!(put_together(&there, std::slice::from_ref(&name)).is_err(), "a claim that is there");
        let exp = written(&json!(["s", "exp", 9_999_999]));
        assert!(put_together(&json!({"_sd": [digest(&exp)]}), &[exp]).is_err(), "a claim that is always shown");
        let sha512 = json!({"_sd": [digest(&name)], "_sd_alg": "sha-512"});
        assert!(put_together(&sha512, &[name]).is_err(), "another algorithm");
        for rubbish in
            [json!({}), json!([]), json!(["s"]), json!([1, "name", 2]), json!(["s", 1, 2]), json!([1, 2, 3, 4])]
        {
            assert!(Disclosure::read(&written(&rubbish)).is_err(), "{rubbish}");
        }
        for name in ["_sd", "...", "_sd_alg"] {
            assert!(Disclosure::read(&written(&json!(["s", name, 1]))).is_err());
        }
    }
}
