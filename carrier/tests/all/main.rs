//! Credentials found in what carries them, and everything that is refused by its name.

#![expect(clippy::unwrap_used, reason = "in a test, a panic with a line number is the report")]

mod generated;
mod pdf;
mod pictures;
mod verifying;

/// A stand-in for a credential: enough to be taken for one.
pub(crate) const CREDENTIAL: &[u8] = br#"{"@context": ["x"], "name": "]]> & <b>", "proof": []}"#;
