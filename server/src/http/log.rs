//! One line for each request: what was asked of which address, how it ended and how long it took. Never who asked, and
//! never what: no code, token, name or answer, not even an identifier in a path.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};

pub(super) async fn request(request: Request, next: Next) -> Response {
    // A method can be any word; only the usual ones are written down.
    let method = match request.method().as_str() {
        method @ ("GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "OPTIONS" | "PATCH") => method.to_owned(),
        _ => "other".to_owned(),
    };
    // The route, not the address that was asked for: that is the asker's text.
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let began = Instant::now();
    let response = next.run(request).await;
    let route = route.as_deref().unwrap_or("none");
    let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(method, route, status = response.status().as_u16(), ms, "request");
    response
}
