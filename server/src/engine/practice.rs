//! The practice set: one public document, made when the server starts (docs/PRACTICE.md).

use api::ProblemCode;
use scoring::PracticeSet;
use sha2::{Digest as _, Sha256};

use super::Engine;
use crate::failure::Failure;

/// A document as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// JSON.
    pub text: String,
    /// SHA-256 over it, in lower-case hexadecimal.
    pub sha256: String,
}

impl Published {
    /// A document as JSON with its hash.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn of(document: &impl serde::Serialize) -> Result<Self, serde_json::Error> {
        let text = serde_json::to_string(document)?;
        let sha256 = hex::encode(Sha256::digest(text.as_bytes()));
        Ok(Self { text, sha256 })
    }
}

impl Engine {
    /// Offers this practice set; without one, none is offered.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn with_practice_set(mut self, set: Option<&PracticeSet>) -> Result<Self, serde_json::Error> {
        self.practice_set = set.map(Published::of).transpose()?;
        Ok(self)
    }

    /// The practice set.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] without one.
    pub fn practice_set(&self) -> Result<&Published, Failure> {
        let none = "this server offers no practice set: it was started without a bank of public practice items";
        self.practice_set.as_ref().ok_or_else(|| Failure::new(ProblemCode::NotFound, none))
    }
}
