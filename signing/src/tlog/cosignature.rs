//! A witness's signature (C2SP tlog-cosignature v1, Ed25519): at this time, this was the largest checkpoint it had seen, and all
//! that it had seen were consistent.

use super::note::Verifier;
use crate::keys::{PublicKey, SigningKey};

fn message(time: u64, text: &str) -> Vec<u8> {
    format!("cosignature/v1\ntime {time}\n{text}").into_bytes()
}

/// The line with a cosignature over a checkpoint's text; `time` in seconds since 1970.
pub fn cosign(text: &str, time: u64, witness: &Verifier, key: &SigningKey) -> String {
    let mut bytes = time.to_be_bytes().to_vec();
    bytes.extend(key.sign(&message(time, text)));
    witness.line(&bytes)
}

/// The time of a good cosignature.
pub(super) fn verify(key: &PublicKey, text: &str, bytes: &[u8]) -> Option<u64> {
    let (time, signature) = bytes.split_first_chunk::<8>()?;
    let time = u64::from_be_bytes(*time);
    let signature: &[u8; 64] = signature.try_into().ok()?;
    (time <= i64::MAX as u64 && key.verifies(&message(time, text), signature)).then_some(time)
}
