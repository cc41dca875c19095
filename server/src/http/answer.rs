//! Answers that are not the handlers' own: problems (RFC 9457), faults, unknown addresses, requests that take too long.

use std::{any::Any, time::Duration};

use api::{Problem, ProblemCode};
use axum::{
    Json,
    extract::Request,
    http::{HeaderValue, StatusCode, Uri, header},
    middleware::Next,
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
        // Some statuses may otherwise be cached without having been asked (RFC 9111, section 4.2.2).
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        if status == StatusCode::UNAUTHORIZED {
            // RFC 9110, section 15.5.2, wants it; browsers show no prompt for this scheme.
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

pub(super) async fn no_such_address(uri: Uri) -> Failure {
    nothing_at(uri.path())
}

pub(super) async fn no_such_method(uri: Uri) -> Failure {
    no_method_at(uri.path())
}

pub(super) fn nothing_at(path: &str) -> Failure {
    Failure::new(ProblemCode::NotFound, format!("there is nothing at {}", shown(path)))
}

pub(super) fn no_method_at(path: &str) -> Failure {
    Failure::new(ProblemCode::MethodNotAllowed, format!("{} does not answer this method", shown(path)))
}

fn shown(path: &str) -> &str {
    // A path is ASCII; a problem is for people to read.
    path.get(..200).unwrap_or(path)
}

/// Gives up on a request that takes longer than this, its body included.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) async fn in_time(request: Request, next: Next) -> Response {
    tokio::time::timeout(PATIENCE, next.run(request)).await.unwrap_or_else(|_| {
        let detail = format!("the request took longer than {} seconds", PATIENCE.as_secs());
        Failure::new(ProblemCode::Unavailable, detail).into_response()
    })
}

pub(super) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("unknown");
    Failure::fault(format!("a handler panicked: {text}")).into_response()
}
