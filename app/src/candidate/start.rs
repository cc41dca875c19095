//! Into the exam: taking up what is stored, starting with a network, starting without one.

use api::{ProblemCode, Started};
use leptos::{prelude::*, task::spawn_local};
use sitting::{Grant, Kind, Manifest, ReleaseVia, Sitting};
use worker_protocol::{Fault, FaultCode, Note, StoredAttempt, Verb};

use super::{
    App, Session, Step, Stop, arrival, binding,
    catching_up::catch_up,
    facts::Facts,
    keys, leftover, note,
    session::{Beginning, replay},
    standing,
    unsealing::{self, UnsealFault, Unsealed, unseal},
    words,
};
use crate::platform::{clock, fetch, json};

/// The note with what allows this device to go on where another one stopped, until that is a line.
pub(super) const MOVING: &str = "moving";

/// Why a sitting could not be entered.
pub(super) enum Entry {
    /// Something the candidate can try again.
    Words(String),
    /// Nothing goes on here.
    Stop(Stop),
}

impl From<Fault> for Entry {
    fn from(fault: Fault) -> Self {
        match fault.code {
            FaultCode::OtherAttempt | FaultCode::WrongCode | FaultCode::CodeMistyped | FaultCode::Damaged => {
                Self::Words(words::worker(&fault))
            }
            _ => Self::Stop(fault.into()),
        }
    }
}

impl From<UnsealFault> for Entry {
    fn from(fault: UnsealFault) -> Self {
        match fault {
            UnsealFault::Worker(fault) => fault.into(),
            UnsealFault::Payload(fault) => Self::Words(words::package(&fault)),
        }
    }
}

pub(super) fn damaged(error: &dyn std::fmt::Display) -> Entry {
    Entry::Stop(Stop::Journal(error.to_string()))
}

/// Goes on with the attempt whose lines are stored here. No server is needed.
pub(super) async fn take_up(app: App, stored: StoredAttempt, notes: &[Note]) {
    if leftover::clear_away(app, &stored, notes).await {
        app.forget_codes();
        return arrival::arrive(app, None).await;
    }
    arrival::turn_down_link(app, &stored.id);
    match stored_session(app, stored, notes).await {
        Ok(session) => {
            let next = if session.is_over() {
                Step::HandedIn
            } else if session.has_opened() {
                Step::Exam
            } else {
                Step::Identity
            };
            app.step.set(next);
            spawn_local(async move {
                keys::refresh(app).await;
            });
        }
        Err(Entry::Stop(stop)) => app.step.set(Step::Stopped(stop)),
        Err(Entry::Words(words)) => app.step.set(Step::Stopped(Stop::Journal(words))),
    }
}

async fn stored_session(app: App, stored: StoredAttempt, notes: &[Note]) -> Result<Session, Entry> {
    let worker = app.worker().ok_or_else(|| Entry::Stop(Stop::Storage(String::new())))?;
    let manifest = arrival::read_manifest(&stored.manifest).ok_or_else(|| damaged(&"the manifest"))?;
    app.package.set(Some(manifest.clone()));
    let is_practice = manifest.kind == Kind::Practice;
    let unsealed = unseal(&worker, &manifest, Verb::Reopen { attempt: stored.id }).await?;
    let journal = replay(manifest, &stored.lines).map_err(|fault| damaged(&fault))?;
    let ours = journal.device().is_some_and(|writer| writer.key == unsealed.device.key);
    let journal = if ours && !is_practice { catch_up(app, journal, &unsealed.device).await? } else { journal };
    let how = match json::read::<Grant>(note(notes, MOVING)) {
        _ if ours => Beginning::Again,
        Some(grant) => Beginning::Moved(grant),
        None => return Err(damaged(&"another device wrote these lines")),
    };
    Ok(run(app, unsealed, journal, stored.acknowledged, how))
}

/// Makes the session and lets it write how it begins.
pub(super) fn run(app: App, unsealed: Unsealed, journal: Sitting, received: u64, how: Beginning) -> Session {
    let Unsealed { payload, device } = unsealed;
    app.facts.set(Some(Facts::of_package(journal.manifest(), &payload)));
    let worker = app.worker().expect("what was opened was opened by the worker");
    let session = Session::new(app, worker, journal, payload, device, received);
    app.session.set(Some(session));
    session.begin(how);
    session
}

/// The candidate pressed «Start».
pub(super) async fn enter(app: App) {
    app.entry_error.set(None);
    let entered = match app.session.get_untracked() {
        Some(session) => {
            session.open_exam(None);
            // The first lines say how long the exam is.
            session.settled_soon().await;
            Ok(session)
        }
        None => with_server(app).await,
    };
    match entered {
        Ok(session) => app.step.set(if session.is_over() { Step::HandedIn } else { Step::Exam }),
        Err(Entry::Stop(stop)) => app.step.set(Step::Stopped(stop)),
        Err(Entry::Words(words)) => app.entry_error.set(Some(words)),
    }
}

/// Starts the attempt at the server, or takes one up that runs there: it gives the release code once it knows the device.
pub(super) async fn with_server(app: App) -> Result<Session, Entry> {
    let worker = app.worker().ok_or_else(|| Entry::Stop(Stop::Storage(String::new())))?;
    let manifest = app.package.get_untracked().ok_or_else(|| damaged(&"no package"))?;
    let attempt = manifest.attempt.clone();
    let device = unsealing::device(&worker, &attempt).await?;
    let start = binding::start_of(&worker, &attempt, device, false).await?;
    let token = app.token.get_untracked();
    let started: Started = match fetch::post("/api/v1/attempt/start", Some(&token), &start).await {
        Ok(started) => started,
        Err(error) => {
            // On the wrong computer, nothing of the candidate stays.
            if error.is(ProblemCode::OtherDevice) {
                let _ = worker.ask(Verb::Forget { attempt }).await;
                app.package.set(None);
            }
            return Err(Entry::Words(words::refused(&error)));
        }
    };
    let at = clock::stamp();
    let admission = app.admission.get_untracked();
    let release = started.release.clone().ok_or_else(|| damaged(&"no release code"))?;
    let verb = Verb::Unseal { attempt: attempt.clone(), release, admission };
    let unsealed = unseal(&worker, &manifest, verb).await?;
    let (journal, how) = bring_together(app, &manifest, &unsealed, &started).await?;
    let held = started.lines.len() as u64;
    let session = run(app, unsealed, journal, held, how);
    session.open_exam(started.standing.challenge.clone());
    session.settled_soon().await;
    standing::heed(session, started.standing, &at, held);
    Ok(session)
}

/// The journal as the server holds it, kept here too, and how this device goes on from there.
async fn bring_together(
    app: App,
    manifest: &Manifest,
    unsealed: &Unsealed,
    started: &Started,
) -> Result<(Sitting, Beginning), Entry> {
    let journal = replay(manifest.clone(), &started.lines).map_err(|fault| damaged(&fault))?;
    let how = match (journal.device(), &started.moved) {
        (None, _) => Beginning::Released(ReleaseVia::Server),
        (Some(writer), _) if writer.key == unsealed.device.key => Beginning::Again,
        (Some(_), Some(grant)) => Beginning::Moved(Grant::of_signed(grant.clone())),
        (Some(_), None) => return Err(damaged(&"another device wrote these lines")),
    };
    import(app, &manifest.attempt, &started.lines, &how).await?;
    Ok((journal, how))
}

/// Keeps lines from elsewhere here, where there are none yet, and first what allows this device to go on from them.
pub(super) async fn import(app: App, attempt: &str, lines: &[String], how: &Beginning) -> Result<(), Entry> {
    let worker = app.worker().ok_or_else(|| Entry::Stop(Stop::Storage(String::new())))?;
    if let Beginning::Moved(grant) = how {
        let text = serde_json::to_string(grant).map_err(|error| damaged(&error))?;
        worker.ask(Verb::Note { attempt: Some(attempt.to_owned()), name: MOVING.to_owned(), text }).await?;
    }
    if !lines.is_empty() {
        worker.ask(Verb::Import { attempt: attempt.to_owned(), from: 1, lines: lines.to_vec() }).await?;
    }
    Ok(())
}
