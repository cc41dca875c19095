//! Being a witness for others' logs (C2SP tlog-witness v1.0.0).

use std::{
    collections::BTreeMap,
    fs::File,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use signing::{
    keys::SigningKey,
    tlog::{
        checkpoint::{Checkpoint, LogPolicy},
        cosignature::cosign,
        note::{KeyType, Note, Verifier},
        witness::{AddCheckpoint, MAX_REQUEST, Refusal, Seen},
    },
};

use super::durable;
use crate::{clock::Clock, random};

const KEY: &str = "witness.pem";
const STATE: &str = "seen.json";
const LOCK: &str = "witness.lock";

/// Why a witness cannot be.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", file.display())]
pub struct WitnessError {
    /// The file or folder.
    pub file: PathBuf,
    /// What is wrong with it.
    pub reason: String,
}

/// What is kept of the logs: the last checkpoint of each that was cosigned.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    format: String,
    version: u32,
    /// By the log's name.
    checkpoints: BTreeMap<String, String>,
}

impl Kept {
    /// What was cosigned last of a log.
    fn seen(&self, origin: &str) -> Result<Seen, String> {
        let Some(note) = self.checkpoints.get(origin) else { return Ok(Seen::default()) };
        let read = Note::parse(note.as_bytes()).map_err(|error| error.to_string())?;
        let checkpoint = Checkpoint::parse(read.text()).map_err(|error| error.to_string())?;
        Ok(Seen { size: checkpoint.size, root: checkpoint.root })
    }
}

/// A witness with its key and what it has seen.
pub struct Witness {
    folder: PathBuf,
    verifier: Verifier,
    key: SigningKey,
    logs: BTreeMap<String, LogPolicy>,
    clock: Arc<dyn Clock>,
    kept: Mutex<Kept>,
    /// Held as long as the witness lives: two that share a folder could cosign both sides of a fork.
    _lock: File,
}

fn fault(file: &Path, reason: impl std::fmt::Display) -> WitnessError {
    WitnessError { file: file.to_owned(), reason: reason.to_string() }
}

impl Witness {
    /// Makes a folder with a fresh key under a name that has nothing in it yet.
    ///
    /// # Errors
    /// [`WitnessError`] if there is something, or the name is none.
    pub fn create(folder: &Path, name: &str) -> Result<Verifier, WitnessError> {
        let seed = random::bytes().map_err(|error| fault(folder, error))?;
        let key = SigningKey::from_seed(seed);
        let verifier = Verifier::new(name, KeyType::Cosignature, key.public())
            .map_err(|_| fault(folder, format!("{name:?} is no name of a witness: no blanks, no +")))?;
        crate::data::make_private_dir(folder).map_err(|error| fault(folder, error))?;
        let pem = format!("{name}\n{}", key.to_pkcs8_pem());
        crate::data::write_new(&folder.join(KEY), pem.as_bytes()).map_err(|error| fault(folder, error))?;
        let kept = Kept { format: "invigil-log-witness".into(), version: 1, checkpoints: BTreeMap::new() };
        let state = folder.join(STATE);
        let text = serde_json::to_vec_pretty(&kept).map_err(|error| fault(&state, error))?;
        crate::data::write_new(&state, &text).map_err(|error| fault(folder, error))?;
        Ok(verifier)
    }

    /// A witness of logs with these keys, whose names are those of the logs.
    ///
    /// # Errors
    /// [`WitnessError`]: what is missing is never made anew, since a witness that forgot would cosign a fork.
    pub fn open(folder: &Path, logs: &[Verifier], clock: Arc<dyn Clock>) -> Result<Self, WitnessError> {
        let (key_file, state) = (folder.join(KEY), folder.join(STATE));
        let read = |file: &Path| std::fs::read_to_string(file).map_err(|error| fault(file, error));
        let text = read(&key_file)?;
        let (name, pem) = text.split_once('\n').ok_or_else(|| fault(&key_file, "holds no name and key"))?;
        let key = SigningKey::from_pkcs8_pem(pem).map_err(|error| fault(&key_file, error))?;
        let verifier =
            Verifier::new(name, KeyType::Cosignature, key.public()).map_err(|error| fault(&key_file, error))?;
        let lock_file = folder.join(LOCK);
        let lock = File::create(&lock_file).map_err(|error| fault(&lock_file, error))?;
        lock.try_lock().map_err(|_| fault(&lock_file, "another witness uses this folder"))?;
        let kept: Kept = serde_json::from_str(&read(&state)?).map_err(|error| fault(&state, error))?;
        if kept.format != "invigil-log-witness" || kept.version != 1 {
            return Err(fault(&state, "is no state of a witness of version 1"));
        }
        let policy = |log: &Verifier| {
            let origin = log.name().to_owned();
            (origin.clone(), LogPolicy { origin, log: log.clone(), witnesses: Vec::new(), quorum: 0 })
        };
        let logs: BTreeMap<_, _> = logs.iter().map(policy).collect();
        let witness =
            Self { folder: folder.to_owned(), verifier, key, logs, clock, kept: Mutex::new(kept), _lock: lock };
        for origin in witness.logs.keys() {
            witness.kept().seen(origin).map_err(|reason| fault(&state, reason))?;
        }
        Ok(witness)
    }

    /// The witness's key as logs and verifiers are told it.
    pub fn vkey(&self) -> String {
        self.verifier.to_string()
    }

    /// Its addresses.
    pub fn router(self: Arc<Self>) -> Router {
        Router::new()
            .route("/add-checkpoint", post(add_checkpoint))
            .layer(DefaultBodyLimit::max(MAX_REQUEST))
            .with_state(self)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        // What is in it is whole at any time.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at a request and cosigns. What was cosigned is durable before this returns.
    ///
    /// # Errors
    /// [`Refusal`], or in words why it could not be kept.
    pub fn add(&self, body: &[u8]) -> Result<String, Result<Refusal, String>> {
        let request = AddCheckpoint::parse(body).map_err(Ok)?;
        let origin = request.checkpoint.split('\n').next().unwrap_or_default();
        let log = self.logs.get(origin).ok_or(Ok(Refusal::UnknownLog))?;
        // One at a time from the look at what was seen to its replacement on the disk.
        let mut kept = self.kept();
        let seen = kept.seen(origin).map_err(Err)?;
        let vouched = request.judge(log, &seen).map_err(|refusal| {
            if matches!(refusal, Refusal::Fork(_) | Refusal::Proof) {
                let root = STANDARD.encode(seen.root);
                tracing::error!(origin, size = seen.size, root, "a checkpoint does not continue what was cosigned");
            }
            Ok(refusal)
        })?;
        let text = vouched.checkpoint.text();
        let signed = Note::parse(request.checkpoint.as_bytes()).map_err(|error| Err(error.to_string()))?;
        if signed.text() != text {
            // Extensions would be cosigned unread.
            return Err(Ok(Refusal::Request("the checkpoint has lines after its root")));
        }
        let time = u64::try_from(self.clock.now().timestamp()).unwrap_or_default();
        let line = cosign(&text, time, &self.verifier, &self.key);
        let mut next = kept.clone();
        next.checkpoints.insert(origin.to_owned(), format!("{}{line}", request.checkpoint));
        let bytes = serde_json::to_vec_pretty(&next).map_err(|error| Err(error.to_string()))?;
        durable::replace(&self.folder.join(STATE), &bytes).map_err(|error| Err(error.to_string()))?;
        *kept = next;
        Ok(line)
    }
}

async fn add_checkpoint(State(witness): State<Arc<Witness>>, body: Bytes) -> Response {
    // It waits for the disk.
    let added = tokio::task::spawn_blocking(move || witness.add(&body)).await;
    let plain = |status: StatusCode, text: String| (status, text + "\n").into_response();
    match added {
        Ok(Ok(line)) => (StatusCode::OK, line).into_response(),
        Ok(Err(Ok(refusal))) => {
            let said = refusal.to_string();
            match refusal {
                Refusal::Request(_) => plain(StatusCode::BAD_REQUEST, said),
                Refusal::UnknownLog => plain(StatusCode::NOT_FOUND, said),
                Refusal::Signature(_) => plain(StatusCode::FORBIDDEN, said),
                Refusal::Proof => plain(StatusCode::UNPROCESSABLE_ENTITY, said),
                Refusal::Size(size) | Refusal::Fork(size) => {
                    (StatusCode::CONFLICT, [(header::CONTENT_TYPE, "text/x.tlog.size")], format!("{size}\n"))
                        .into_response()
                }
            }
        }
        Ok(Err(Err(fault))) => {
            tracing::error!(fault, "a checkpoint could not be cosigned");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
