//! Lines of this device that this computer does not have any more: its disk lost the last ones, or its profile is a copy of an
//! earlier day. They are had from the server before anything new is written, since a new line in the place of one that the
//! server holds would be a fork.

use std::rc::Rc;

use api::{JournalAck, JournalUpload, Started};
use futures_channel::oneshot;
use leptos::{prelude::*, task::spawn_local};
use sitting::{Device, Sitting};
use worker_protocol::Verb;

use super::{
    App, binding,
    session::{replay, sign},
    start::{Entry, damaged},
};
use crate::{
    catalogue::text_with,
    platform::{
        fetch, window,
        worker::{WorkerClient, within},
    },
};

/// Nobody waits longer for a server before the exam goes on without one.
const PATIENCE_MS: u32 = 5_000;

/// The stored journal of this device, with the lines that only the server has. If the server does not answer at once, or has
/// none, it is the stored one.
pub(super) async fn catch_up(app: App, stored: Sitting, device: &Device) -> Result<Sitting, Entry> {
    let Some(worker) = app.worker() else { return Ok(stored) };
    let token = app.token.get_untracked();
    if token.is_empty() || stored.answers().submission().is_some() || !window().navigator().on_line() {
        return Ok(stored);
    }
    let (tell, told) = oneshot::channel();
    let asked = ask(worker.clone(), token, stored.clone(), device.clone());
    spawn_local(async move {
        let _ = tell.send(asked.await);
    });
    let Some(lines) = within(PATIENCE_MS, told).await.flatten() else { return Ok(stored) };
    if let Some(at) = binding::difference(stored.lines(), &lines) {
        return Err(damaged(&text_with("link-differs", [("line", (at + 1).into())])));
    }
    let whole = replay(stored.manifest().clone(), &lines).map_err(|fault| damaged(&fault))?;
    // What another device wrote since is for that one to go on with.
    if whole.count() <= stored.count() || whole.device() != stored.device() {
        return Ok(stored);
    }
    let (attempt, from) = (stored.manifest().attempt.clone(), stored.count() + 1);
    let lines = lines.into_iter().skip(stored.lines().len()).collect();
    worker.ask(Verb::Import { attempt, from, lines }).await?;
    Ok(whole)
}

/// All lines that the server holds, if those are more; `None` where it does not say.
async fn ask(worker: Rc<WorkerClient>, token: String, stored: Sitting, device: Device) -> Option<Vec<String>> {
    let (attempt, count) = (&stored.manifest().attempt, stored.count());
    let signature = sign(&worker, attempt, stored.checkpoint().ok()?).await.ok()?;
    let upload = JournalUpload { from: count + 1, lines: Vec::new(), signature };
    let ack: JournalAck = fetch::post("/api/v1/attempt/journal", Some(&token), &upload).await.ok()?;
    if ack.count <= count {
        return None;
    }
    // It is tied to this device: asking for its lines by way of another start changes nothing.
    let start = binding::start_of(&worker, attempt, device, true).await.ok()?;
    let started: Started = fetch::post("/api/v1/attempt/start", Some(&token), &start).await.ok()?;
    Some(started.lines)
}
