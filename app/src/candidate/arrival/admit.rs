//! What typed codes lead to: with a network the server lets the candidate in, without one the package opens.

use api::{Admission, Admitted, AttemptState};
use leptos::prelude::*;
use signing::code::Code80;
use sitting::ReleaseVia;
use worker_protocol::{Fault, FaultCode, Verb};

use super::package;
use crate::{
    candidate::{
        App, Step,
        facts::Facts,
        session::{Beginning, replay},
        start::{self, Entry},
        unsealing::{UnsealFault, unseal},
        words,
    },
    catalogue::text,
    platform::fetch,
};

/// Why codes led nowhere.
pub(super) enum Denied {
    /// No server can be reached.
    Away,
    /// In words.
    Words(String),
}

impl From<String> for Denied {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

/// Shows the server the admission code and goes where the attempt stands.
pub(super) async fn online(app: App, code: Code80) -> Result<(), Denied> {
    let admission = Admission { code: code.to_string(), released: false };
    let admitted: Admitted = match fetch::post("/api/v1/attempts/admit", None, &admission).await {
        Ok(admitted) => admitted,
        Err(error) if error.is_away() => return Err(Denied::Away),
        Err(error) => return Err(words::refused(&error).into()),
    };
    let Admitted { token, status } = admitted;
    if app.session.get_untracked().is_some_and(|session| session.attempt() != status.attempt) {
        return Err(text("error-other-attempt").into());
    }
    app.token.set(token.clone());
    app.admission.set(admission.code.clone());
    if status.state == AttemptState::Submitted {
        forget_unused(app, &status.attempt).await;
        app.facts.set(Some(Facts::of_status(&status)));
        app.step.set(Step::Result);
        return Ok(());
    }
    package::of_admitted(app, &status.attempt, &token).await?;
    app.facts.set(Some(Facts::of_status(&status)));
    keep_notes(app, &[("token", token), ("admission", admission.code)]).await;
    match status.state {
        // A started attempt goes on without ceremony: its time is running.
        AttemptState::Sitting if app.session.get_untracked().is_none() => match start::with_server(app).await {
            Ok(session) => app.step.set(if session.is_over() { Step::HandedIn } else { Step::Exam }),
            Err(Entry::Words(words)) => return Err(words.into()),
            Err(Entry::Stop(stop)) => app.step.set(Step::Stopped(stop)),
        },
        _ => app.step.set(Step::Identity),
    }
    Ok(())
}

/// Opens the package on this computer. With `moving`, another device has begun: its lines come first.
pub(super) async fn offline(app: App, admission: Code80, release: Code80, moving: bool) -> Result<(), Denied> {
    let manifest = app.package.get_untracked().ok_or(Denied::Away)?;
    let worker = app.worker().ok_or_else(|| Denied::Words(text("ready-storage-bad")))?;
    let attempt = manifest.attempt.clone();
    let verb = Verb::Unseal { attempt, release: release.to_string(), admission: admission.to_string() };
    let unsealed = match unseal(&worker, &manifest, verb).await {
        Ok(unsealed) => unsealed,
        Err(UnsealFault::Worker(Fault { code: FaultCode::Keys, detail })) => {
            app.step.set(Step::Stopped(crate::candidate::Stop::Keys(detail)));
            return Ok(());
        }
        Err(fault) => return Err(words::unsealing(&fault).into()),
    };
    app.admission.set(admission.to_string());
    keep_notes(app, &[("admission", admission.to_string())]).await;
    app.facts.set(Some(Facts::of_package(&manifest, &unsealed.payload)));
    if app.session.get_untracked().is_some() {
        app.step.set(Step::Identity);
    } else if moving {
        app.unsealed.set_value(Some(unsealed));
        app.step.set(Step::Moving);
    } else {
        let journal = replay(manifest, &[])?;
        start::run(app, unsealed, journal, 0, Beginning::Released(ReleaseVia::Code));
        app.step.set(Step::Identity);
    }
    Ok(())
}

/// Notes what opens the way back to the server after a reload. What is not kept is asked for again.
async fn keep_notes(app: App, notes: &[(&str, String)]) {
    let (Some(worker), Some(attempt)) = (app.worker(), app.attempt()) else { return };
    for (name, text) in notes {
        let verb = Verb::Note { attempt: Some(attempt.clone()), name: (*name).to_owned(), text: text.clone() };
        let _ = worker.ask(verb).await;
    }
}

/// Whoever comes for a result only leaves nothing here.
async fn forget_unused(app: App, attempt: &str) {
    let here = app.attempt().as_deref() == Some(attempt);
    let forgotten = match app.worker() {
        Some(worker) if here => worker.ask(Verb::Forget { attempt: attempt.to_owned() }).await.is_ok(),
        _ => !here,
    };
    app.cleared.set(forgotten);
}
