//! Canonical JSON, keys, proofs, credentials, hash chains and verification as named steps.
//!
//! The crate is pure: no I/O, no clock, no ambient randomness; time and randomness are parameters.

pub mod digest;
pub mod jcs;
