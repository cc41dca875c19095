//! The exam's package makes room for a rehearsal and comes back when that is over: the worker keeps one package, and in the
//! meantime the exam's lies in a note.

use sitting::{Manifest, Package};
use worker_protocol::{Answer, Fault, Note, Stored, Verb};

use super::super::{App, note, session::unexpected};
use crate::platform::{base64, worker::WorkerClient};

/// The note's name; it belongs to no attempt, so that it stays when the rehearsal goes.
const NOTE: &str = "package_aside";

/// Puts the exam's package aside, if one is here.
pub(crate) async fn set_aside(app: App) -> Result<(), Fault> {
    let (Some(worker), Some(attempt)) = (app.worker(), app.attempt()) else { return Ok(()) };
    match worker.ask(Verb::Package { attempt }).await? {
        Answer::File { bytes } => keep(&worker, bytes).await,
        answer => Err(unexpected(&format!("{answer:?}"))),
    }
}

/// Whose exam is put aside, if one is.
pub(super) fn aside(notes: &[Note]) -> Option<Manifest> {
    let bytes = base64::decode(note(notes, NOTE)).filter(|bytes| !bytes.is_empty())?;
    // It was checked before it was kept.
    Package::read(&bytes).ok().map(|package| package.manifest.document)
}

/// Puts the exam's package back to where it was. Nothing is done where none was put aside, or where another one has come since.
pub(super) async fn put_back(worker: &WorkerClient, stored: Stored) -> Result<Stored, Fault> {
    let Some(manifest) = aside(&stored.notes) else { return Ok(stored) };
    if stored.attempt.is_none() {
        let package = note(&stored.notes, NOTE).to_owned();
        worker.ask(Verb::Keep { attempt: manifest.attempt, package, agreed: false }).await?;
    }
    forget(worker).await?;
    load(worker).await
}

/// What is stored now.
pub(super) async fn load(worker: &WorkerClient) -> Result<Stored, Fault> {
    match worker.ask(Verb::Load).await? {
        Answer::Loaded { stored } => Ok(stored),
        answer => Err(unexpected(&format!("{answer:?}"))),
    }
}

/// Removes what was put aside.
pub(super) async fn forget(worker: &WorkerClient) -> Result<(), Fault> {
    keep(worker, String::new()).await
}

async fn keep(worker: &WorkerClient, text: String) -> Result<(), Fault> {
    worker.ask(Verb::Note { attempt: None, name: NOTE.to_owned(), text }).await.map(drop)
}
