//! The practice set: one public document, made when the server starts (docs/PRACTICE.md).

use api::ProblemCode;
use question_bank::canonical::sha256_hex;
use scoring::{PracticeFault, PracticeSet};

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

/// Why a practice set cannot be offered.
#[derive(Debug, thiserror::Error)]
pub enum Unpublished {
    /// It cannot be written.
    #[error("the practice set cannot be written: {0}")]
    Write(#[from] serde_json::Error),
    /// Nobody could read it.
    #[error("no browser would take the practice set, since {0}; name a smaller or another bank (--practice-set)")]
    Read(#[from] PracticeFault),
}

impl Published {
    /// A practice set as JSON with its hash, read as a browser reads it.
    ///
    /// # Errors
    /// [`Unpublished`].
    pub fn of(set: &PracticeSet) -> Result<Self, Unpublished> {
        let text = serde_json::to_string(set)?;
        PracticeSet::read(text.as_bytes())?;
        let sha256 = sha256_hex(text.as_bytes());
        Ok(Self { text, sha256 })
    }
}

impl Engine {
    /// Offers this practice set; without one, none is offered.
    ///
    /// # Errors
    /// [`Unpublished`].
    pub fn with_practice_set(mut self, set: Option<&PracticeSet>) -> Result<Self, Unpublished> {
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
