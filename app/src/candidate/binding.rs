//! Making a sitting that began without the server known to it.

use api::{Admission, Admitted, Start, Started};
use leptos::prelude::*;
use sitting::{Device, binding_message};
use worker_protocol::Fault;

use super::{
    Session,
    connection::Trouble,
    session::{sign, unexpected},
    standing,
};
use crate::{
    catalogue::{text, text_with},
    platform::{clock, fetch, worker::WorkerClient},
};

/// Shows the server the admission code that was typed at the beginning.
pub(super) async fn admit(session: Session) -> Result<(), Trouble> {
    let app = session.app;
    let code = app.admission.get_untracked();
    if code.is_empty() {
        return Err(Trouble::Refused(text("link-no-code")));
    }
    let admitted: Admitted = fetch::post("/api/v1/attempts/admit", None, &Admission { code, released: true }).await?;
    if admitted.status.attempt != session.attempt() {
        return Err(Trouble::Refused(text("link-other-attempt")));
    }
    app.token.set(admitted.token.clone());
    // If this is not kept, the code is shown again after the next reload.
    let _ = session.keep_note("token", admitted.token).await;
    Ok(())
}

/// What ties an attempt to a device: its key, and that it has the private one.
pub(super) async fn start_of(
    worker: &WorkerClient,
    attempt: &str,
    device: Device,
    released: bool,
) -> Result<Start, Fault> {
    let message = binding_message(attempt, &device.key).map_err(|error| unexpected(&error))?;
    Ok(Start { signature: sign(worker, attempt, message).await?, device, released })
}

/// Has the server tie the attempt to this device, if this page was not tied to it before: an attempt that the proctor released
/// must not be taken back by a computer that was left running.
pub(super) async fn bind(session: Session) -> Result<(), Trouble> {
    let Some(inner) = session.inner() else { return Ok(()) };
    if !inner.may_bind.get() {
        return Err(Trouble::Refused(text("link-released")));
    }
    let start = start_of(&inner.worker, &inner.attempt, inner.device.clone(), true).await?;
    let token = session.app.token.get_untracked();
    let started: Started = fetch::post("/api/v1/attempt/start", Some(&token), &start).await?;
    let at = clock::stamp();
    let differs = {
        let journal = inner.journal.borrow();
        let ours = journal.lines();
        (started.lines.len() > ours.len()).then_some(ours.len()).or_else(|| difference(ours, &started.lines))
    };
    if let Some(line) = differs {
        return Err(Trouble::Refused(text_with("link-differs", [("line", (line + 1).into())])));
    }
    session.received.set(started.lines.len() as u64);
    standing::heed(session, started.standing, &at, started.lines.len() as u64);
    Ok(())
}

/// The first line in which two journals differ, counted from 0; one may be the beginning of the other.
pub(super) fn difference(ours: &[String], theirs: &[String]) -> Option<usize> {
    ours.iter().zip(theirs).position(|(here, there)| here != there)
}
