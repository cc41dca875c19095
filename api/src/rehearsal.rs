//! A rehearsal: a practice sitting with everything that it takes to play candidate and proctor.

use serde::{Deserialize, Serialize};

/// Answer to `POST /api/v1/rehearsal`. It stands nowhere else: whoever asked plays both parts (docs/REHEARSAL.md).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rehearsal {
    /// The sealed package, of kind `practice`: its file in base 64 (RFC 4648, section 4).
    pub package: String,
    /// What a proctor would read out: opens the package together with the admission code.
    pub release_code: String,
    /// What a candidate would bring.
    pub admission_code: String,
    /// What a proctor would hand out in the course of it.
    pub proctor: ProctorCodes,
}

/// The typed codes of a rehearsal's proctor (docs/GRANTS.md).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProctorCodes {
    /// Adds working time.
    pub extra_time: ExtraTimeCode,
    /// Stops the clock, once.
    pub pause: String,
    /// Ends the sitting.
    pub end: String,
}

/// A typed code that adds working time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtraTimeCode {
    /// Minutes that such codes have given in all, once this one is typed.
    pub minutes: u32,
    /// The code.
    pub code: String,
}
