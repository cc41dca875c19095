//! Status lists for tokens (draft-ietf-oauth-status-list): the bits of a list of docs/STATUS.md in another spelling.

use std::io::{Read as _, Write as _};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use serde_json::{Map, Value, json};

use super::{JoseError, Jws, sign};
use crate::{
    keys::{PublicKey, Signer},
    status::{Bitstring, MOST_ENTRIES},
};

/// The `typ` of a list.
pub const STATUS_TOKEN: &str = "statuslist+jwt";

/// A list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusToken {
    /// Its address.
    pub uri: String,
    /// Who publishes it.
    pub issuer: String,
    /// As of when it is; whole seconds.
    pub issued_at: DateTime<Utc>,
    /// Until when it may be relied on.
    pub expires: DateTime<Utc>,
    /// For how long a copy may be used before it is asked for again, in seconds.
    pub ttl: u64,
    /// The bits; a set one says that what it is about is not valid.
    pub bits: Bitstring,
}

impl StatusToken {
    /// Signs the list (section 5.1).
    ///
    /// # Panics
    /// Never: writing to memory does not fail.
    ///
    /// # Errors
    /// [`JoseError::Canonical`].
    pub fn sign(&self, method: &str, key: &dyn Signer) -> Result<String, JoseError> {
        // Here the first entry is the right-most bit of the first byte.
        let mirrored: Vec<u8> = self.bits.as_bytes().iter().map(|byte| byte.reverse_bits()).collect();
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&mirrored).expect("memory takes what is written to it");
        let packed = packed.finish().expect("memory takes what is written to it");
        let payload = Map::from_iter([
            ("iss".to_owned(), self.issuer.as_str().into()),
            ("sub".to_owned(), self.uri.as_str().into()),
            ("iat".to_owned(), self.issued_at.timestamp().into()),
            ("exp".to_owned(), self.expires.timestamp().into()),
            ("ttl".to_owned(), self.ttl.into()),
            ("status_list".to_owned(), json!({"bits": 1, "lst": URL_SAFE_NO_PAD.encode(packed)})),
        ]);
        let header = [("typ", STATUS_TOKEN), ("kid", method)];
        sign(header.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect(), &payload, key)
    }

    /// Reads a list and checks its signature; `key` gives the key of an id, or why there is none. Unpacked it has at most
    /// [`MOST_ENTRIES`]; it is never unpacked beyond these.
    ///
    /// # Errors
    /// In words what is wrong.
    pub fn read(token: &str, key: impl FnOnce(&str) -> Result<PublicKey, String>) -> Result<Self, String> {
        let token = Jws::read(token).map_err(|error| error.to_string())?;
        let words = |error: JoseError| error.to_string();
        token.require_type(STATUS_TOKEN).map_err(words)?;
        token.verify(&key(token.kid().map_err(words)?)?).map_err(words)?;
        let time = |name| {
            let seconds = token.seconds(name).map_err(words)?;
            let read = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
            read.ok_or_else(|| format!("the list has no time {name}"))
        };
        let list = token.payload().get("status_list").unwrap_or(&Value::Null);
        if list.get("bits").and_then(Value::as_u64) != Some(1) {
            return Err("the list has entries of more than one bit, which are not understood here".into());
        }
        let packed = list.get("lst").and_then(Value::as_str).and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
        let packed = packed.ok_or("the list's bits are not in base64url")?;
        let most = MOST_ENTRIES / 8;
        let mut bytes = Vec::new();
        let mut unpacking = ZlibDecoder::new(packed.as_slice()).take(most as u64 + 1);
        unpacking.read_to_end(&mut bytes).map_err(|_| "the list is not packed with zlib")?;
        if bytes.len() > most {
            return Err(format!("the list has more than {MOST_ENTRIES} entries"));
        }
        bytes.iter_mut().for_each(|byte| *byte = byte.reverse_bits());
        Ok(Self {
            uri: token.text("sub").map_err(words)?.to_owned(),
            issuer: token.text("iss").map_err(words)?.to_owned(),
            issued_at: time("iat")?,
            expires: time("exp")?,
            ttl: token.payload().get("ttl").and_then(Value::as_u64).unwrap_or_default(),
            bits: Bitstring::from_bytes(bytes),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SigningKey;
    use crate::status::LEAST_ENTRIES;

    fn key() -> SigningKey {
        SigningKey::from_seed([9; 32])
    }

    fn list(bits: Bitstring) -> StatusToken {
        let at = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        StatusToken {
            uri: "https://issuer.example/token-status/1".into(),
            issuer: "did:web:issuer.example".into(),
            issued_at: at,
            expires: at + chrono::Duration::days(1),
            ttl: 30,
            bits,
        }
    }

    #[test]
    fn a_list_is_read_as_it_was_signed_and_starts_at_the_right_most_bit() {
        let mut bits = Bitstring::new(LEAST_ENTRIES);
        [0, 94_567].into_iter().for_each(|index| bits.set(index, true));
        let list = list(bits);
        let token = list.sign("k", &key()).unwrap();
        let asked = |id: &str| if id == "k" { Ok(key().public()) } else { Err("no".to_owned()) };
        assert_eq!(StatusToken::read(&token, asked), Ok(list));
        assert!(StatusToken::read(&token, |_| Err("unknown".to_owned())).unwrap_err().contains("unknown"));
        let read = Jws::read(&token).unwrap();
        let packed = URL_SAFE_NO_PAD.decode(read.payload()["status_list"]["lst"].as_str().unwrap()).unwrap();
        let mut bytes = Vec::new();
        ZlibDecoder::new(packed.as_slice()).read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes[0], 1);
    }

    /// The bits of the draft's section 4.1: entries 0, 3, 4, 5, 7, 8, 9, 13 and 15 are set, the bytes b9 and a3.
    #[test]
    fn the_bits_are_those_of_the_draft() {
        let mut bits = Bitstring::new(16);
        [0, 3, 4, 5, 7, 8, 9, 13, 15].into_iter().for_each(|index| bits.set(index, true));
        let bytes: Vec<u8> = bits.as_bytes().iter().map(|byte| byte.reverse_bits()).collect();
        assert_eq!(bytes, [0xb9, 0xa3]);
    }

    #[test]
    fn a_list_that_would_fill_the_memory_is_refused() {
        let token = list(Bitstring::new(MOST_ENTRIES + 8)).sign("k", &key()).unwrap();
        assert!(StatusToken::read(&token, |_| Ok(key().public())).unwrap_err().contains("more than"));
        let token = list(Bitstring::new(MOST_ENTRIES)).sign("k", &key()).unwrap();
        assert!(StatusToken::read(&token, |_| Ok(key().public())).is_ok());
    }
}
