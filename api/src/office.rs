//! What the administrator sees of sittings.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::AttemptState;

/// `POST /api/v1/office/session`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordSignIn {
    /// The administrator's password.
    pub password: String,
}

/// Answer to [`PasswordSignIn`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedIn {
    /// Bearer token for the `Authorization` header.
    pub token: String,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

/// One sitting of `GET /api/v1/office/sittings`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SittingRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// From when it may be started.
    pub opens_at: DateTime<Utc>,
    /// Until when.
    pub closes_at: DateTime<Utc>,
    /// The attempts of its roster.
    pub attempts: Vec<AttemptRow>,
}

/// One attempt of a sitting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttemptRow {
    /// Pseudonym of the attempt.
    pub attempt: String,
    /// The candidate's name.
    pub candidate: String,
    /// Whether it has begun or ended.
    pub state: AttemptState,
    /// When it was started.
    pub started_at: Option<DateTime<Utc>>,
    /// Lines of the journal held.
    pub journal_count: u64,
    /// Correct answers, once scored.
    pub raw_score: Option<u32>,
    /// The decision, once recorded: `pass`, `fail` or `referred`.
    pub outcome: Option<crate::Resulting>,
    /// The certificate's number, once issued.
    pub certificate_number: Option<String>,
}
