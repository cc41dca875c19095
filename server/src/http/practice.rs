//! The address of the practice set, for everyone.

use api::Problem;
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};

use super::Shared;
use crate::{engine::Published, failure::Failure};

/// The practice set with its keys, which are public (docs/PRACTICE.md). It may be kept, and is asked for again by its hash.
#[utoipa::path(get, path = "/api/v1/practice-set",
    responses((status = 200, body = Object, description = "Format `invigil-practice-set`, docs/PRACTICE.md"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn practice_set(State(shared): State<Shared>, headers: HeaderMap) -> Result<Response, Failure> {
    let Published { text, sha256 } = shared.engine.practice_set()?;
    let tag = format!("\"{sha256}\"");
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    // RFC 9110, section 13.1.2: a list of tags, weak ones as good as strong ones, or anything at all.
    let is_known = known
        .flat_map(|list| list.split(','))
        .map(str::trim)
        .any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag);
    let value = HeaderValue::from_str(&tag).map_err(|error| Failure::fault(error.to_string()))?;
    let kept = [(header::ETAG, value), (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))];
    if is_known {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    Ok((kept, kind, text.clone()).into_response())
}
