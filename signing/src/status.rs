//! Bitstring Status Lists (W3C vc-bitstring-status-list 1.0): which credentials were revoked, a bit for each.

use std::io::{Read as _, Write as _};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, SecondsFormat, Utc};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use serde_json::{Value, json};

use crate::json::one_or_several;

/// The fewest entries of a list (section 3.1): among so many, whoever fetches a list does not tell whom it is about.
pub const LEAST_ENTRIES: usize = 131_072;
/// The most entries that are read: two MiB unpacked.
pub const MOST_ENTRIES: usize = 16 * 1024 * 1024;
/// The purpose of the lists that are issued.
pub const REVOCATION: &str = "revocation";
/// The context of a list.
const CONTEXT: &str = "https://www.w3.org/ns/credentials/v2";

/// What is wrong with an entry or a list; the code is the standard's (section 3.5).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatusError {
    /// Something is not built as the standard says.
    #[error("{0}")]
    Malformed(String),
    /// The list is shorter than the standard allows.
    #[error("the list has {0} entries, fewer than the {LEAST_ENTRIES} that keep its holders apart from one another")]
    TooShort(usize),
    /// The list has no entry of this number.
    #[error("the list has no entry {0}")]
    Range(u64),
}

impl StatusError {
    /// The standard's name for it: the last part of `https://www.w3.org/ns/credentials/status-list#…`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "MALFORMED_VALUE_ERROR",
            Self::TooShort(_) => "STATUS_LIST_LENGTH_ERROR",
            Self::Range(_) => "RANGE_ERROR",
        }
    }
}

fn malformed(what: impl Into<String>) -> StatusError {
    StatusError::Malformed(what.into())
}

/// Bits by number; number 0 is the left-most bit of the first byte (section 3.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bitstring(Vec<u8>);

impl Bitstring {
    /// As many bits, none set; their number is rounded up to whole bytes.
    pub fn new(entries: usize) -> Self {
        Self(vec![0; entries.div_ceil(8)])
    }

    /// The bits of these bytes.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// How many bits there are.
    pub fn entries(&self) -> usize {
        self.0.len() * 8
    }

    /// Whether a bit is set; `None` beyond the end.
    pub fn get(&self, index: u64) -> Option<bool> {
        let byte = self.0.get(usize::try_from(index / 8).ok()?)?;
        Some(byte & (0x80 >> (index % 8)) != 0)
    }

    /// Sets or clears a bit; nothing happens beyond the end.
    pub fn set(&mut self, index: u64, set: bool) {
        let Some(byte) = usize::try_from(index / 8).ok().and_then(|at| self.0.get_mut(at)) else { return };
        let bit = 0x80 >> (index % 8);
        if set {
            *byte |= bit;
        } else {
            *byte &= !bit;
        }
    }

    /// The text of `encodedList`: multibase base64url of the gzip of the bytes (section 2.2).
    ///
    /// # Panics
    /// Never: writing to memory does not fail.
    pub fn encode(&self) -> String {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(&self.0).expect("memory takes what is written to it");
        let packed = packed.finish().expect("memory takes what is written to it");
        format!("u{}", URL_SAFE_NO_PAD.encode(packed))
    }

    /// Reads the text of `encodedList`, of [`LEAST_ENTRIES`] to [`MOST_ENTRIES`]. It is never unpacked beyond these.
    ///
    /// # Errors
    /// [`StatusError::Malformed`], [`StatusError::TooShort`].
    pub fn decode(text: &str) -> Result<Self, StatusError> {
        let encoded = text.strip_prefix('u').ok_or_else(|| malformed("the list is not in base64url (u…)"))?;
        let packed = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| malformed("the list is not in base64url"))?;
        let most = MOST_ENTRIES / 8;
        let mut bytes = Vec::new();
        let mut unpacking = GzDecoder::new(packed.as_slice()).take(most as u64 + 1);
        unpacking.read_to_end(&mut bytes).map_err(|_| malformed("the list is not packed with gzip"))?;
        if bytes.len() > most {
            return Err(malformed(format!("the list has more than {MOST_ENTRIES} entries")));
        }
        let read = Self(bytes);
        if read.entries() < LEAST_ENTRIES { Err(StatusError::TooShort(read.entries())) } else { Ok(read) }
    }
}

/// Where the status of a credential is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The address of the list.
    pub list: String,
    /// The number of its bit.
    pub index: u64,
    /// What a set bit means.
    pub purpose: String,
}

impl Entry {
    /// For `credentialStatus`: one object, with an id that is not the list's (Open Badges 3.0).
    pub fn to_json(&self) -> Value {
        json!({
            "id": format!("{}#{}", self.list, self.index),
            "type": "BitstringStatusListEntry",
            "statusPurpose": self.purpose,
            "statusListIndex": self.index.to_string(),
            "statusListCredential": self.list,
        })
    }

    /// Reads one of the objects of `credentialStatus`; `None` if it is of another type.
    ///
    /// # Errors
    /// [`StatusError::Malformed`].
    pub fn read(value: &Value) -> Result<Option<Self>, StatusError> {
        if value.get("type").and_then(Value::as_str) != Some("BitstringStatusListEntry") {
            return Ok(None);
        }
        let text = |name: &str| {
            let found = value.get(name).and_then(Value::as_str);
            found.map(str::to_owned).ok_or_else(|| malformed(format!("the entry has no text {name}")))
        };
        if value.get("statusSize").is_some_and(|size| size.as_u64() != Some(1)) {
            return Err(malformed("the entry is of more than one bit, which is not understood here"));
        }
        let index = text("statusListIndex")?;
        // No sign, no blank, no zero in front: a number has one spelling.
        let digits = index.bytes().all(|b| b.is_ascii_digit()) && (index == "0" || !index.starts_with('0'));
        let index = index.parse().ok().filter(|_| digits);
        Ok(Some(Self {
            list: text("statusListCredential")?,
            index: index.ok_or_else(|| malformed("statusListIndex is no number in decimal digits"))?,
            purpose: text("statusPurpose")?,
        }))
    }

    /// The entries of a credential. Those of other types are not among them.
    ///
    /// # Errors
    /// [`StatusError::Malformed`].
    pub fn of(credential: &Value) -> Result<Vec<Self>, StatusError> {
        let Some(status) = credential.get("credentialStatus") else { return Ok(Vec::new()) };
        one_or_several(status).iter().filter_map(|value| Self::read(value).transpose()).collect()
    }
}

/// A list as it is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusList {
    /// Its address.
    pub id: String,
    /// Who publishes it.
    pub issuer: String,
    /// What a set bit means.
    pub purpose: String,
    /// As of when it is.
    pub valid_from: DateTime<Utc>,
    /// Until when it may be relied on.
    pub valid_until: DateTime<Utc>,
    /// For how long a copy may be used before it is asked for again, in milliseconds.
    pub ttl_ms: u64,
    /// The bits.
    pub bits: Bitstring,
}

impl StatusList {
    /// The credential to sign (section 2.2).
    pub fn document(&self) -> Value {
        let time = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
        json!({
            "@context": [CONTEXT],
            "id": self.id,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.issuer,
            "validFrom": time(self.valid_from),
            "validUntil": time(self.valid_until),
            "credentialSubject": {
                "id": format!("{}#list", self.id),
                "type": "BitstringStatusList",
                "statusPurpose": self.purpose,
                "encodedList": self.bits.encode(),
                "ttl": self.ttl_ms,
            },
        })
    }

    /// Reads what a list says. Who signed it is for the caller to find out.
    ///
    /// # Errors
    /// [`StatusError::Malformed`], [`StatusError::TooShort`].
    pub fn read(document: &Value) -> Result<Self, StatusError> {
        let text = |pointer: &str| {
            let found = document.pointer(pointer).and_then(Value::as_str);
            found.map(str::to_owned).ok_or_else(|| malformed(format!("the list has no text at {pointer}")))
        };
        let time = |pointer: &str| {
            let read = DateTime::parse_from_rfc3339(&text(pointer)?).map(|time| time.to_utc());
            read.map_err(|_| malformed(format!("{pointer} of the list is no time with a time zone")))
        };
        let types = document.get("type").map(one_or_several).unwrap_or_default();
        if !types.iter().any(|value| value == "BitstringStatusListCredential") {
            return Err(malformed("it is no status list"));
        }
        if text("/credentialSubject/type")? != "BitstringStatusList" {
            return Err(malformed("its subject is no status list"));
        }
        let issuer = document.pointer("/issuer/id").or_else(|| document.get("issuer"));
        let issuer = issuer.and_then(Value::as_str).ok_or_else(|| malformed("the list names no issuer"))?.to_owned();
        Ok(Self {
            id: text("/id")?,
            issuer,
            purpose: text("/credentialSubject/statusPurpose")?,
            valid_from: time("/validFrom")?,
            valid_until: time("/validUntil")?,
            ttl_ms: document.pointer("/credentialSubject/ttl").and_then(Value::as_u64).unwrap_or(300_000),
            bits: Bitstring::decode(&text("/credentialSubject/encodedList")?)?,
        })
    }

    /// Whether the bit of an entry is set.
    ///
    /// # Errors
    /// An entry of another list or purpose, or beyond the end.
    pub fn is_set(&self, entry: &Entry) -> Result<bool, StatusError> {
        if entry.list != self.id {
            return Err(malformed("the entry is of another list"));
        }
        if entry.purpose != self.purpose {
            return Err(malformed(format!("the list is of {:?}, the entry of {:?}", self.purpose, entry.purpose)));
        }
        self.bits.get(entry.index).ok_or(StatusError::Range(entry.index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> StatusList {
        let mut bits = Bitstring::new(LEAST_ENTRIES);
        bits.set(0, true);
        bits.set(94_567, true);
        let at = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        StatusList {
            id: "https://issuer.example/status/1".into(),
            issuer: "did:web:issuer.example".into(),
            purpose: REVOCATION.into(),
            valid_from: at,
            valid_until: at + chrono::Duration::days(1),
            ttl_ms: 60_000,
            bits,
        }
    }

    fn entry(index: u64) -> Entry {
        Entry { list: list().id, index, purpose: REVOCATION.into() }
    }

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let list = list();
        assert_eq!(StatusList::read(&list.document()), Ok(list.clone()));
        assert_eq!(list.is_set(&entry(94_567)), Ok(true));
        assert_eq!(list.is_set(&entry(94_568)), Ok(false));
        // The left-most bit of the first byte.
        assert_eq!((list.bits.as_bytes()[0], list.is_set(&entry(0))), (0x80, Ok(true)));
        let credential = json!({"credentialStatus": entry(7).to_json()});
        assert_eq!(Entry::of(&credential), Ok(vec![entry(7)]));
    }

    #[test]
    fn lists_and_entries_that_do_not_fit_are_told_apart() {
        let list = list();
        assert_eq!(list.is_set(&entry(LEAST_ENTRIES as u64)), Err(StatusError::Range(131_072)));
        assert!(list.is_set(&Entry { list: "https://other.example/1".into(), ..entry(1) }).is_err());
        assert!(list.is_set(&Entry { purpose: "suspension".into(), ..entry(1) }).is_err());
        for index in ["-1", "+1", "01", "", " 1", "1.0", "99999999999999999999", "0x1"] {
            let mut value = entry(1).to_json();
            value["statusListIndex"] = index.into();
            assert!(Entry::read(&value).is_err(), "{index:?}");
        }
        let mut number = entry(1).to_json();
        number["statusListIndex"] = 1.into();
        assert_eq!(Entry::read(&number).unwrap_err().code(), "MALFORMED_VALUE_ERROR");
    }

    #[test]
    fn a_list_that_is_short_or_would_fill_the_memory_is_refused() {
        assert_eq!(Bitstring::decode(&Bitstring::new(1_000).encode()), Err(StatusError::TooShort(1_000)));
        // Ten thousand times as long unpacked.
        let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
        let zeros = vec![0; 1 << 20];
        for _ in 0..64 {
            bomb.write_all(&zeros).unwrap();
        }
        let bomb = format!("u{}", URL_SAFE_NO_PAD.encode(bomb.finish().unwrap()));
        assert!(bomb.len() < 100_000);
        assert!(matches!(Bitstring::decode(&bomb), Err(StatusError::Malformed(_))));
        for rubbish in ["", "z", "u", "uAAAA", "u!", "uH4sIAAAAAAAA"] {
            assert!(Bitstring::decode(rubbish).is_err(), "{rubbish}");
        }
    }
}
