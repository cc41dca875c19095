//! The shape that packages and response files share: one line of canonical JSON, signed; then the bytes of an age file. So
//! `tail -n +2 FILE | age -d -i IDENTITY` opens either.

use std::ops::RangeInclusive;

use serde::{Serialize, de::DeserializeOwned};
use signing::{jcs, json, signed::Signed};

/// The longest first line, in bytes.
pub(crate) const MAX_HEAD: usize = 256 * 1024;
/// The longest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;
/// What an age file begins with (age-encryption.org/v1, section «Header»).
const AGE: &[u8] = b"age-encryption.org/v1\n";

/// Why bytes are not such a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// Longer than anything of ours.
    #[error("has {0} bytes; at most {MAX_FILE_BYTES} are read")]
    TooLong(usize),
    /// Something else.
    #[error("is no {0}")]
    Kind(&'static str),
    /// A version that this program does not know.
    #[error("is of version {got}; this program reads version {known}: use a newer one")]
    Version {
        /// The version it has.
        got: u64,
        /// The version that is known.
        known: u32,
    },
    /// The first line does not hold what it must.
    #[error("has a first line that cannot be read ({0})")]
    Head(String),
    /// What is sealed is missing.
    #[error("is incomplete: its sealed part is missing")]
    CutOff,
}

/// Splits such a file.
///
/// # Errors
/// [`FileFault`]; `kind` says in words what the file should be.
pub(crate) fn read<T: DeserializeOwned + Serialize>(
    bytes: &[u8],
    kind: &'static str,
    format: &str,
    versions: &RangeInclusive<u32>,
) -> Result<(Signed<T>, Vec<u8>), FileFault> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(FileFault::TooLong(bytes.len()));
    }
    if !bytes.starts_with(b"{") {
        return Err(FileFault::Kind(kind));
    }
    let ours = bytes.starts_with(br#"{"document":"#);
    let end = bytes.iter().take(MAX_HEAD).position(|&b| b == b'\n');
    // Without a line end it may be one of ours, copied half.
    let Some(end) = end else {
        return Err(match ours {
            false => FileFault::Kind(kind),
            true if bytes.len() < MAX_HEAD => FileFault::CutOff,
            true => FileFault::Head(format!("it has more than {MAX_HEAD} bytes")),
        });
    };
    let (head, sealed) = (&bytes[..end], &bytes[end + 1..]);
    let value = json::parse(head).map_err(|error| {
        // Somebody else's JSON may well begin with a line that is none.
        if ours { FileFault::Head(error.to_string()) } else { FileFault::Kind(kind) }
    })?;
    let document = &value["document"];
    if document["format"] != *format {
        return Err(FileFault::Kind(kind));
    }
    match document["version"].as_u64() {
        Some(got) if !u32::try_from(got).is_ok_and(|got| versions.contains(&got)) => {
            return Err(FileFault::Version { got, known: *versions.end() });
        }
        Some(_) => {}
        None => return Err(FileFault::Kind(kind)),
    }
    let unreadable = |reason: &str| FileFault::Head(reason.to_owned());
    let signed: Signed<T> = serde_json::from_value(value).map_err(|error| unreadable(&error.to_string()))?;
    // Of what was understood, not of what was parsed: so there is one spelling of it, the one that is signed.
    if !jcs::to_vec(&signed).is_ok_and(|canonical| canonical == head) {
        return Err(unreadable("it is not canonical JSON"));
    }
    if !sealed.starts_with(AGE) {
        return Err(FileFault::CutOff);
    }
    Ok((signed, sealed.to_vec()))
}

/// Joins the two parts.
///
/// # Errors
/// As [`jcs::to_vec`].
pub(crate) fn write<T: Serialize>(head: &Signed<T>, sealed: &[u8]) -> Result<Vec<u8>, jcs::CanonicalError> {
    let mut bytes = jcs::to_vec(head)?;
    bytes.push(b'\n');
    bytes.extend_from_slice(sealed);
    Ok(bytes)
}
