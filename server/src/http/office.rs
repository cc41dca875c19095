//! The administrator's addresses.

use api::{PasswordSignIn, Problem, ProblemCode, SignedIn, SittingRow};
use axum::{Json, extract::State};

use super::{
    Shared,
    extract::{Administrator, Body, Peer},
};
use crate::{clock::from_ms, failure::Failure, token::Purpose};

const SESSION_MS: i64 = 8 * 3_600_000;

/// Signs the administrator in.
#[utoipa::path(post, path = "/api/v1/office/session", request_body = PasswordSignIn,
    responses((status = 200, body = SignedIn),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn sign_in(
    State(shared): State<Shared>,
    Peer(peer): Peer,
    Body(sign_in): Body<PasswordSignIn>,
) -> Result<Json<SignedIn>, Failure> {
    shared.limits.password(peer)?;
    let engine = shared.engine.clone();
    let right = tokio::task::spawn_blocking(move || engine.admin.is(&sign_in.password));
    if !right.await.map_err(Failure::fault)? {
        return Err(Failure::new(ProblemCode::Unauthorised, "the password is wrong"));
    }
    let expires_ms = shared.engine.clock.now().timestamp_millis() + SESSION_MS;
    let token = shared.engine.tokens.issue(Purpose::Office, "admin", expires_ms);
    Ok(Json(SignedIn { token, expires_at: from_ms(expires_ms) }))
}

/// Every sitting with its attempts.
#[utoipa::path(get, path = "/api/v1/office/sittings", security(("office" = [])),
    responses((status = 200, body = Vec<SittingRow>),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn sittings(State(shared): State<Shared>, _: Administrator) -> Result<Json<Vec<SittingRow>>, Failure> {
    shared.engine.overview().await.map(Json)
}
