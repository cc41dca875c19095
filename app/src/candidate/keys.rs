//! Whose packages count: asked from the server whenever it can be reached, and noted for when it cannot.

use api::ExamKeys;
use leptos::prelude::*;
use signing::keys::PublicKey;
use worker_protocol::Verb;

use super::App;
use crate::platform::{fetch, json, worker::WorkerClient};

/// The note's name.
const NOTE: &str = "exam_keys";

/// Takes up what was noted.
pub(super) fn remember(app: App, note: &str) {
    if let Some(keys) = json::read(note) {
        app.exam_keys.set(read(&keys));
    }
}

/// Asks the server, and notes what it says; whether it said something.
pub(super) async fn refresh(app: App) -> bool {
    let Ok(keys) = fetch::get::<ExamKeys>("/api/v1/exam-keys", None).await else { return false };
    app.reached.set(true);
    let known = read(&keys);
    if known.is_empty() {
        return false;
    }
    app.exam_keys.set(known);
    if let (Some(worker), Ok(text)) = (app.worker(), serde_json::to_string(&keys)) {
        // If this is not kept, the server is asked again.
        let _ = worker.ask(Verb::Note { attempt: None, name: NOTE.to_owned(), text }).await;
    }
    true
}

/// Removes the note.
pub(super) async fn forget(worker: &WorkerClient) {
    let _ = worker.ask(Verb::Note { attempt: None, name: NOTE.to_owned(), text: String::new() }).await;
}

fn read(keys: &ExamKeys) -> Vec<PublicKey> {
    keys.keys.iter().filter_map(|key| PublicKey::from_multikey(key).ok()).collect()
}
