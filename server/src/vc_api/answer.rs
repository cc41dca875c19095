//! What is answered, good or bad (VC Data Model 2.0, section 7.2 «Problem Details»).

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use signing::{
    ld::LdError,
    model::{Fault, Rule},
    proof::ProofError,
    status::StatusError,
};

const DATA_MODEL: &str = "https://www.w3.org/TR/vc-data-model#";
const DATA_INTEGRITY: &str = "https://w3id.org/security#";
const STATUS_LIST: &str = "https://www.w3.org/ns/credentials/status-list#";

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    kind: String,
    detail: String,
    pointer: Option<String>,
}

impl Problem {
    fn of(vocabulary: &str, name: &str, detail: impl Into<String>) -> Self {
        Self { kind: format!("{vocabulary}{name}"), detail: detail.into(), pointer: None }
    }

    /// The request or the document in it cannot be read.
    pub(super) fn parsing(detail: impl Into<String>) -> Self {
        Self::of(DATA_MODEL, "PARSING_ERROR", detail)
    }

    /// A value is out of its range, such as a time.
    pub(super) fn range(detail: impl Into<String>) -> Self {
        Self::of(DATA_MODEL, "RANGE_ERROR", detail)
    }

    /// A value breaks a rule.
    pub(super) fn malformed(detail: impl Into<String>) -> Self {
        Self::of(DATA_MODEL, "MALFORMED_VALUE_ERROR", detail)
    }

    /// A proof does not hold.
    pub(super) fn verification(detail: impl Into<String>) -> Self {
        Self::of(DATA_INTEGRITY, "PROOF_VERIFICATION_ERROR", detail)
    }

    /// A proof is for another domain.
    pub(super) fn domain(detail: impl Into<String>) -> Self {
        Self::of(DATA_INTEGRITY, "INVALID_DOMAIN_ERROR", detail)
    }

    /// A proof answers another challenge.
    pub(super) fn challenge(detail: impl Into<String>) -> Self {
        Self::of(DATA_INTEGRITY, "INVALID_CHALLENGE_ERROR", detail)
    }

    /// A proof cannot be made.
    pub(super) fn generation(detail: impl Into<String>) -> Self {
        Self::of(DATA_INTEGRITY, "PROOF_GENERATION_ERROR", detail)
    }

    /// The status cannot be found out.
    pub(super) fn no_status(detail: impl Into<String>) -> Self {
        Self::of(STATUS_LIST, "STATUS_RETRIEVAL_ERROR", detail)
    }

    /// The status says that the credential is no longer good.
    pub(super) fn revoked(detail: impl Into<String>) -> Self {
        Self::of(STATUS_LIST, "STATUS_VERIFICATION_ERROR", detail)
    }

    /// At a place of the document.
    pub(super) fn at(mut self, pointer: &str) -> Self {
        let within = self.pointer.unwrap_or_default();
        self.pointer = Some(format!("{pointer}{within}"));
        self
    }

    /// What is wrong, in words.
    pub(super) fn detail(self) -> String {
        self.detail
    }

    fn to_json(&self) -> Value {
        let name = self.kind.rsplit('#').next().unwrap_or_default();
        let mut json = json!({"type": self.kind, "title": name, "detail": self.detail});
        if let Some(pointer) = self.pointer.as_deref().filter(|pointer| !pointer.is_empty()) {
            json["pointer"] = pointer.into();
        }
        json
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        let problem = match fault.rule {
            Rule::Linked => Self::of(DATA_INTEGRITY, "DATA_LOSS_DETECTION_ERROR", fault.what),
            Rule::Status => Self::of(STATUS_LIST, "MALFORMED_VALUE_ERROR", fault.what),
            _ => Self::malformed(fault.what),
        };
        problem.at(&fault.pointer)
    }
}

impl From<StatusError> for Problem {
    fn from(error: StatusError) -> Self {
        Self::of(STATUS_LIST, error.code(), error.to_string())
    }
}

impl From<&ProofError> for Problem {
    fn from(error: &ProofError) -> Self {
        match error {
            ProofError::Document(LdError::Dropped { pointer, .. }) => {
                Self::of(DATA_INTEGRITY, "DATA_LOSS_DETECTION_ERROR", error.to_string()).at(pointer)
            }
            ProofError::Document(_) | ProofError::Canonical => {
                Self::of(DATA_INTEGRITY, "PROOF_TRANSFORMATION_ERROR", error.to_string())
            }
            _ => Self::verification(error.to_string()),
        }
    }
}

/// A refusal: at least one problem.
#[derive(Debug)]
pub(super) struct Refusal(pub(super) Vec<Problem>);

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let errors: Vec<Value> = self.0.iter().map(Problem::to_json).collect();
        let mut body = errors.first().cloned().unwrap_or_else(|| json!({}));
        body["status"] = 400.into();
        body["verified"] = false.into();
        body["errors"] = errors.into();
        plain(StatusCode::BAD_REQUEST, body)
    }
}

/// A credential was issued.
pub(super) fn issued(credential: &Value) -> Response {
    plain(StatusCode::CREATED, json!({"verifiableCredential": credential}))
}

/// Everything holds; `warnings` say what was not looked at.
pub(super) fn verified(checks: &[&str], warnings: &[String]) -> Response {
    plain(StatusCode::OK, json!({"verified": true, "checks": checks, "warnings": warnings, "errors": []}))
}

/// JSON that nobody keeps.
pub(super) fn plain(status: StatusCode, body: Value) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}
