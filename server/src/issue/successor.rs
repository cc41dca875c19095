//! The document that takes the place of another one: the same words, a name, a number on a status list and signatures of its
//! own.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{Issuer, new_id};
use crate::failure::Failure;

impl Issuer {
    /// The successor of a certificate or CPD record, signed at this moment. Dates, holder and number stay as they were; its
    /// `evidence` names the predecessor. Why there is one is nobody else's business and is not in it.
    ///
    /// # Errors
    /// [`Failure::Fault`] for a text that is no document of this issuer, or if it cannot be signed.
    pub fn successor(&self, predecessor: &str, place: (u64, u64), at: DateTime<Utc>) -> Result<String, Failure> {
        self.facts(predecessor)?;
        let mut document: Value = serde_json::from_str(predecessor).map_err(Failure::fault)?;
        let none = || Failure::fault("a document without a name has no successor");
        let before = document.get("id").and_then(Value::as_str).ok_or_else(none)?.to_owned();
        document["id"] = new_id().into();
        document["credentialStatus"] = self.status_entry(place).to_json();
        document["evidence"] = json!([{
            "id": before,
            "type": ["Evidence"],
            "name": "Predecessor",
            "narrative": "This credential was issued in the place of the one named here, which does not count any more.",
        }]);
        self.sign(document, at)
    }
}
