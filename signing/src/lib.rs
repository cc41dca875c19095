//! Canonical JSON, keys, proofs, credentials, hash chains and verification as named steps.
//!
//! The crate is pure: no I/O, no clock, no ambient randomness; time and randomness are parameters. The one exception is
//! [`sealing`], behind the feature of that name: the age library draws its own randomness.

pub mod code;
pub mod credential;
pub mod did;
pub mod digest;
pub mod jcs;
pub mod jose;
pub mod json;
pub mod keys;
pub mod ld;
pub mod model;
pub mod name;
pub mod proof;
#[cfg(feature = "sealing")]
pub mod sealing;
pub mod signed;
pub mod status;
pub mod tlog;
pub mod verify;
