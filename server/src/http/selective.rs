//! Certificates of which parts can be shown, for their holders.

use api::{PossessionNonce, Problem, SelectiveIssued, SelectiveRequest};
use axum::{Json, extract::State};

use super::{
    Shared,
    extract::{AttemptId, Body},
};
use crate::{engine::Selected, failure::Failure};

/// What the proof that you have a key has to answer.
#[utoipa::path(post, path = "/api/v1/attempt/selective/nonce", security(("attempt" = [])),
    responses((status = 200, body = PossessionNonce),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn nonce(State(shared): State<Shared>, AttemptId(attempt): AttemptId) -> Json<PossessionNonce> {
    Json(shared.engine.possession_nonce(&attempt))
}

/// The certificate of an attempt that passed, in the form of which parts can be shown, bound to the key of the proof.
#[utoipa::path(post, path = "/api/v1/attempt/selective", security(("attempt" = [])), request_body = SelectiveRequest,
    responses((status = 200, body = SelectiveIssued),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn issue(
    State(shared): State<Shared>,
    AttemptId(attempt): AttemptId,
    Body(request): Body<SelectiveRequest>,
) -> Result<Json<SelectiveIssued>, Failure> {
    shared.engine.issue_selective(Selected::Holder(&attempt), &request.proof).await.map(Json)
}
