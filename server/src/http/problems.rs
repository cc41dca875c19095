//! One page for each kind of problem, at the address that the problem names.

use api::ProblemCode;
use axum::{
    extract::{Path, rejection::PathRejection},
    http::header,
    response::IntoResponse,
};

use crate::failure::Failure;

pub(super) async fn page(slug: Result<Path<String>, PathRejection>) -> Result<impl IntoResponse, Failure> {
    let unknown = || Failure::new(ProblemCode::NotFound, "there is no problem of this name");
    let Path(slug) = slug.map_err(|_| unknown())?;
    let code = ProblemCode::ALL.into_iter().find(|code| code.slug() == slug).ok_or_else(unknown)?;
    let text = format!("{}\n\n{}\n\nHTTP status {}\n", code.title(), code.explanation().trim(), code.status());
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text))
}
