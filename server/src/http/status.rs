//! Status lists, in each of the forms that verifiers ask for (docs/STATUS.md). Nothing tells which number somebody is after.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::Shared;
use crate::{engine::SignedList, failure::Failure, issue::LIST_TTL_MS};

/// With proofs in it.
const VC: &str = "application/vc";
/// As a token.
const VC_JWT: &str = "application/vc+jwt";
/// As a token for tokens.
const STATUS_TOKEN: &str = "application/statuslist+jwt";

/// A status list: which of the credentials issued here were revoked, signed; as a token where the address ends in `.jwt`, or
/// where the request asks for one.
pub(super) async fn list(
    State(shared): State<Shared>,
    Path(list): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (number, as_token) = match list.strip_suffix(".jwt") {
        Some(number) => (number, true),
        None => (list.as_str(), accepts(&headers, VC_JWT)),
    };
    let list = find(&shared, number).await?;
    Ok(if as_token { answer(&headers, VC_JWT, list.jwt) } else { answer(&headers, VC, list.document.to_string()) })
}

/// The same list for tokens (draft-ietf-oauth-status-list).
pub(super) async fn token_list(
    State(shared): State<Shared>,
    Path(list): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let list = find(&shared, &list).await?;
    Ok(answer(&headers, STATUS_TOKEN, list.token))
}

async fn find(shared: &Shared, number: &str) -> Result<SignedList, Failure> {
    // One spelling: what is cached elsewhere goes by the address.
    let number = number.parse::<u64>().ok().filter(|parsed| parsed.to_string() == number);
    let list = match number {
        Some(number) => shared.engine.status_list(number).await?,
        None => None,
    };
    list.ok_or_else(|| Failure::new(api::ProblemCode::NotFound, "there is no status list of this number"))
}

/// Whether a request names this media type and does not rule it out (RFC 9110, section 12.5.1).
fn accepts(headers: &HeaderMap, wanted: &str) -> bool {
    let values = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|range| {
        let mut parts = range.split(';').map(str::trim);
        let names = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(wanted));
        names && !parts.any(|part| matches!(part.to_ascii_lowercase().as_str(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

fn answer(asked: &HeaderMap, media_type: &'static str, body: String) -> Response {
    let tag = format!("\"{}\"", signing::digest::sha256_hex(body.as_bytes()));
    let seconds = LIST_TTL_MS / 1_000;
    let common = [
        (header::CACHE_CONTROL, format!("public, max-age={seconds}")),
        (header::ETAG, tag.clone()),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
        (header::VARY, "accept".to_owned()),
    ];
    let known = asked.get_all(header::IF_NONE_MATCH).iter().any(|value| value.as_bytes() == tag.as_bytes());
    if known {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    (common, [(header::CONTENT_TYPE, media_type)], body).into_response()
}
