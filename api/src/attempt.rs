//! A candidate's way through a sitting: admission, start, journal, result.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use signing::signed::Signed;
use sitting::{Acknowledgement, SignedGrant};

/// `POST /api/v1/attempts/admit`: the candidate's code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Admission {
    /// The admission code as typed: case, blanks and hyphens do not matter.
    pub code: String,
    /// Whether the package was opened already, with a release code that the proctor read out.
    #[serde(default)]
    pub released: bool,
}

/// Answer to [`Admission`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Admitted {
    /// Bearer token of this attempt, for the `Authorization` header.
    pub token: String,
    /// Where the attempt stands.
    pub status: AttemptStatus,
}

/// Where an attempt stands, and what the candidate needs to know of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttemptStatus {
    /// Pseudonym of the attempt (UUIDv7).
    pub attempt: String,
    /// Whether it has begun or ended.
    pub state: AttemptState,
    /// Who sits.
    pub candidate: Candidate,
    /// What is sat.
    pub exam: Exam,
    /// When it may be started.
    pub window: Window,
    /// When the candidate started, if so.
    pub started_at: Option<DateTime<Utc>>,
    /// When the working time ends, if started.
    pub deadline: Option<DateTime<Utc>>,
    /// Lines of the journal that the server holds.
    pub journal_count: u64,
    /// The server's time when it answered.
    pub server_now: DateTime<Utc>,
}

/// Whether an attempt has begun or ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AttemptState {
    /// Not started.
    Ready,
    /// Started, not handed in.
    Sitting,
    /// Handed in and scored.
    Submitted,
}

/// Who sits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Candidate {
    /// The name as it will stand on the certificate.
    pub name: String,
}

/// What is sat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Exam {
    /// The scheme's title.
    pub title: String,
    /// Who examines.
    pub exam_body: String,
    /// Number of items.
    pub items: u32,
    /// Working time in milliseconds, extra time included.
    pub duration_ms: u64,
    /// Extra time contained in `duration_ms`.
    pub extra_ms: u64,
    /// Correct answers needed, or points where there are other points than one an item.
    pub cut_score: u32,
    /// The points that the form gives, where they are not one an item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<u32>,
    /// Whether notes and references may be used.
    pub open_book: bool,
    /// Whether everything about this exam is a demonstration.
    pub demonstration: bool,
}

/// When an attempt may be started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Window {
    /// From then on.
    pub opens_at: DateTime<Utc>,
    /// Until then.
    pub closes_at: DateTime<Utc>,
}

/// `POST /api/v1/attempt/start`: binds the attempt to a device, and starts the clock unless the sitting began without a network;
/// sent again, it changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Start {
    /// The device's key.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub device: sitting::Device,
    /// The device's signature over the binding (docs/JOURNAL.md, «Devices»): 128 lower-case hexadecimal digits.
    pub signature: String,
    /// Whether the package was opened already, with a release code that the proctor read out.
    #[serde(default)]
    pub released: bool,
}

/// Answer to [`Start`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Started {
    /// The release code, which opens the package together with the admission code; nothing for a device that said that it
    /// opened the package already.
    pub release: Option<String>,
    /// The lines that the server already holds, for a device that lost its own.
    pub lines: Vec<String>,
    /// What allows this device to go on where another one stopped; for the `moved` line.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub moved: Option<Signed<SignedGrant>>,
    /// Where the attempt stands for the server.
    pub standing: Standing,
}

/// What every answer about a running attempt tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Standing {
    /// Where the attempt stands.
    pub state: AttemptState,
    /// Milliseconds since the start, breaks included, by the server's clock; `null` if the server does not know the start.
    pub elapsed_ms: Option<u64>,
    /// Grants that are not in the journal yet.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub grants: Vec<Signed<SignedGrant>>,
    /// A fresh challenge to write into the journal, when one is due: 32 hexadecimal digits.
    pub challenge: Option<String>,
    /// The server's time when it answered.
    pub server_now: DateTime<Utc>,
}

/// `POST /api/v1/attempt/journal`: lines in order, the same ones as often as needed; without lines it asks how things stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JournalUpload {
    /// Number of the first line, counted from 1.
    pub from: u64,
    /// Lines of canonical JSON without line ends.
    pub lines: Vec<String>,
    /// The signature of the device that the attempt is bound to over the journal as far as these lines go (docs/JOURNAL.md,
    /// «Checkpoints»): 128 lower-case hexadecimal digits.
    pub signature: String,
}

/// Answer to [`JournalUpload`]: what the server now holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JournalAck {
    /// Lines held.
    pub count: u64,
    /// SHA-256 of the last one.
    pub head: String,
    /// The exam body's signed word for it, once the journal is handed in.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub acknowledgement: Option<Signed<Acknowledgement>>,
    /// Where the attempt stands for the server.
    pub standing: Standing,
}

/// Answer to `POST /api/v1/responses`, the upload of a response file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Collected {
    /// Pseudonym of the attempt.
    pub attempt: String,
    /// What became of the file.
    pub outcome: CollectOutcome,
    /// Lines that are held now.
    pub count: u64,
    /// The exam body's signed word for what it holds.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub acknowledgement: Signed<Acknowledgement>,
    /// What a person should look at, in sentences.
    pub notes: Vec<String>,
}

/// What became of a response file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CollectOutcome {
    /// It brought lines that were not held yet.
    Taken,
    /// All its lines were held, and no others are.
    Known,
    /// More lines are held than it has: an older export.
    Older,
    /// It differs from what is held; it was kept apart, and a person has to decide.
    Fork,
}

/// `GET /api/v1/exam-keys`: whose packages to trust.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExamKeys {
    /// The keys that sign manifests, in Multikey form.
    pub keys: Vec<String>,
}

/// `GET /api/v1/attempt/result`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SittingResult {
    /// Pass, fail, or waiting for a person.
    pub outcome: Resulting,
    /// Bands per domain, in the scheme's order. Never the key, never the item.
    pub domains: Vec<DomainBand>,
    /// When the decision was recorded.
    pub decided_at: Option<DateTime<Utc>>,
    /// After a fail: the next attempt.
    pub retake: Option<Retake>,
    /// After a pass: the certificate's number.
    pub certificate_number: Option<String>,
    /// CPD credits that were recorded.
    pub cpd_credits: Option<u32>,
}

/// How a sitting ended for the candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Resulting {
    /// Passed; the certificate is issued.
    Pass,
    /// Not passed.
    Fail,
    /// A person decides.
    Referred,
}

/// How the candidate did in one domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DomainBand {
    /// The domain's short name, such as `D2`.
    pub domain: String,
    /// Its title.
    pub title: String,
    /// The band's name, from the scheme.
    pub band: String,
    /// Below the pass mark: worth studying before a next attempt.
    pub weak: bool,
}

/// When the exam may be sat again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Retake {
    /// Number of the next attempt, counted from 1.
    pub attempt_number: u32,
    /// The first day on which it may be sat (UTC).
    pub earliest: NaiveDate,
}
