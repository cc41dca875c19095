//! The statements of one root key, each hanging on the one before it.

use std::sync::OnceLock;

use chrono::{DateTime, SubsecRound as _, Utc};
use serde::{Deserialize, Serialize};

use super::{Action, KeyStatement, PublicKey, Signer, StatementFault, Windows};
use crate::{
    did::DidWeb,
    signed::{SignError, Signed},
};

/// The most statements that are read.
pub const MAX_STATEMENTS: usize = 1_024;
/// The most keys that they may be about: as many as a document has room for.
pub const MAX_KEYS: usize = 256;

/// The history of an issuer's keys, as it is published.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyHistory {
    format: String,
    version: u32,
    issuer: String,
    root: String,
    statements: Vec<Signed<KeyStatement>>,
    /// Checked once; nothing that is checked can be changed.
    #[serde(skip)]
    checked: OnceLock<Result<Windows, HistoryFault>>,
}

impl PartialEq for KeyHistory {
    fn eq(&self, other: &Self) -> bool {
        let parts = |of: &Self| (of.format.clone(), of.version, of.issuer.clone(), of.root.clone());
        parts(self) == parts(other) && self.statements == other.statements
    }
}

impl Eq for KeyHistory {}

/// Why a history does not count.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HistoryFault {
    /// Another format or version.
    #[error("the history of keys is {0:?} version {1}, which is not known")]
    Format(String, u32),
    /// Its root key cannot be read.
    #[error("the history of keys names no root key that can be read")]
    Root,
    /// It is longer than is read.
    #[error("the history of keys is longer than {MAX_STATEMENTS} statements or {MAX_KEYS} keys")]
    TooLong,
    /// A statement is wrong.
    #[error("statement {number} of the history of keys {fault}")]
    Statement {
        /// Its place, from 1.
        number: usize,
        /// What is wrong with it.
        fault: StatementFault,
    },
    /// It could not be signed.
    #[error("no statement could be signed: {0}")]
    Sign(String),
    /// The key at hand is not the one that the history begins with.
    #[error("the root key at hand is not the one of the history")]
    OtherRoot,
}

impl From<SignError> for HistoryFault {
    fn from(error: SignError) -> Self {
        Self::Sign(error.to_string())
    }
}

impl KeyHistory {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-key-history";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;

    /// A history in which nothing is stated yet.
    pub fn new(issuer: &DidWeb, root: &PublicKey) -> Self {
        Self {
            format: Self::FORMAT.into(),
            version: Self::VERSION,
            issuer: issuer.to_string(),
            root: root.to_string(),
            statements: Vec::new(),
            checked: OnceLock::new(),
        }
    }

    /// The issuer's did:web, as the history says.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The root key, as the history says (Multikey). Whether to trust it is for the reader to know.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The statements in their order.
    pub fn statements(&self) -> &[Signed<KeyStatement>] {
        &self.statements
    }

    /// What the statements come to, if every one is signed by the root key and follows the one before it.
    ///
    /// # Errors
    /// [`HistoryFault`]: with one wrong statement the whole counts for nothing.
    pub fn windows(&self) -> Result<&Windows, HistoryFault> {
        self.checked.get_or_init(|| self.check()).as_ref().map_err(Clone::clone)
    }

    fn check(&self) -> Result<Windows, HistoryFault> {
        if self.format != Self::FORMAT || self.version != Self::VERSION {
            return Err(HistoryFault::Format(self.format.chars().take(60).collect(), self.version));
        }
        if self.statements.len() > MAX_STATEMENTS {
            return Err(HistoryFault::TooLong);
        }
        let root = PublicKey::from_multikey(&self.root).map_err(|_| HistoryFault::Root)?;
        let mut windows = Windows::default();
        let mut before: Option<&Signed<KeyStatement>> = None;
        for (signed, number) in self.statements.iter().zip(1..) {
            self.follow(&mut windows, &root, before, signed)
                .map_err(|fault| HistoryFault::Statement { number, fault })?;
            before = Some(signed);
        }
        if windows.keys().len() > MAX_KEYS { Err(HistoryFault::TooLong) } else { Ok(windows) }
    }

    fn follow(
        &self,
        windows: &mut Windows,
        root: &PublicKey,
        before: Option<&Signed<KeyStatement>>,
        signed: &Signed<KeyStatement>,
    ) -> Result<(), StatementFault> {
        signed.check(std::slice::from_ref(root))?;
        let statement = &signed.document;
        statement.check()?;
        if statement.issuer != self.issuer {
            return Err(StatementFault::Issuer);
        }
        if statement.seq != before.map_or(1, |before| before.document.seq + 1) {
            return Err(StatementFault::Seq(statement.seq));
        }
        if statement.prev != digest(before).map_err(|_| StatementFault::Prev)? {
            return Err(StatementFault::Prev);
        }
        if before.is_some_and(|before| statement.at < before.document.at) {
            return Err(StatementFault::Time);
        }
        if statement.subject()? == *root {
            return Err(StatementFault::Key);
        }
        windows.take(statement)
    }

    /// The history with one more statement, signed by the root key. Times are cut to whole seconds; a time before that of the
    /// last statement becomes that one's.
    ///
    /// # Errors
    /// A history that does not count, another root key, a statement that cannot follow, a key that cannot be used.
    pub fn append(
        &self,
        key: &PublicKey,
        action: Action,
        because: &str,
        at: DateTime<Utc>,
        root: &dyn Signer,
    ) -> Result<Self, HistoryFault> {
        self.windows()?;
        if root.public().to_string() != self.root {
            return Err(HistoryFault::OtherRoot);
        }
        let last = self.statements.last();
        let at = at.trunc_subsecs(0);
        let statement = KeyStatement {
            format: KeyStatement::FORMAT.into(),
            version: KeyStatement::VERSION,
            issuer: self.issuer.clone(),
            seq: last.map_or(1, |last| last.document.seq + 1),
            prev: digest(last).map_err(|error| HistoryFault::Sign(error.to_string()))?,
            at: last.map_or(at, |last| at.max(last.document.at)),
            key: key.to_string(),
            action: whole_seconds(action),
            because: because.to_owned(),
        };
        let mut next = Self { checked: OnceLock::new(), ..self.clone() };
        next.statements.push(Signed::sign_by(statement, root)?);
        next.windows()?;
        Ok(next)
    }

    /// Digest of the last statement, as 64 hexadecimal digits: what the whole history hangs on.
    pub fn head(&self) -> Option<String> {
        digest(self.statements.last()).ok().flatten()
    }

    /// Whether this is the same history, perhaps with more statements at its end.
    pub fn extends(&self, earlier: &Self) -> bool {
        self.issuer == earlier.issuer && self.root == earlier.root && self.statements.starts_with(&earlier.statements)
    }
}

fn digest(signed: Option<&Signed<KeyStatement>>) -> Result<Option<String>, crate::jcs::CanonicalError> {
    signed.map(Signed::digest).transpose()
}

fn whole_seconds(action: Action) -> Action {
    match action {
        Action::Certify { purposes, not_before, not_after } => {
            Action::Certify { purposes, not_before: not_before.trunc_subsecs(0), not_after: not_after.trunc_subsecs(0) }
        }
        Action::Retire { from } => Action::Retire { from: from.trunc_subsecs(0) },
        Action::Compromise {} => Action::Compromise {},
    }
}

#[cfg(test)]
mod tests;
