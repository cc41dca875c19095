//! Addresses for everyone: verification, lookup, the issuer's document.

use api::{Lookup, LookupAnswer, Problem};
use axum::{
    Json,
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use signing::verify::{Report, TrustBundle};

use super::{
    Shared,
    extract::{Body, Peer},
};
use crate::{failure::Failure, issue::LIST_TTL_MS};

/// Verifies a certificate, CPD record or badge as its named steps. The body is the file, byte by byte: JSON, or a PDF, PNG, SVG
/// or the text of a QR code that carries it (docs/CARRIERS.md).
#[utoipa::path(post, path = "/api/v1/verify", request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, description = "A verification report (docs/VERIFICATION.md)"),
        (status = 413, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn verify(
    State(shared): State<Shared>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Report>, Failure> {
    let bytes = body.map_err(|_| {
        let detail = format!("a certificate has at most {} bytes", carrier::MAX_BYTES);
        Failure::new(api::ProblemCode::TooLarge, detail)
    })?;
    let trust = shared.engine.trust_bundle().await?;
    Ok(Json(carrier::verify(&bytes, &trust, shared.engine.clock.now())))
}

/// The issuers that this server vouches for, with their documents: enough to verify without a network.
#[utoipa::path(get, path = "/api/v1/trust",
    responses((status = 200, description = "A trust bundle (docs/VERIFICATION.md)")))]
pub(super) async fn trust(State(shared): State<Shared>) -> Result<Json<TrustBundle>, Failure> {
    shared.engine.trust_bundle().await.map(Json)
}

/// A status list: which of the credentials issued here were revoked, signed.
pub(super) async fn status_list(
    State(shared): State<Shared>,
    Path(list): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    // One spelling: what is cached elsewhere goes by the address.
    let number = list.parse::<u64>().ok().filter(|number| number.to_string() == list);
    let document = match number {
        Some(number) => shared.engine.status_list(number).await?,
        None => None,
    };
    let Some(document) = document else {
        return Err(Failure::new(api::ProblemCode::NotFound, "there is no status list of this number"));
    };
    let body = document.to_string();
    let tag = format!("\"{}\"", signing::digest::sha256_hex(body.as_bytes()));
    let seconds = LIST_TTL_MS / 1_000;
    let common = [
        (header::CACHE_CONTROL, format!("public, max-age={seconds}")),
        (header::ETAG, tag.clone()),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
    ];
    let known = headers.get_all(header::IF_NONE_MATCH).iter().any(|value| value.as_bytes() == tag.as_bytes());
    if known {
        return Ok((StatusCode::NOT_MODIFIED, common).into_response());
    }
    Ok((common, [(header::CONTENT_TYPE, "application/vc")], body).into_response())
}

/// Looks a certificate up by last name and number.
#[utoipa::path(post, path = "/api/v1/certificates/lookup", request_body = Lookup,
    responses((status = 200, body = LookupAnswer),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn look_up(
    State(shared): State<Shared>,
    Peer(peer): Peer,
    Body(lookup): Body<Lookup>,
) -> Result<Json<LookupAnswer>, Failure> {
    shared.limits.lookup(peer, &lookup.number)?;
    shared.engine.look_up(&lookup).await.map(Json)
}

/// The issuer's DID document.
pub(super) async fn did_document(State(shared): State<Shared>) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/did+json"), (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")];
    (headers, Json(shared.engine.issuer.did_document())).into_response()
}
