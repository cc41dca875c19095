//! The address of rehearsals, for everyone.

use api::{Problem, Rehearsal};
use axum::{Json, extract::State};

use super::{Shared, extract::Peer};
use crate::failure::Failure;

/// Draws a rehearsal: a sealed practice sitting with everything that opens it. The server keeps nothing of it.
#[utoipa::path(post, path = "/api/v1/rehearsal",
    responses((status = 200, body = Rehearsal),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn draw(State(shared): State<Shared>, Peer(peer): Peer) -> Result<Json<Rehearsal>, Failure> {
    shared.limits.rehearsal(peer)?;
    shared.engine.rehearsal().map(Json)
}
