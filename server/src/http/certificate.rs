//! Addresses for everyone: verification, lookup, the issuer's document.

use api::{Lookup, LookupAnswer, Problem};
use axum::{
    Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::Value;
use signing::verify::{Report, TrustBundle};

use super::{
    Shared,
    extract::{Body, Peer},
};
use crate::failure::Failure;

/// Verifies a certificate, CPD record or badge as its named steps. The body is the file, byte by byte: JSON, a token (JWT), or a
/// PDF, PNG, SVG or the text of a QR code that carries it (docs/CARRIERS.md); or, to have its place in the issuer's log looked at
/// too, `{"credential": …, "log_proof": "…"}` with the text of its `.tlog-proof`.
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
    let now = shared.engine.clock.now();
    Ok(Json(match with_proof(&bytes) {
        Some((credential, proof)) => {
            // A token, or what a QR code says, is a text.
            let credential = match credential {
                Value::String(text) => text.into_bytes(),
                document => serde_json::to_vec(&document).map_err(Failure::fault)?,
            };
            carrier::verify_logged(&credential, Some(proof.as_bytes()), &trust, now)
        }
        None => carrier::verify(&bytes, &trust, now),
    }))
}

/// A credential and the text of a proof, and nothing besides: no credential has this shape.
fn with_proof(bytes: &[u8]) -> Option<(Value, String)> {
    let Ok(Value::Object(mut both)) = signing::json::parse(bytes) else { return None };
    match (both.remove("credential"), both.remove("log_proof"), both.is_empty()) {
        (Some(credential), Some(Value::String(proof)), true) => Some((credential, proof)),
        _ => None,
    }
}

/// The issuers that this server vouches for, with their documents: enough to verify without a network.
#[utoipa::path(get, path = "/api/v1/trust",
    responses((status = 200, description = "A trust bundle (docs/VERIFICATION.md)")))]
pub(super) async fn trust(State(shared): State<Shared>) -> Result<Json<TrustBundle>, Failure> {
    shared.engine.trust_bundle().await.map(Json)
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

/// What the issuer's root key states about its keys (docs/KEYS.md).
pub(super) async fn key_history(State(shared): State<Shared>) -> Result<Response, Failure> {
    let none = || Failure::new(api::ProblemCode::NotFound, "this issuer has no root key that states anything");
    let history = shared.engine.issuer.history().ok_or_else(none)?;
    Ok(([(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")], Json(history)).into_response())
}
