//! The VC API in a test mode (docs/VC-API.md): issuing and verifying credentials of any kind over HTTP, as the W3C's
//! interoperability suites drive an implementation.
//!
//! Nothing here touches exams, their keys or their database. The key is drawn when the server starts and is gone when it ends.

mod answer;
mod issue;
mod presentation;
mod proofs;
mod request;
mod status;
mod verify;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::{
    Json, Router,
    extract::State,
    routing::{get, post},
};
use serde_json::{Value, json};
use signing::keys::SigningKey;

use crate::{
    clock::Clock,
    random::{self, NoRandomness},
};
use status::Lists;

/// An issuer and verifier for tests.
pub struct VcApi {
    key: SigningKey,
    /// Its identifier, a `did:key`.
    did: String,
    /// The id of its key.
    method: String,
    lists: Mutex<Lists>,
    clock: Arc<dyn Clock>,
    /// Whether it is served over HTTPS: its status lists have addresses.
    https: bool,
}

impl VcApi {
    /// With a key of its own, which nobody has a reason to trust.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn new(clock: Arc<dyn Clock>, https: bool) -> Result<Self, NoRandomness> {
        let key = SigningKey::from_seed(random::bytes()?);
        let public = key.public();
        let did = format!("did:key:{public}");
        let method = format!("{did}#{public}");
        Ok(Self { key, did, method, lists: Mutex::default(), clock, https })
    }

    /// Its identifier.
    pub fn did(&self) -> &str {
        &self.did
    }

    /// Its addresses, for a router with whatever state.
    pub fn router<S: Clone + Send + Sync + 'static>(self) -> Router<S> {
        let addresses = Router::new()
            .route("/credentials/issue", post(issue::by_option))
            .route("/credentials/verify", post(verify::credential))
            .route("/credentials/status", post(status::set))
            .route("/presentations/verify", post(presentation::verify));
        let suites = Router::new()
            .route("/rdfc/credentials/issue", post(issue::rdfc))
            .route("/jcs/credentials/issue", post(issue::jcs))
            .route("/set/credentials/issue", post(issue::set))
            .route("/chain/credentials/issue", post(issue::chain))
            .route("/status/credentials/issue", post(issue::status))
            .route("/status/{list}", get(status::list))
            .route("/status/{list}/publish", post(status::publish));
        Router::new()
            .merge(addresses.clone())
            .nest("/vc-api", addresses.merge(suites))
            .route("/vc-api", get(description))
            .with_state(Arc::new(self))
    }

    fn lists(&self) -> MutexGuard<'_, Lists> {
        // Each change is one step; what is there is whole.
        self.lists.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Who issues here, and where.
async fn description(State(api): State<Arc<VcApi>>) -> Json<Value> {
    Json(json!({
        "id": api.did,
        "issuers": {
            "eddsa-rdfc-2022": "/vc-api/rdfc/credentials/issue",
            "eddsa-jcs-2022": "/vc-api/jcs/credentials/issue",
            "proof set": "/vc-api/set/credentials/issue",
            "proof chain": "/vc-api/chain/credentials/issue",
            "BitstringStatusList": "/vc-api/status/credentials/issue",
        },
        "verifiers": ["/vc-api/credentials/verify"],
        "vpVerifiers": ["/vc-api/presentations/verify"],
    }))
}
