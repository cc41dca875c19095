//! The addresses of open books, for everyone.

use api::Problem;
use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};

use super::Shared;
use crate::failure::Failure;

/// The document of an open book that a package names. Under one hash it is the same for ever (docs/OPEN-BOOK.md).
#[utoipa::path(get, path = "/api/v1/open-book/{sha256}",
    params(("sha256" = String, Path, description = "SHA-256 of the document in lower-case hexadecimal")),
    responses((status = 200, body = Object, description = "Format `invigil-open-book`, docs/OPEN-BOOK.md"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn open_book(State(shared): State<Shared>, Path(sha256): Path<String>) -> Result<Response, Failure> {
    // Read from disk and hashed, up to 4 MiB: not on a thread that answers others meanwhile.
    let (engine, hash) = (shared.engine.clone(), sha256.clone());
    let read = tokio::task::spawn_blocking(move || engine.open_book(&hash)).await;
    let document = read.map_err(|error| Failure::fault(error.to_string()))??;
    let tag = HeaderValue::from_str(&format!("\"{sha256}\"")).map_err(|error| Failure::fault(error.to_string()))?;
    let headers = [
        (header::ETAG, tag),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
    ];
    Ok((headers, document).into_response())
}
