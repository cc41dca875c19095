//! A rehearsal that is stored: gone on with after a reload, offered after an interruption, and thrown away whenever an exam needs
//! its place. It holds nothing that anybody needs.

use leptos::prelude::*;
use sitting::{Kind, Line};
use worker_protocol::{Fault, Stored, Verb};

use super::{super::Stop, CODES, KEPT, found, reserve};
use crate::{
    candidate::{App, Step, arrival, note, session::unexpected, start, words},
    platform::{clock, json, page, storage, window, worker::WorkerClient},
};

/// A rehearsal that was left for longer is offered, and gone on with only if that is wanted.
const FRESH_MS: u64 = 60 * 60_000;

/// Looks after what a rehearsal left. Gives what is stored of an exam, or `None` where a rehearsal goes on.
pub(crate) async fn sort_out(app: App, stored: Stored) -> Result<Option<Stored>, Stop> {
    let worker = app.worker().ok_or_else(|| Stop::Storage(String::new()))?;
    let manifest = stored.attempt.as_ref().and_then(|attempt| arrival::read_manifest(&attempt.manifest));
    let noted = page::noted();
    if manifest.is_none_or(|manifest| manifest.kind == Kind::Exam) {
        page::note(None);
        let lost = noted.is_some() && stored.attempt.as_ref().is_none_or(|attempt| attempt.lines.is_empty());
        let stored = reserve::put_back(&worker, stored).await?;
        return if lost { Err(Stop::RehearsalLost) } else { Ok(Some(stored)) };
    }
    // What it had typed is no code of an exam.
    app.admission.set(String::new());
    if note(&stored.notes, CODES).is_empty() {
        return Ok(Some(remove(&worker, &stored).await?));
    }
    if noted.is_some() && is_fresh(&stored) {
        go_on(app, stored, noted).await;
        return Ok(None);
    }
    app.package.set(reserve::aside(&stored.notes));
    let notes = stored.notes.clone();
    app.rehearsal.interrupted.set(Some(stored));
    Ok(Some(Stored { attempt: None, notes }))
}

/// Whether somebody was at it just now. Browsers that bring tabs back may do so on the day of the exam.
fn is_fresh(stored: &Stored) -> bool {
    let Some(attempt) = &stored.attempt else { return false };
    let last = match attempt.lines.last() {
        Some(line) => Line::read(line).ok().map(|line| line.at.wall_ms),
        None => arrival::read_manifest(&attempt.manifest).map(|manifest| manifest.window.opens_ms),
    };
    last.is_some_and(|last| clock::stamp().wall_ms.abs_diff(last) < FRESH_MS)
}

/// Goes on with a rehearsal. So many lines there must be.
pub(super) async fn go_on(app: App, stored: Stored, noted: Option<u64>) {
    let Some(attempt) = stored.attempt else { return };
    // Should it not succeed, the next opening offers it rather than trying again.
    page::note(None);
    let lines = attempt.lines.len() as u64;
    let mut found: found::Found = json::read(note(&stored.notes, found::NOTE)).unwrap_or_default();
    found.lost |= noted.is_some_and(|noted| lines < noted);
    app.rehearsal.found.set_value(found);
    app.admission.set(note(&stored.notes, "admission").to_owned());
    app.rehearsal.codes.set(json::read(note(&stored.notes, CODES)));
    app.rehearsal.interrupted.set(None);
    if attempt.lines.is_empty() {
        app.package.set(arrival::read_manifest(&attempt.manifest));
        app.step.set(Step::Code);
    } else {
        start::take_up(app, attempt, &stored.notes).await;
    }
    if !matches!(app.step.get_untracked(), Step::Stopped(_)) {
        page::note(Some(lines));
    }
}

/// Throws an interrupted rehearsal away, because an exam needs its place.
pub(crate) async fn give_way(app: App) -> Result<(), String> {
    let (Some(stored), Some(worker)) = (app.rehearsal.interrupted.get_untracked(), app.worker()) else { return Ok(()) };
    let stored = remove(&worker, &stored).await.map_err(|fault| words::worker(&fault))?;
    app.rehearsal.interrupted.set(None);
    app.package.set(stored.attempt.and_then(|attempt| arrival::read_manifest(&attempt.manifest)));
    Ok(())
}

/// Throws away the rehearsal that is going on, and opens the page afresh; why not, in words.
pub(super) async fn leave(app: App) -> Result<(), String> {
    let removed = async {
        let worker = app.worker().ok_or_else(|| unexpected(&"no worker"))?;
        if let Some(session) = app.session.get_untracked() {
            session.settled_soon().await;
        }
        remove(&worker, &reserve::load(&worker).await?).await
    };
    removed.await.map_err(|fault| words::worker(&fault))?;
    page::note(None);
    let _ = window().location().reload();
    Ok(())
}

/// Removes the rehearsal that is stored, and brings back what it had put aside; what is stored then.
async fn remove(worker: &WorkerClient, stored: &Stored) -> Result<Stored, Fault> {
    if let Some(attempt) = &stored.attempt {
        forget(worker, attempt.id.clone()).await?;
    }
    reserve::put_back(worker, reserve::load(worker).await?).await
}

/// Nobody but this computer ever has a line of a rehearsal.
async fn forget(worker: &WorkerClient, attempt: String) -> Result<(), Fault> {
    worker.ask(Verb::Acknowledge { attempt: attempt.clone(), count: u64::MAX }).await?;
    worker.ask(Verb::Forget { attempt }).await?;
    storage::keep(KEPT, None);
    Ok(())
}

/// When the keys to what is stored are gone: a rehearsal must not stand in the way of an exam, and a package can be had again.
pub(crate) async fn forget_unreadable(worker: &WorkerClient) {
    let _ = reserve::forget(worker).await;
    if let Some(attempt) = storage::kept(KEPT) {
        // Refused if it is an exam that is stored.
        let _ = forget(worker, attempt).await;
    }
}
