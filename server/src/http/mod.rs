//! The server's addresses.

mod answer;
mod attempt;
mod certificate;
mod extract;
mod held;
mod limits;
mod log;
mod office;
mod open_book;
mod openapi;
mod pages;
mod practice;
mod problems;
mod rehearsal;
mod selective;
mod status;
mod tlog;

use std::{path::PathBuf, sync::Arc};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, header},
    middleware,
    routing::{get, post},
};
use tower_http::{catch_panic::CatchPanicLayer, set_header::SetResponseHeaderLayer};

use crate::{engine::Engine, vc_api::VcApi};
use limits::Limits;
use sitting::MAX_FILE_BYTES;

pub use openapi::document as openapi_document;
pub use pages::{PageError, Pages};

/// Documents that are handed in may be this long, in bytes.
pub const MAX_BODY: usize = 1024 * 1024;

/// What every handler shares.
#[derive(Clone)]
pub struct Shared {
    engine: Arc<Engine>,
    limits: Arc<Limits>,
}

/// All addresses. Without `web`, only the API is served.
///
/// # Errors
/// [`PageError`] if the built pages are not where they should be.
pub fn router(engine: Arc<Engine>, web: Option<PathBuf>) -> Result<Router, PageError> {
    with_vc_api(engine, web, None)
}

/// All addresses, and those of the VC API's test mode (docs/VC-API.md).
///
/// # Errors
/// As for [`router`].
pub fn with_vc_api(engine: Arc<Engine>, web: Option<PathBuf>, vc_api: Option<VcApi>) -> Result<Router, PageError> {
    let shared = Shared { engine, limits: Arc::new(Limits::default()) };
    let api = Router::new()
        .route("/health", get(health))
        .route("/openapi.json", get(openapi::serve))
        .route("/attempts/admit", post(attempt::admit))
        .route("/attempt", get(attempt::status))
        .route("/attempt/start", post(attempt::start))
        .route("/attempt/package", get(attempt::package))
        .route("/attempt/journal", post(attempt::journal))
        .route("/attempt/result", get(attempt::result))
        .route("/attempt/documents", get(attempt::documents))
        .route("/attempt/certificate.pdf", get(attempt::certificate_pdf))
        .route("/attempt/badge.png", get(held::badge_png))
        .route("/attempt/badge.svg", get(held::badge_svg))
        .route("/attempt/badge", post(held::badge))
        .route("/attempt/sharing", get(held::sharing).put(held::share).delete(held::unshare))
        .route("/attempt/certificate.tlog-proof", get(tlog::certificate_proof))
        .route("/attempt/cpd-record.tlog-proof", get(tlog::cpd_record_proof))
        .route("/attempt/selective", post(selective::issue))
        .route("/attempt/selective/nonce", post(selective::nonce))
        .route("/packages/{attempt}", get(attempt::package_by_link))
        .route("/rehearsal", post(rehearsal::draw))
        .route("/practice-set", get(practice::practice_set))
        .route("/open-book/{sha256}", get(open_book::open_book))
        .route("/exam-keys", get(attempt::exam_keys))
        .route("/responses", post(attempt::collect).layer(DefaultBodyLimit::max(MAX_FILE_BYTES)))
        .route("/verify", post(certificate::verify).layer(DefaultBodyLimit::max(carrier::MAX_BYTES)))
        .route("/trust", get(certificate::trust))
        .route("/certificates/lookup", post(certificate::look_up))
        .route("/office/session", post(office::sign_in))
        .route("/office/sittings", get(office::sittings))
        // What an API answers belongs to one person and one moment.
        .layer(header(header::CACHE_CONTROL, "no-store"));
    let mut router = Router::new()
        .nest("/api/v1", api)
        .route("/.well-known/did.json", get(certificate::did_document))
        .route("/.well-known/invigil-keys.json", get(certificate::key_history))
        .route("/log/checkpoint", get(tlog::checkpoint))
        .route("/log/tile/{*place}", get(tlog::tile))
        .route("/status/{list}", get(status::list))
        .route("/token-status/{list}", get(status::token_list))
        .route("/c/{token}", get(held::page))
        .route("/c/{token}/badge.png", get(held::page_picture))
        .route("/problems/{slug}", get(problems::page));
    if let Some(web) = web {
        router = Pages::load(&web)?.add_to(router);
    }
    if let Some(vc_api) = vc_api {
        router = router.merge(vc_api.router());
    }
    Ok(router
        .fallback(answer::no_such_address)
        .method_not_allowed_fallback(answer::no_such_method)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::from_fn(answer::in_time))
        .layer(CatchPanicLayer::custom(answer::panicked))
        .layer(middleware::from_fn(log::request))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "no-referrer"))
        // Browsers heed it over HTTPS only (RFC 6797, section 8.1).
        .layer(header(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"))
        .layer(header(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(header(HeaderName::from_static("cross-origin-resource-policy"), "same-origin"))
        .layer(header(
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        ))
        .layer(header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"))
        .with_state(shared))
}

/// A header on every answer that does not carry it already.
fn header(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

/// Says that the server answers.
async fn health() -> &'static str {
    "ok"
}
