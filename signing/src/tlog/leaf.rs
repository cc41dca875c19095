//! What is logged: the digest of a record that its holder has, and that alone (docs/LOG.md).

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    digest::sha256_hex,
    jcs::{self, CanonicalError},
    json,
};

/// The `format` of an entry.
pub const LEAF_FORMAT: &str = "invigil-log-leaf";
/// The longest record that is read, in bytes.
pub const MAX_RECORD: usize = 32 * 1024;

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeafKind {
    /// A credential was issued.
    Issuance,
    /// The status of a credential was changed.
    Status,
    /// The draws of a sitting were committed to.
    DrawCommitment,
}

impl LeafKind {
    const ALL: [Self; 3] = [Self::Issuance, Self::Status, Self::DrawCommitment];

    /// The word in an entry.
    pub fn word(self) -> &'static str {
        match self {
            Self::Issuance => "issuance",
            Self::Status => "status",
            Self::DrawCommitment => "draw_commitment",
        }
    }

    /// The `format` of the record.
    pub fn record_format(self) -> &'static str {
        match self {
            Self::Issuance => "invigil-issuance-record",
            Self::Status => "invigil-status-record",
            Self::DrawCommitment => "invigil-draw-record",
        }
    }
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaf {
    /// Always `invigil-log-leaf`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// What it is about.
    pub kind: String,
    /// SHA-256 of the record's canonical form, as 64 lower-case hexadecimal digits. The record holds 256 random bits, so that
    /// nobody without it can tell what the digest is of.
    pub digest: String,
}

/// One form of a credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// `json`: the canonical form (RFC 8785) of the signed credential, whatever spaces its file has.
    pub form: String,
    /// Its SHA-256, as 64 lower-case hexadecimal digits.
    pub sha256: String,
}

/// A record of what happened. Its canonical form is what the digest in an entry is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// A credential was issued.
    Issuance {
        /// The credential's `id`.
        id: String,
        /// What was issued.
        forms: Vec<Form>,
        /// When, as the issuer says.
        issued_at: DateTime<Utc>,
    },
    /// A credential was revoked.
    Status {
        /// The credential's `id`.
        id: String,
        /// The address of the status list.
        list: String,
        /// The number on it.
        index: u64,
        /// The list's purpose: `revocation`.
        purpose: String,
        /// When, as the issuer says.
        at: DateTime<Utc>,
    },
    /// The draws of a sitting were committed to.
    DrawCommitment {
        /// The sitting.
        sitting: String,
        /// SHA-256 of the commitment's canonical form, as 64 lower-case hexadecimal digits.
        commitment: String,
        /// When, as the issuer says.
        at: DateTime<Utc>,
    },
}

/// Bytes that are no record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is no record of a log: {0}")]
pub struct NoRecord(String);

impl Record {
    /// What it is about.
    pub fn kind(&self) -> LeafKind {
        match self {
            Self::Issuance { .. } => LeafKind::Issuance,
            Self::Status { .. } => LeafKind::Status,
            Self::DrawCommitment { .. } => LeafKind::DrawCommitment,
        }
    }

    /// The record's canonical form with 256 random bits.
    ///
    /// # Errors
    /// As [`jcs::to_vec`].
    pub fn write(&self, blinder: [u8; 32]) -> Result<String, CanonicalError> {
        let moment = |at: &DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Millis, true);
        let mut document = match self {
            Self::Issuance { id, forms, issued_at } => {
                serde_json::json!({"id": id, "forms": forms, "issued_at": moment(issued_at)})
            }
            Self::Status { id, list, index, purpose, at } => serde_json::json!({
                "id": id, "list": list, "index": index, "purpose": purpose, "set": true, "at": moment(at),
            }),
            Self::DrawCommitment { sitting, commitment, at } => {
                serde_json::json!({"sitting": sitting, "commitment": commitment, "at": moment(at)})
            }
        };
        document["format"] = self.kind().record_format().into();
        document["version"] = 1.into();
        document["blinder"] = hex::encode(blinder).into();
        jcs::to_string(&document)
    }
}

/// A record as it was handed out, with the entry that it stands under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// What it is about.
    pub kind: LeafKind,
    /// The record.
    pub document: Value,
    /// The entry, byte by byte.
    pub entry: Vec<u8>,
}

impl Recorded {
    /// Reads the canonical form of a record.
    ///
    /// # Errors
    /// [`NoRecord`] for other bytes, other formats and versions.
    pub fn parse(record: &[u8]) -> Result<Self, NoRecord> {
        let no = |why: &str| NoRecord(why.to_owned());
        if record.len() > MAX_RECORD {
            return Err(no("it is too long"));
        }
        let document = json::parse(record).map_err(|error| NoRecord(error.to_string()))?;
        if jcs::to_vec(&document).ok().as_deref() != Some(record) {
            return Err(no("it is not in canonical form"));
        }
        let format = document.get("format").and_then(Value::as_str).unwrap_or_default();
        let kind = LeafKind::ALL.into_iter().find(|kind| kind.record_format() == format);
        let kind = kind.ok_or_else(|| no("its format is not known"))?;
        if document.get("version") != Some(&1.into()) {
            return Err(no("its version is not known"));
        }
        let entry = entry(kind, record).map_err(|error| NoRecord(error.to_string()))?;
        Ok(Self { kind, document, entry })
    }

    /// The credential that was issued, and whether this form of it has this digest.
    pub fn is_issuance_of(&self, id: &str, form: &str, sha256: &str) -> bool {
        let text = |value: &Value, member: &str| value.get(member).and_then(Value::as_str).map(str::to_owned);
        let forms = self.document.get("forms").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let fits = |f: &Value| text(f, "form").as_deref() == Some(form) && text(f, "sha256").as_deref() == Some(sha256);
        self.kind == LeafKind::Issuance
            && text(&self.document, "id").as_deref() == Some(id)
            && forms.iter().filter(|f| text(f, "form").as_deref() == Some(form)).count() == 1
            && forms.iter().any(fits)
    }
}

/// The entry of a record, which is given in its canonical form.
///
/// # Errors
/// As [`jcs::to_vec`].
pub fn entry(kind: LeafKind, record: &[u8]) -> Result<Vec<u8>, CanonicalError> {
    let digest = sha256_hex(record);
    jcs::to_vec(&Leaf { format: LEAF_FORMAT.into(), version: 1, kind: kind.word().into(), digest })
}
