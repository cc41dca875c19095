//! Signing the document that takes the place of another one.

use chrono::{DateTime, Utc};
use serde_json::Value;
use signing::credential;

use super::{Issuer, new_id};
use crate::failure::Failure;

impl Issuer {
    /// The successor of a certificate or CPD record with this number on a status list, signed at this moment by the current key.
    /// Dates, holder and number stay as they were.
    ///
    /// # Errors
    /// [`Failure::Fault`] for a text that is no document of this issuer, or if it cannot be signed.
    pub fn successor(&self, predecessor: &str, place: (u64, u64), at: DateTime<Utc>) -> Result<String, Failure> {
        self.facts(predecessor)?;
        let predecessor: Value = serde_json::from_str(predecessor).map_err(Failure::fault)?;
        let document = credential::successor(&predecessor, &new_id(), &self.status_entry(place));
        self.sign(document.map_err(Failure::fault)?, at)
    }
}
