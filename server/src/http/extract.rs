//! What handlers read from a request.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use api::{PAGE_BROWSER_EXAM_KEY_HEADER, PAGE_CONFIG_KEY_HEADER, ProblemCode};
use axum::{
    Json,
    body::Bytes,
    extract::{ConnectInfo, FromRequest, FromRequestParts, OriginalUri, Request, rejection::JsonRejection},
    http::{StatusCode, header, request::Parts},
};
use seb::request::{BROWSER_EXAM_KEY_HEADER, CONFIG_KEY_HEADER};
use serde::de::DeserializeOwned;
use sitting::MAX_FILE_BYTES;

use super::{MAX_BODY, Shared};
use crate::{engine::BrowserProof, failure::Failure, token::Purpose};

/// The attempt that the request's bearer token is for.
pub(super) struct AttemptId(pub(super) String);

/// Shows that the request carries an administrator's token.
pub(super) struct Administrator;

/// A JSON body.
pub(super) struct Body<T>(pub(super) T);

/// Shows that whoever asks may hand in a response file now. Asked for before [`File`]: what is refused is not read.
pub(super) struct MayHandIn;

/// A body of bytes, of whatever type.
pub(super) struct File(pub(super) Bytes);

/// What the request shows of its browser.
pub(super) struct Browser(pub(super) BrowserProof);

/// Where the request comes from.
pub(super) struct Peer(pub(super) IpAddr);

fn subject(parts: &Parts, shared: &Shared, purpose: Purpose) -> Result<String, Failure> {
    let refuse = |detail: &str| Failure::new(ProblemCode::Unauthorised, detail);
    let value = parts.headers.get(header::AUTHORIZATION).ok_or_else(|| refuse("the request has no bearer token"))?;
    let token = value.to_str().ok().and_then(|value| value.strip_prefix("Bearer "));
    let now = shared.engine.clock.now().timestamp_millis();
    let subject = token.and_then(|token| shared.engine.tokens.subject(purpose, token, now));
    subject.map(str::to_owned).ok_or_else(|| refuse("the token is not valid, or has expired"))
}

impl FromRequestParts<Shared> for AttemptId {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Failure> {
        subject(parts, shared, Purpose::Attempt).map(Self)
    }
}

impl FromRequestParts<Shared> for Administrator {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Failure> {
        subject(parts, shared, Purpose::Office).map(|_| Self)
    }
}

impl FromRequestParts<Shared> for MayHandIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Failure> {
        let Peer(peer) = Peer::from_request_parts(parts, shared).await?;
        shared.limits.response(peer).map(|()| Self)
    }
}

impl<T: DeserializeOwned> FromRequest<Shared> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, shared: &Shared) -> Result<Self, Failure> {
        match Json::<T>::from_request(request, shared).await {
            Ok(Json(value)) => Ok(Self(value)),
            Err(rejection) => Err(refuse(&rejection)),
        }
    }
}

impl FromRequest<Shared> for File {
    type Rejection = Failure;

    async fn from_request(request: Request, shared: &Shared) -> Result<Self, Failure> {
        let bytes = Bytes::from_request(request, shared).await;
        bytes.map(Self).map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => {
                Failure::new(ProblemCode::TooLarge, format!("a response file has at most {MAX_FILE_BYTES} bytes"))
            }
            _ => Failure::new(ProblemCode::BadRequest, "the file did not arrive whole; send it again"),
        })
    }
}

fn refuse(rejection: &JsonRejection) -> Failure {
    let code = match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ProblemCode::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ProblemCode::UnsupportedMediaType,
        _ => ProblemCode::BadRequest,
    };
    let detail = match code {
        ProblemCode::TooLarge => format!("a request has at most {MAX_BODY} bytes"),
        _ => rejection.body_text(),
    };
    Failure::new(code, detail)
}

impl FromRequestParts<Shared> for Browser {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &Shared) -> Result<Self, Failure> {
        let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        // The address as the browser sees it: handlers below a nested router see the rest of it only.
        let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |OriginalUri(uri)| uri);
        Ok(Self(BrowserProof {
            path: uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
            config_key: header(CONFIG_KEY_HEADER),
            browser_exam_key: header(BROWSER_EXAM_KEY_HEADER),
            page_config_key: header(PAGE_CONFIG_KEY_HEADER),
            page_browser_exam_key: header(PAGE_BROWSER_EXAM_KEY_HEADER),
        }))
    }
}

impl FromRequestParts<Shared> for Peer {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &Shared) -> Result<Self, Failure> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self(peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| address.ip())))
    }
}
