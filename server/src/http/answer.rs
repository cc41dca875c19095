//! Answers that are not the handlers' own: problems (RFC 9457), faults, unknown addresses.

use std::any::Any;

use api::{Problem, ProblemCode};
use axum::{
    Json,
    http::{HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};

use crate::failure::Failure;

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let problem = match self {
            Self::Problem(problem) => *problem,
            Self::Fault(what) => {
                tracing::error!(what, "a request failed");
                Problem::new(
                    ProblemCode::Unavailable,
                    "the server could not do it just now; what was saved stays saved",
                )
            }
        };
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
        let retry_after = problem.retry_after.map(HeaderValue::from);
        let mut response = (status, Json(problem)).into_response();
        let json = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, json);
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}

pub(super) async fn no_such_address(uri: Uri) -> Failure {
    Failure::new(ProblemCode::NotFound, format!("there is nothing at {}", uri.path()))
}

pub(super) async fn no_such_method(uri: Uri) -> Failure {
    Failure::new(ProblemCode::MethodNotAllowed, format!("{} does not answer this method", uri.path()))
}

pub(super) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("unknown");
    Failure::fault(format!("a handler panicked: {text}")).into_response()
}
