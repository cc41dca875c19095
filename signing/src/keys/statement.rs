//! What the root key states about one other key (docs/KEYS.md, «Statements»).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::PublicKey;
use crate::signed::SignedFault;

/// What a key may sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyPurpose {
    /// Certificates and CPD records.
    Certificate,
    /// Status lists.
    Status,
    /// Checkpoints of a log.
    Checkpoint,
    /// Packages, grants and acknowledgements of sittings.
    Exam,
}

impl KeyPurpose {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Certificate, Self::Status, Self::Checkpoint, Self::Exam];

    /// The word for it in a statement.
    pub fn word(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::Status => "status",
            Self::Checkpoint => "checkpoint",
            Self::Exam => "exam",
        }
    }
}

/// What is stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// The key may sign, for these purposes, from the first moment on and before the second.
    Certify {
        /// What for; at least one, each once.
        purposes: Vec<KeyPurpose>,
        /// The first moment.
        not_before: DateTime<Utc>,
        /// The moment after the last.
        not_after: DateTime<Utc>,
    },
    /// The key signs no more from this moment on. What it signed before stands.
    Retire {
        /// The moment.
        from: DateTime<Utc>,
    },
    /// Somebody else may have the key: nothing that it ever signed counts any more.
    Compromise {},
}

/// One statement. Signed by the root key in the envelope of [`crate::signed`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyStatement {
    /// Always `invigil-key-statement`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// The issuer's did:web.
    pub issuer: String,
    /// Its place in the history, from 1.
    pub seq: u64,
    /// Digest of the signed statement before it, signature included; nothing for the first.
    pub prev: Option<String>,
    /// When it was made, in whole seconds.
    pub at: DateTime<Utc>,
    /// The key that it is about (Multikey).
    pub key: String,
    /// What is stated.
    pub action: Action,
    /// Why, for people.
    pub because: String,
}

/// What is wrong with one statement.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatementFault {
    /// Not signed by the root key, or changed since.
    #[error("{0}")]
    Envelope(#[from] SignedFault),
    /// Another format or version.
    #[error("is of a format or version that is not known")]
    Format,
    /// About another issuer's key.
    #[error("is another issuer's")]
    Issuer,
    /// Its number is not the next.
    #[error("has the number {0}, which is not the next")]
    Seq(u64),
    /// It does not follow the one before it: one was left out, changed, or put in its place.
    #[error("does not follow the statement before it")]
    Prev,
    /// Earlier than the one before it, or not in whole seconds.
    #[error("has a time before that of the statement before it, or with fractions of a second")]
    Time,
    /// The key cannot be read, or is the root key itself.
    #[error("names a key that is none, or the root key itself")]
    Key,
    /// A window that does not begin before it ends, or one without a purpose or with a purpose twice.
    #[error("certifies for no purpose, for one twice, or for a time that ends before it begins")]
    Window,
    /// A key that ended already is certified or retired.
    #[error("certifies or retires a key that was retired or compromised before")]
    Ended,
    /// A key that was never certified is retired.
    #[error("retires a key that was never certified")]
    NeverCertified,
    /// Stated before.
    #[error("declares a key compromised that is so already")]
    Repeated,
}

impl KeyStatement {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-key-statement";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;

    /// The key that it is about.
    ///
    /// # Errors
    /// [`StatementFault::Key`].
    pub fn subject(&self) -> Result<PublicKey, StatementFault> {
        PublicKey::from_multikey(&self.key).map_err(|_| StatementFault::Key)
    }

    /// What can be told from the statement alone.
    pub(super) fn check(&self) -> Result<(), StatementFault> {
        if self.format != Self::FORMAT || self.version != Self::VERSION {
            return Err(StatementFault::Format);
        }
        let fraction = |at: &DateTime<Utc>| at.timestamp_subsec_nanos() != 0;
        if fraction(&self.at) {
            return Err(StatementFault::Time);
        }
        match &self.action {
            Action::Certify { purposes, not_before, not_after } => {
                let twice = purposes.iter().enumerate().any(|(at, purpose)| purposes[..at].contains(purpose));
                if purposes.is_empty() || twice || not_before >= not_after {
                    return Err(StatementFault::Window);
                }
                if fraction(not_before) || fraction(not_after) {
                    return Err(StatementFault::Time);
                }
            }
            Action::Retire { from } if fraction(from) => return Err(StatementFault::Time),
            Action::Retire { .. } | Action::Compromise {} => {}
        }
        Ok(())
    }
}
