//! Addresses for everyone: verification, lookup, the issuer's document.

use api::{Lookup, LookupAnswer, Problem};
use axum::{
    Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::header,
    response::{IntoResponse, Response},
};
use signing::verify::{Report, TrustBundle};

use super::{
    MAX_BODY, Shared,
    extract::{Body, Peer},
};
use crate::failure::Failure;

/// Verifies a certificate or CPD record as its named steps. The body is the file, byte by byte.
#[utoipa::path(post, path = "/api/v1/verify", request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, description = "A verification report (docs/VERIFICATION.md)"),
        (status = 413, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn verify(
    State(shared): State<Shared>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Report>, Failure> {
    let bytes = body.map_err(|_| {
        let detail = format!("a certificate has at most {MAX_BODY} bytes");
        Failure::new(api::ProblemCode::TooLarge, detail)
    })?;
    let trust = shared.engine.trust_bundle().await?;
    Ok(Json(signing::verify::verify(&bytes, &trust, shared.engine.clock.now())))
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
