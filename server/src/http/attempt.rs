//! A candidate's addresses.

use api::{
    Admission, Admitted, AttemptStatus, Collected, ExamKeys, IssuedDocuments, JournalAck, JournalUpload, Problem,
    SittingResult, Start, Started,
};
use axum::{
    Json,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};

use super::{
    Shared,
    extract::{AttemptId, Body, Browser, File, MayHandIn, Peer},
};
use crate::failure::Failure;

/// Opens an attempt by its admission code.
#[utoipa::path(post, path = "/api/v1/attempts/admit", request_body = Admission,
    responses((status = 200, body = Admitted),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn admit(
    State(shared): State<Shared>,
    Peer(peer): Peer,
    Body(admission): Body<Admission>,
) -> Result<Json<Admitted>, Failure> {
    shared.limits.code(peer)?;
    shared.engine.admit(&admission.code, admission.released).await.map(Json)
}

/// Says where the attempt stands.
#[utoipa::path(get, path = "/api/v1/attempt", security(("attempt" = [])),
    responses((status = 200, body = AttemptStatus),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn status(
    State(shared): State<Shared>,
    AttemptId(attempt): AttemptId,
) -> Result<Json<AttemptStatus>, Failure> {
    shared.engine.status(&attempt).await.map(Json)
}

/// Starts the clock, or gives a started attempt back to its device.
#[utoipa::path(post, path = "/api/v1/attempt/start", security(("attempt" = [])), request_body = Start,
    responses((status = 200, body = Started),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn start(
    State(shared): State<Shared>,
    AttemptId(attempt): AttemptId,
    Browser(browser): Browser,
    Body(start): Body<Start>,
) -> Result<Json<Started>, Failure> {
    shared.engine.start(&attempt, &start, &browser).await.map(Json)
}

/// The sealed package of the attempt.
#[utoipa::path(get, path = "/api/v1/attempt/package", security(("attempt" = [])),
    responses((status = 200, content_type = "application/octet-stream"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn package(State(shared): State<Shared>, AttemptId(attempt): AttemptId) -> Result<Response, Failure> {
    shared.engine.package(&attempt).await.map(|bytes| file(&attempt, bytes))
}

/// The same, for whoever has the link: it is sealed, and opens with two codes only.
#[utoipa::path(get, path = "/api/v1/packages/{attempt}", params(("attempt" = String, Path, description = "Pseudonym")),
    responses((status = 200, content_type = "application/octet-stream"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn package_by_link(
    State(shared): State<Shared>,
    Path(attempt): Path<String>,
) -> Result<Response, Failure> {
    shared.engine.package(&attempt).await.map(|bytes| file(&attempt, bytes))
}

fn file(attempt: &str, bytes: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"{attempt}.invigil-package\"");
    let headers = [(header::CONTENT_TYPE, "application/octet-stream".to_owned()), (header::CONTENT_DISPOSITION, name)];
    (headers, bytes).into_response()
}

/// Whose packages to trust.
#[utoipa::path(get, path = "/api/v1/exam-keys", responses((status = 200, body = ExamKeys)))]
pub(super) async fn exam_keys(State(shared): State<Shared>) -> Json<ExamKeys> {
    Json(shared.engine.exam_keys())
}

/// Takes a response file in: each any number of times.
#[utoipa::path(post, path = "/api/v1/responses",
    request_body(content_type = "application/octet-stream", description = "The file, at most 16 MiB"),
    responses((status = 200, body = Collected),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn collect(
    State(shared): State<Shared>,
    _: MayHandIn,
    File(file): File,
) -> Result<Json<Collected>, Failure> {
    shared.engine.collect(&file).await.map(Json)
}

/// Adds lines to the journal.
#[utoipa::path(post, path = "/api/v1/attempt/journal", security(("attempt" = [])), request_body = JournalUpload,
    responses((status = 200, body = JournalAck),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn journal(
    State(shared): State<Shared>,
    AttemptId(attempt): AttemptId,
    Browser(browser): Browser,
    Body(upload): Body<JournalUpload>,
) -> Result<Json<JournalAck>, Failure> {
    shared.engine.take_lines(&attempt, &upload, &browser).await.map(Json)
}

/// The result of an attempt that was handed in.
#[utoipa::path(get, path = "/api/v1/attempt/result", security(("attempt" = [])),
    responses((status = 200, body = SittingResult),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn result(
    State(shared): State<Shared>,
    AttemptId(attempt): AttemptId,
) -> Result<Json<SittingResult>, Failure> {
    shared.engine.result(&attempt).await.map(Json)
}

/// The signed certificate and CPD record of an attempt that passed.
#[utoipa::path(get, path = "/api/v1/attempt/documents", security(("attempt" = [])),
    responses((status = 200, body = IssuedDocuments),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn documents(
    State(shared): State<Shared>,
    AttemptId(attempt): AttemptId,
) -> Result<Json<IssuedDocuments>, Failure> {
    shared.engine.documents(&attempt).await.map(Json)
}

/// The certificate as a page to print.
#[utoipa::path(get, path = "/api/v1/attempt/certificate.pdf", security(("attempt" = [])),
    responses((status = 200, content_type = "application/pdf"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn certificate_pdf(
    State(shared): State<Shared>,
    AttemptId(attempt): AttemptId,
) -> Result<Response, Failure> {
    let issued = shared.engine.certificate_of(&attempt).await?.issued;
    let pdf = shared.engine.issuer.pdf(&issued)?;
    let name = format!("attachment; filename=\"{}.pdf\"", issued.number);
    Ok(([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)], pdf)
        .into_response())
}
