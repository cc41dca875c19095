//! The transparency log's files, and proofs for holders (docs/LOG.md).

use api::{Problem, ProblemCode};
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use signing::tlog::tile::Tile;

use super::{Shared, extract::AttemptId};
use crate::{failure::Failure, log::Subject};

/// The checkpoint: how large the log is, signed by it and by witnesses.
pub(super) async fn checkpoint(State(shared): State<Shared>) -> Result<Response, Failure> {
    let checkpoint = shared.engine.published_checkpoint().await?;
    let none = || Failure::new(ProblemCode::NotFound, "nothing has been logged yet");
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=1"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    Ok((headers, checkpoint.ok_or_else(none)?.note).into_response())
}

/// A tile of hashes, or a bundle of entries; neither ever changes.
pub(super) async fn tile(State(shared): State<Shared>, Path(place): Path<String>) -> Result<Response, Failure> {
    let bytes = match Tile::parse(&format!("tile/{place}")) {
        Some(tile) => shared.engine.tile(tile).await?,
        None => None,
    };
    let none = || Failure::new(ProblemCode::NotFound, "the log has no tile of this place and width");
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    Ok((headers, bytes.ok_or_else(none)?).into_response())
}

/// The proof that the certificate of an attempt is in the log.
#[utoipa::path(get, path = "/api/v1/attempt/certificate.tlog-proof", security(("attempt" = [])),
    responses((status = 200, content_type = "text/plain", description = "A proof (docs/LOG.md)"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn certificate_proof(
    State(shared): State<Shared>,
    AttemptId(attempt): AttemptId,
) -> Result<Response, Failure> {
    let number = shared.engine.certificate_of(&attempt).await?.issued.number;
    proof(&shared, &format!("{number}.tlog-proof"), &Subject::Certificate(number)).await
}

/// The proof that the CPD record of an attempt is in the log.
#[utoipa::path(get, path = "/api/v1/attempt/cpd-record.tlog-proof", security(("attempt" = [])),
    responses((status = 200, content_type = "text/plain", description = "A proof (docs/LOG.md)"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn cpd_record_proof(
    State(shared): State<Shared>,
    AttemptId(attempt): AttemptId,
) -> Result<Response, Failure> {
    let number = shared.engine.certificate_of(&attempt).await?.issued.number;
    proof(&shared, &format!("{number}-cpd.tlog-proof"), &Subject::CpdRecord(number)).await
}

async fn proof(shared: &Shared, name: &str, subject: &Subject) -> Result<Response, Failure> {
    let proof = shared.engine.log_proof(subject).await?;
    let none = || Failure::new(ProblemCode::NotFound, "there is no proof of it in the log");
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, proof.ok_or_else(none)?.to_string()).into_response())
}
