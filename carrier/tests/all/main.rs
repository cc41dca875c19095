//! Credentials found in what carries them, and everything that is refused by its name.

mod generated;
mod pdf;
mod pictures;
mod verifying;

/// A stand-in for a credential: enough to be taken for one.
pub(crate) const CREDENTIAL: &[u8] = br#"{"@context": ["x"], "name": "]]> & <b>", "proof": []}"#;
