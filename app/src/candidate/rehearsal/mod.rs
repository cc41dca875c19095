//! A rehearsal: a practice sitting on this computer, days before the exam. It goes through the very code of an exam without a
//! network; here is only what an exam has not. At its end stands what it found out about the computer (docs/REHEARSAL.md).

mod codes;
mod found;
mod intro;
mod mark;
mod measures;
mod proctor;
mod report;
mod reserve;
mod stored;

use leptos::prelude::*;
use sitting::Kind;
use worker_protocol::{Stored, Verb};

use super::{App, Session, Step, arrival};
use crate::{
    candidate::words,
    catalogue::text,
    platform::{base64, fetch, page, storage},
};
pub(super) use codes::CodesCard;
pub(super) use found::{Found, committed, exported, keep_findings};
pub(super) use intro::{InterruptedCard, IntroPage, TryOut};
pub(super) use mark::Mark;
pub(super) use proctor::{Discard, ProctorNote};
pub(super) use report::{ReportPage, ToReport};
pub(super) use reserve::set_aside;
pub(super) use stored::{forget_unreadable, give_way, sort_out};

/// The name in the address that leads to a rehearsal.
pub(super) const LINK: &str = "rehearsal";
/// The note with the codes that whoever rehearses types, as the server gave them.
const CODES: &str = "rehearsal_codes";
/// Under this name the attempt's pseudonym is kept apart from the database, whose keys may be lost.
const KEPT: &str = "invigil-rehearsal";

/// What the pages share of rehearsals. Everything in it is a handle.
#[derive(Clone, Copy)]
pub(crate) struct State {
    /// The codes of the rehearsal that is going on. Its package is in the worker.
    codes: RwSignal<Option<api::Rehearsal>>,
    /// A rehearsal that was left before its end, and has not been taken up again.
    interrupted: RwSignal<Option<Stored>>,
    found: StoredValue<Found>,
}

impl State {
    pub(super) fn new() -> Self {
        Self { codes: RwSignal::new(None), interrupted: RwSignal::new(None), found: StoredValue::default() }
    }

    /// Whether one is going on.
    pub(super) fn is_on(self) -> bool {
        self.codes.with(Option::is_some)
    }

    /// Whether one is stored that was left before its end.
    pub(super) fn is_interrupted(self) -> bool {
        self.interrupted.with(Option::is_some)
    }
}

impl Session {
    /// Whether this is a rehearsal: nothing of it is sent.
    pub(super) fn is_rehearsal(self) -> bool {
        self.with(|sitting| sitting.manifest().kind == Kind::Practice).unwrap_or(false)
    }
}

/// Whether a rehearsal can begin here: a server answers, and nobody has shown a code for the exam on this computer, whose device
/// key would be lost with it.
pub(super) fn can_begin(app: App) -> bool {
    app.reached.get()
        && !app.rehearsal.is_interrupted()
        && app.session.with(Option::is_none)
        && app.token.with(String::is_empty)
        && app.admission.with(String::is_empty)
}

/// Has the server draw a rehearsal and keeps it; what went wrong, in words.
async fn begin(app: App) -> Result<(), String> {
    let drawn = fetch::post::<_, api::Rehearsal>("/api/v1/rehearsal", None, &()).await;
    let mut drawn = drawn.map_err(|error| words::refused(&error))?;
    let package = base64::decode(&std::mem::take(&mut drawn.package)).unwrap_or_default();
    arrival::take_in(app, package, Kind::Practice, false).await?;
    let (Some(worker), Some(attempt)) = (app.worker(), app.attempt()) else { return Err(text("ready-storage-bad")) };
    storage::keep(KEPT, Some(&attempt));
    // Without its codes it could not be gone on with; the next opening then throws it away.
    let codes = serde_json::to_string(&drawn).unwrap_or_default();
    let note = Verb::Note { attempt: Some(attempt), name: CODES.to_owned(), text: codes };
    worker.ask(note).await.map_err(|fault| words::worker(&fault))?;
    page::note(Some(0));
    app.rehearsal.found.set_value(Found::default());
    app.rehearsal.codes.set(Some(drawn));
    app.step.set(Step::Code);
    Ok(())
}
