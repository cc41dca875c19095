//! What holders fetch and switch: pictures, badges, the page that they make public.

use api::{IssuedBadge, MatchState, Problem, ProblemCode, Sharing};
use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use sha2::{Digest as _, Sha256};

use super::{Shared, extract::AttemptId};
use crate::{engine, failure::Failure};

/// The certificate's badge as a picture with the certificate in it.
#[utoipa::path(get, path = "/api/v1/attempt/badge.png", security(("attempt" = [])),
    responses((status = 200, content_type = "image/png"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn badge_png(
    State(shared): State<Shared>,
    AttemptId(attempt): AttemptId,
) -> Result<Response, Failure> {
    let issued = shared.engine.certificate_of(&attempt).await?.issued;
    let picture = shared.engine.issuer.baked_png(&issued.certificate)?;
    Ok(file(&format!("{}.png", issued.number), "image/png", picture))
}

/// The same as SVG.
#[utoipa::path(get, path = "/api/v1/attempt/badge.svg", security(("attempt" = [])),
    responses((status = 200, content_type = "image/svg+xml"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn badge_svg(
    State(shared): State<Shared>,
    AttemptId(attempt): AttemptId,
) -> Result<Response, Failure> {
    let issued = shared.engine.certificate_of(&attempt).await?.issued;
    let picture = shared.engine.issuer.baked_svg(&issued.certificate)?;
    Ok(file(&format!("{}.svg", issued.number), "image/svg+xml", picture.into_bytes()))
}

fn file(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response()
}

/// Issues a badge that does not name its holder.
#[utoipa::path(post, path = "/api/v1/attempt/badge", security(("attempt" = [])),
    responses((status = 200, body = IssuedBadge),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn badge(
    State(shared): State<Shared>,
    AttemptId(attempt): AttemptId,
) -> Result<Json<IssuedBadge>, Failure> {
    shared.engine.issue_badge(&attempt).await.map(Json)
}

/// Whether the certificate's page is public.
#[utoipa::path(get, path = "/api/v1/attempt/sharing", security(("attempt" = [])),
    responses((status = 200, body = Sharing),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn sharing(
    State(shared): State<Shared>,
    AttemptId(attempt): AttemptId,
) -> Result<Json<Sharing>, Failure> {
    shared.engine.sharing(&attempt).await.map(Json)
}

/// Makes the certificate's page public.
#[utoipa::path(put, path = "/api/v1/attempt/sharing", security(("attempt" = [])),
    responses((status = 200, body = Sharing),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn share(
    State(shared): State<Shared>,
    AttemptId(attempt): AttemptId,
) -> Result<Json<Sharing>, Failure> {
    shared.engine.set_sharing(&attempt, true).await.map(Json)
}

/// Takes the certificate's page back.
#[utoipa::path(delete, path = "/api/v1/attempt/sharing", security(("attempt" = [])),
    responses((status = 200, body = Sharing),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn unshare(
    State(shared): State<Shared>,
    AttemptId(attempt): AttemptId,
) -> Result<Json<Sharing>, Failure> {
    shared.engine.set_sharing(&attempt, false).await.map(Json)
}

const STYLE: &str = "body{font:1.125rem/1.5 system-ui,sans-serif;color:#1a1c21;background:#fff;max-width:34rem;\
margin:3rem auto;padding:0 1rem;overflow-wrap:anywhere}img{display:block;width:16rem;height:16rem;margin:0 auto 2rem}\
h1{font-size:1.75rem;line-height:1.25}dl{display:grid;grid-template-columns:auto 1fr;gap:.5rem 1.5rem}dt{color:#5a5e68}\
dd{margin:0}.bad{color:#9a3412;font-weight:600}a{color:#1f4e5f}\
@media(prefers-color-scheme:dark){body{color:#eceef2;background:#15171c}dt{color:#a9aebb}a{color:#8fc7da}.bad{color:#f6a37c}}\
@media(max-width:26rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.75rem}}";

/// The public page of a certificate, for as long as its holder wants it.
pub(super) async fn page(State(shared): State<Shared>, Path(token): Path<String>) -> Result<Response, Failure> {
    let found = shared.engine.shared(&token).await?.ok_or_else(nothing)?;
    let html = html(&shared, &found, &token)?;
    let style = BASE64_STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    let policy = format!(
        "default-src 'none'; img-src 'self'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    );
    let policy = HeaderValue::from_str(&policy).map_err(Failure::fault)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONTENT_SECURITY_POLICY, policy),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, noarchive")),
    ];
    Ok((headers, html).into_response())
}

/// The picture of a public page: the badge, with nothing in it.
pub(super) async fn page_picture(State(shared): State<Shared>, Path(token): Path<String>) -> Result<Response, Failure> {
    let found = shared.engine.shared(&token).await?.ok_or_else(nothing)?;
    let picture = shared.engine.issuer.badge_png(&found.record.issued.certificate)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/png")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, noarchive")),
    ];
    Ok((headers, picture).into_response())
}

fn nothing() -> Failure {
    Failure::new(ProblemCode::NotFound, "there is no such page; its owner may have taken it back")
}

fn html(shared: &Shared, found: &engine::Shared, token: &str) -> Result<String, Failure> {
    let issuer = &shared.engine.issuer;
    let facts = issuer.facts(&found.record.issued.certificate)?;
    let day = |at: chrono::DateTime<chrono::Utc>| at.format("%-d %B %Y").to_string();
    let state = match found.state {
        MatchState::Valid if facts.demonstration => "<p class=\"bad\">A demonstration: it certifies nothing.</p>",
        MatchState::Valid => "<p>This certificate is valid today.</p>",
        MatchState::Expired => "<p class=\"bad\">This certificate has expired.</p>",
        MatchState::Suspended => "<p class=\"bad\">This certificate is suspended by its issuer.</p>",
        MatchState::Revoked => "<p class=\"bad\">This certificate was revoked by its issuer.</p>",
    };
    let body = shared.engine.config.issuer.name.as_str();
    let until = facts.valid_until.map(|until| format!("<dt>Valid until</dt><dd>{}</dd>", day(until)));
    let title = escaped(&format!("{}: {}", facts.holder, facts.credential));
    let base = escaped(shared.engine.config.public_url.trim_end_matches('/'));
    Ok(format!(
        "<!DOCTYPE html>\n<html lang=\"en\" prefix=\"og: https://ogp.me/ns#\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"robots\" content=\"noindex, noarchive\">\
         <title>{title}</title><meta property=\"og:type\" content=\"website\"><meta property=\"og:title\" content=\"{title}\">\
         <meta property=\"og:description\" content=\"Certified by {body}\">\
         <meta property=\"og:url\" content=\"{base}/c/{token}\">\
         <meta property=\"og:image\" content=\"{base}/c/{token}/badge.png\">\
         <meta property=\"og:image:type\" content=\"image/png\"><meta property=\"og:image:width\" content=\"640\">\
         <meta property=\"og:image:height\" content=\"640\"><meta property=\"og:image:alt\" content=\"{credential}\">\
         <style>{STYLE}</style></head><body><main><img src=\"/c/{token}/badge.png\" alt=\"\" width=\"640\" height=\"640\">\
         <h1><bdi>{holder}</bdi></h1><p>{credential}</p>{state}<dl><dt>Issued by</dt><dd>{body}</dd><dt>Number</dt>\
         <dd>{number}</dd><dt>Valid from</dt><dd>{from}</dd>{until}</dl>\
         <p>This page shows what its owner wants to show. To be sure, ask for the signed file, or \
         <a href=\"/verify#number={number}\">look the number up</a>.</p></main></body></html>\n",
        holder = escaped(&facts.holder),
        credential = escaped(&facts.credential),
        body = escaped(body),
        number = escaped(&facts.number),
        from = day(facts.valid_from),
        until = until.unwrap_or_default(),
        token = escaped(token),
    ))
}

/// Text that stands for itself in HTML, in attributes too.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, character| {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
        escaped
    })
}
