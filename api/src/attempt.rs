//! A candidate's way through a sitting: admission, start, journal, result.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// `POST /api/v1/attempts/admit`: the candidate's code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Admission {
    /// The admission code as typed: case, blanks and hyphens do not matter.
    pub code: String,
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
    /// Correct answers needed.
    pub cut_score: u32,
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

/// `POST /api/v1/attempt/start`: binds the attempt to a device and starts the clock; sent again, it changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Start {
    /// Random name that the device gave itself: 64 hexadecimal digits.
    pub device: String,
}

/// Answer to [`Start`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Started {
    /// What the sitting allows (docs/JOURNAL.md).
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub manifest: sitting::Manifest,
    /// The questions, without keys.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub form: item::Form,
    /// The lines that the server already holds, for a device that lost its own.
    pub lines: Vec<String>,
    /// When the clock started.
    pub started_at: DateTime<Utc>,
    /// When the working time ends.
    pub deadline: DateTime<Utc>,
    /// The server's time when it answered.
    pub server_now: DateTime<Utc>,
}

/// `POST /api/v1/attempt/journal`: lines in order, the same ones as often as needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JournalUpload {
    /// The device that sends them, as it named itself at the start: only the one that the attempt is bound to may.
    pub device: String,
    /// Number of the first line, counted from 1.
    pub from: u64,
    /// Lines of canonical JSON without line ends.
    pub lines: Vec<String>,
}

/// Answer to [`JournalUpload`]: what the server now holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JournalAck {
    /// Lines held.
    pub count: u64,
    /// SHA-256 of the last one.
    pub head: String,
    /// Where the attempt stands after them.
    pub state: AttemptState,
    /// The server's time when it answered.
    pub server_now: DateTime<Utc>,
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
