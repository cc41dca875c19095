//! The verbs between a page and the worker that owns the browser's SQLite and keys, as JSON text. Bytes are base64 (RFC 4648,
//! section 4).
//!
//! The worker speaks of attempts, packages and journal lines, not of SQL. It opens and seals age files, and it signs; what the
//! files and lines say is opaque to it.

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

/// What a page may ask. Each verb that writes is one transaction, durable when it is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Verb {
    /// What is stored?
    Load,
    /// Keep a package that the page has checked. One that is stored makes room if it has no line yet, and if the candidate
    /// agreed also once it has a key of the device or was opened; the same one again changes nothing.
    Keep {
        /// Pseudonym of the attempt.
        attempt: String,
        /// The whole file, base64.
        package: String,
        /// Whether the candidate agreed that another attempt makes room.
        #[serde(default)]
        agreed: bool,
    },
    /// Give the stored package's bytes back.
    Package {
        /// Pseudonym of the attempt.
        attempt: String,
    },
    /// Open the stored package with both codes, and keep what opens it (encrypted), so that a reload needs no code. Draws the
    /// device's key if the attempt has none yet.
    Unseal {
        /// Pseudonym of the attempt.
        attempt: String,
        /// Release code as typed or as the server gave it.
        release: String,
        /// Admission code as typed.
        admission: String,
    },
    /// Tell the device's key for the attempt, and draw it if there is none yet. The package is not opened: before a server gives
    /// the release code, the device has to be known. [`Verb::Sign`] works from then on.
    Device {
        /// Pseudonym of the attempt.
        attempt: String,
    },
    /// Open the package again with what was kept.
    Reopen {
        /// Pseudonym of the attempt.
        attempt: String,
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
    /// Add lines that come from elsewhere: from the server, or from a response file of another device.
    Import {
        /// Pseudonym of the attempt.
        attempt: String,
        /// Number of the first of them: the next one.
        from: u64,
        /// The lines.
        lines: Vec<String>,
    },
    /// The server holds the first `count` lines.
    Acknowledge {
        /// Pseudonym of the attempt.
        attempt: String,
        /// How many lines.
        count: u64,
    },
    /// Sign with the device's key.
    Sign {
        /// Pseudonym of the attempt.
        attempt: String,
        /// The message.
        message: String,
    },
    /// Write the response file: the header as it is, then all lines stored, sealed. Each line has a line feed behind it.
    Export {
        /// Pseudonym of the attempt.
        attempt: String,
        /// The signed header in canonical form.
        header: String,
        /// How many lines the header speaks of: all that are stored.
        count: u64,
        /// Whom to seal for (`age1…`).
        recipients: Vec<String>,
    },
    /// Open the sealed part of a response file of another device with the candidate's move code.
    OpenResponse {
        /// Pseudonym of the attempt.
        attempt: String,
        /// The sealed part, base64.
        sealed: String,
        /// Move code as typed.
        code: String,
    },
    /// Keep a small text under a name, encrypted. With an attempt it goes when the attempt is forgotten.
    Note {
        /// Pseudonym of the attempt, if it is about one.
        attempt: Option<String>,
        /// The name.
        name: String,
        /// The text; empty removes it.
        text: String,
    },
    /// Draw a text as a QR code (ISO/IEC 18004), error correction M.
    Qr {
        /// The text.
        text: String,
    },
    /// Remove an attempt, its package, its notes and its keys: only if the server holds every line of it.
    Forget {
        /// Pseudonym of the attempt.
        attempt: String,
    },
    /// Make one real commit in a scratch table and time it, for the readiness check.
    Probe,
}

/// What is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// The attempt, if there is one.
    pub attempt: Option<StoredAttempt>,
    /// Notes, those of the attempt included.
    pub notes: Vec<Note>,
}

/// An attempt as the browser keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredAttempt {
    /// Its pseudonym.
    pub id: String,
    /// The first line of its package: the signed manifest.
    pub manifest: String,
    /// Whether the package was opened here.
    pub unsealed: bool,
    /// Its lines in order.
    pub lines: Vec<String>,
    /// How many of them the server has acknowledged.
    pub acknowledged: u64,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
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
        /// What is stored.
        stored: Stored,
    },
    /// To [`Verb::Keep`], [`Verb::Acknowledge`], [`Verb::Note`] and [`Verb::Forget`].
    Done,
    /// To [`Verb::Package`], [`Verb::Export`]: a file, base64.
    File {
        /// Its bytes.
        bytes: String,
    },
    /// To [`Verb::Unseal`] and [`Verb::Reopen`].
    Unsealed {
        /// What was sealed, as text.
        payload: String,
        /// The device's public key (Multikey).
        key: String,
        /// Where the private key is: `webcrypto` or `software`.
        home: String,
    },
    /// To [`Verb::Device`].
    Device {
        /// The device's public key (Multikey).
        key: String,
        /// Where the private key is: `webcrypto` or `software`.
        home: String,
    },
    /// To [`Verb::Append`] and [`Verb::Import`]: the lines are committed.
    Appended {
        /// Lines stored in all.
        count: u64,
    },
    /// To [`Verb::Sign`].
    Signed {
        /// 128 lower-case hexadecimal digits.
        signature: String,
    },
    /// To [`Verb::OpenResponse`].
    Opened {
        /// What was sealed, as text.
        text: String,
    },
    /// To [`Verb::Qr`]: rows of `0` and `1`, without a quiet zone.
    Drawn {
        /// The rows from top to bottom.
        rows: Vec<String>,
    },
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
    /// What is stored was written by a newer version of the app.
    NewerApp,
    /// The browser's keys are gone, so that what is stored cannot be read any more.
    Keys,
    /// The browser does not give its keys just now, or makes none: what is stored may be read once it does.
    KeysRefused,
    /// The line is not the next one.
    OutOfOrder,
    /// Another attempt is stored, or one whose lines the server does not all hold yet.
    OtherAttempt,
    /// A typed code is mistyped.
    CodeMistyped,
    /// The codes are well typed, but do not open this file.
    WrongCode,
    /// A sealed file is damaged.
    Damaged,
    /// The request could not be read.
    BadRequest,
    /// The worker could not be loaded.
    NotStarted,
    /// The worker did not answer in time, or failed.
    NoAnswer,
}
