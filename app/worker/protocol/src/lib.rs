//! The verbs between a page and the worker that owns the browser's SQLite, as JSON text.
//!
//! The worker speaks of attempts and journal lines, not of SQL. Lines and manifest are opaque to it.

use serde::{Deserialize, Serialize};

/// The first message of the worker: requests sent before it are lost.
pub const READY: &str = "invigil-worker-ready";

/// A request of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Names the answer that belongs to it.
    pub id: u32,
    /// What to do.
    pub verb: Verb,
}

/// What a page may ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Verb {
    /// Which attempt is stored, with all its lines?
    Load,
    /// Keep a new attempt; one that is stored makes room if it has no line yet. For the attempt that is stored, take the new
    /// token, and the manifest if there is none yet.
    Begin {
        /// The attempt.
        attempt: Attempt,
    },
    /// Add one line in a transaction of its own; answered after the commit.
    Append {
        /// Pseudonym of the attempt.
        attempt: String,
        /// The line's number, counted from 1.
        seq: u64,
        /// The line.
        line: String,
    },
    /// The server holds the first `count` lines.
    Acknowledge {
        /// Pseudonym of the attempt.
        attempt: String,
        /// How many lines.
        count: u64,
    },
    /// Remove an attempt: only if the server holds every line of it.
    Forget {
        /// Pseudonym of the attempt.
        attempt: String,
    },
    /// Make one real commit in a scratch table and time it, for the readiness check.
    Probe,
}

/// An attempt as the browser keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Its pseudonym.
    pub id: String,
    /// Bearer token for the server.
    pub token: String,
    /// The name that this device gave itself.
    pub device: String,
    /// What the sitting allows, as canonical JSON; empty until the start.
    pub manifest: String,
}

/// An attempt with its journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// The attempt.
    pub attempt: Attempt,
    /// Its lines in order.
    pub lines: Vec<String>,
    /// How many of them the server has acknowledged.
    pub acknowledged: u64,
}

/// An answer of the worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The request it answers.
    pub id: u32,
    /// What came of it.
    pub result: Result<Answer, Fault>,
}

/// What a verb yields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// To [`Verb::Load`].
    Loaded {
        /// The attempt, if one is stored.
        stored: Option<Stored>,
    },
    /// To [`Verb::Begin`].
    Begun,
    /// To [`Verb::Append`]: the line is committed.
    Appended {
        /// Lines stored in all.
        count: u64,
    },
    /// To [`Verb::Acknowledge`].
    Acknowledged,
    /// To [`Verb::Forget`].
    Forgotten,
    /// To [`Verb::Probe`].
    Probed {
        /// How long the commit took, in microseconds.
        commit_us: u64,
    },
}

/// Why a verb failed. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What kind of failure it is.
    pub code: FaultCode,
    /// What happened, for the log and for help desks.
    pub detail: String,
}

/// Kinds of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultCode {
    /// The browser does not give the database its storage: another page has it, or storage is blocked.
    StorageUnavailable,
    /// SQLite failed, for instance because the disk is full.
    Database,
    /// The line is not the next one.
    OutOfOrder,
    /// Another attempt is stored, or one whose lines the server does not all hold yet.
    OtherAttempt,
    /// The request could not be read.
    BadRequest,
    /// The worker did not answer in time, or ended.
    NoAnswer,
}
