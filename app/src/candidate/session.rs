//! A running sitting: events go through one queue, each is committed before the page shows it.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

use api::{ProblemCode, Start, Started};
use item::{Form, ItemId, Response};
use leptos::{prelude::*, task::spawn_local};
use sitting::{Answers, ClockAnchor, Event, Sitting, SubmitReason};
use worker_protocol::{Answer, Attempt, Fault, FaultCode, Stored, Verb};

use super::{App, Step, Stop, arrival::words, upload};
use crate::{
    catalogue::text,
    platform::{clock, fetch, random, signs, worker::WorkerClient},
};

/// The device's clocks may drift apart by so much before it is noted.
const CLOCK_TOLERANCE_MS: u64 = 5_000;

/// Whether everything is on this computer's disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Saving {
    /// Every event is committed.
    Saved,
    /// A commit is under way.
    Running,
    /// The disk or the browser refuses; it is tried again.
    Failing(String),
}

/// Whether the server has everything too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// It has.
    Received,
    /// It is being sent.
    Sending,
    /// The network or the server is away; it is tried again.
    Offline,
    /// The server refuses; a person has to look.
    Refused(String),
}

/// A running sitting. A handle: copies are the same sitting.
#[derive(Clone, Copy)]
pub struct Session {
    pub(super) app: App,
    inner: StoredValue<Rc<Inner>, LocalStorage>,
    pub(super) form: StoredValue<Form>,
    pub(super) answers: RwSignal<Answers>,
    pub(super) saving: RwSignal<Saving>,
    pub(super) link: RwSignal<Link>,
    pub(super) anchor: RwSignal<ClockAnchor>,
    /// Whether the server takes the attempt for handed in; the exam body can end one that its candidate left.
    pub(super) ended: RwSignal<bool>,
    /// When the time is up, in the server's milliseconds.
    pub(super) deadline_ms: u64,
}

pub(super) struct Inner {
    pub(super) worker: Rc<WorkerClient>,
    pub(super) attempt: String,
    pub(super) device: String,
    pub(super) token: String,
    pub(super) sitting: RefCell<Sitting>,
    queue: RefCell<VecDeque<Event>>,
    draining: Cell<bool>,
    /// Lines that the server has.
    pub(super) acknowledged: Cell<u64>,
    pub(super) uploading: Cell<bool>,
}

/// Why a sitting could not be entered.
enum Entry {
    /// Something the candidate can try again.
    Words(String),
    /// Nothing goes on here.
    Stop(Stop),
}

impl From<Fault> for Entry {
    fn from(fault: Fault) -> Self {
        match fault.code {
            FaultCode::OtherAttempt => Self::Words(text("error-other-attempt")),
            _ => Self::Stop(Stop::Storage(fault.detail)),
        }
    }
}

/// Starts the attempt, or takes it up again, and shows the exam.
pub(super) async fn enter(app: App) {
    app.entry_error.set(None);
    match begin(app).await {
        Ok(session) => {
            let submitted = session.answers.with_untracked(|answers| answers.submission().is_some());
            app.session.set(Some(session));
            app.step.set(if submitted { Step::HandedIn } else { Step::Exam });
            upload::kick(session);
        }
        Err(Entry::Stop(stop)) => app.step.set(Step::Stopped(stop)),
        Err(Entry::Words(words)) => {
            app.entry_error.set(Some(words));
            app.step.set(Step::Readiness);
        }
    }
}

async fn begin(app: App) -> Result<Session, Entry> {
    let worker = app.worker().ok_or_else(|| Entry::Stop(Stop::Storage("there is no storage".into())))?;
    let id = app.status.with_untracked(|status| status.as_ref().map(|status| status.attempt.clone()));
    let id = id.unwrap_or_default();
    let token = app.token.get_untracked();
    let mut attempt = Attempt { id, token, device: random::hex::<32>(), manifest: String::new() };
    // The device's name is on disk before the server binds the attempt to it: a crash in between must not lock it out. For
    // an attempt that is stored already, the name it was given first stays.
    worker.ask(Verb::Begin { attempt: attempt.clone() }).await?;
    attempt.device = load(&worker).await?.attempt.device;
    let start = Start { device: attempt.device.clone() };
    let started: Started = match fetch::post("/api/v1/attempt/start", Some(&attempt.token), &start).await {
        Ok(started) => started,
        Err(error) => {
            // On the wrong computer, nothing of the candidate stays; if a journal is here, it is not removed.
            if error.is(ProblemCode::OtherDevice) {
                let _ = worker.ask(Verb::Forget { attempt: attempt.id }).await;
            }
            return Err(Entry::Words(words(&error)));
        }
    };
    let anchor = ClockAnchor { server_ms: ms(started.server_now), at: clock::stamp() };
    attempt.manifest = signing::jcs::to_string(&started.manifest).map_err(|error| damaged(&error))?;
    worker.ask(Verb::Begin { attempt: attempt.clone() }).await?;
    let sitting = reconcile(&worker, &started, &load(&worker).await?).await?;
    if signing::jcs::digest_hex(&started.form).ok().as_ref() != Some(&started.manifest.form_digest) {
        return Err(damaged(&"the questions are not those of the manifest"));
    }
    let session = Session {
        app,
        answers: RwSignal::new(sitting.answers().clone()),
        saving: RwSignal::new(Saving::Saved),
        link: RwSignal::new(Link::Sending),
        anchor: RwSignal::new(anchor),
        ended: RwSignal::new(false),
        deadline_ms: ms(started.deadline),
        form: StoredValue::new(started.form),
        inner: StoredValue::new_local(Rc::new(Inner {
            worker,
            attempt: attempt.id,
            device: attempt.device,
            token: attempt.token,
            sitting: RefCell::new(sitting),
            queue: RefCell::default(),
            draining: Cell::new(false),
            acknowledged: Cell::new(started.lines.len() as u64),
            uploading: Cell::new(false),
        })),
    };
    session.note_beginning(&started.manifest.form_digest);
    signs::watch(move |event| session.note(event));
    Ok(session)
}

async fn load(worker: &WorkerClient) -> Result<Stored, Entry> {
    match worker.ask(Verb::Load).await? {
        Answer::Loaded { stored: Some(stored) } => Ok(stored),
        _ => Err(Entry::Stop(Stop::Storage("what was stored cannot be found again".into()))),
    }
}

/// Brings the journal here and the one at the server together: one must be the beginning of the other.
async fn reconcile(worker: &WorkerClient, started: &Started, held: &Stored) -> Result<Sitting, Entry> {
    let mut sitting = Sitting::new(started.manifest.clone()).map_err(|error| damaged(&error))?;
    if let Some(at) = held.lines.iter().zip(&started.lines).position(|(here, there)| here != there) {
        return Err(damaged(&format!("line {} here is not the one at the server", at + 1)));
    }
    sitting.accept_all(held.lines.iter().map(String::as_str)).map_err(|fault| damaged(&fault))?;
    for line in started.lines.iter().skip(held.lines.len()) {
        sitting.accept(line).map_err(|fault| damaged(&fault))?;
        let verb = Verb::Append { attempt: held.attempt.id.clone(), seq: sitting.count(), line: line.clone() };
        worker.ask(verb).await?;
    }
    Ok(sitting)
}

fn damaged(error: &dyn std::fmt::Display) -> Entry {
    Entry::Stop(Stop::Journal(error.to_string()))
}

pub(super) fn ms(time: chrono::DateTime<chrono::Utc>) -> u64 {
    u64::try_from(time.timestamp_millis()).unwrap_or_default()
}

impl Session {
    pub(super) fn inner(self) -> Option<Rc<Inner>> {
        self.inner.try_get_value()
    }

    fn note_beginning(self, form_digest: &str) {
        let Some(inner) = self.inner() else { return };
        let (last, submitted) = {
            let sitting = inner.sitting.borrow();
            (sitting.last_stamp().cloned(), sitting.answers().submission().is_some())
        };
        match last {
            None => self.record(Event::Opened { form: form_digest.to_owned() }),
            Some(_) if submitted => {}
            Some(last) => {
                let now = clock::stamp();
                self.record(Event::Resumed { gap_ms: now.wall_ms.saturating_sub(last.wall_ms) });
            }
        }
        if signs::screens_extended() && !submitted {
            self.record(Event::ScreensChanged { extended: true });
        }
    }

    /// Notes a sign of what happens around the page, while the sitting runs.
    fn note(self, event: Event) {
        let open = self.answers.try_with_untracked(|answers| answers.submission().is_none());
        if open == Some(true) && self.ended.try_get_untracked() == Some(false) {
            self.record(event);
        }
    }

    /// Puts an event into the queue. The page shows it once it is committed.
    pub(super) fn record(self, event: Event) {
        let Some(inner) = self.inner() else { return };
        inner.queue.borrow_mut().push_back(event);
        if !inner.draining.replace(true) {
            self.saving.set(Saving::Running);
            spawn_local(self.drain(inner));
        }
    }

    /// The response as the candidate last gave it, committed or still in the queue.
    pub(super) fn latest_response(self, item: &ItemId) -> Response {
        let queued = self.inner().and_then(|inner| {
            inner.queue.borrow().iter().rev().find_map(|event| match event {
                Event::Answered { item: of, response } if of == item => Some(response.clone()),
                _ => None,
            })
        });
        queued.unwrap_or_else(|| self.answers.with_untracked(|answers| answers.response(item)))
    }

    /// Hands the attempt in.
    pub(super) fn submit(self, reason: SubmitReason) {
        let waits = self
            .inner()
            .is_some_and(|inner| inner.queue.borrow().iter().any(|event| matches!(event, Event::Submitted { .. })));
        if !waits {
            self.note(Event::Submitted { reason });
        }
    }

    /// Removes the attempt from this computer once the server has all of it; whether that was done. If not, the next start
    /// tries again.
    pub(super) async fn forget(self) -> bool {
        let Some(inner) = self.inner() else { return false };
        while inner.draining.get() || inner.uploading.get() {
            clock::sleep(50).await;
        }
        inner.worker.ask(Verb::Forget { attempt: inner.attempt.clone() }).await.is_ok()
    }

    async fn drain(self, inner: Rc<Inner>) {
        loop {
            let Some(event) = inner.queue.borrow().front().cloned() else { break };
            let prepared = {
                let sitting = inner.sitting.borrow();
                let line = sitting.prepare(&event, &clock::stamp(), random::bytes());
                line.map(|line| (sitting.count() + 1, line))
            };
            // An event that the rules refuse (an answer after handing in, say) is no part of the journal.
            let Ok((seq, line)) = prepared else {
                inner.queue.borrow_mut().pop_front();
                continue;
            };
            self.commit(&inner, seq, &line).await;
            let accepted = inner.sitting.borrow_mut().accept(&line);
            inner.queue.borrow_mut().pop_front();
            if accepted.is_ok() {
                self.answers.set(inner.sitting.borrow().answers().clone());
                self.after(&event);
            }
        }
        inner.draining.set(false);
        self.saving.set(Saving::Saved);
        upload::kick(self);
    }

    /// Commits one line, however often that has to be tried. It is the same line each time: a commit whose answer got lost
    /// is then recognised as done.
    async fn commit(self, inner: &Inner, seq: u64, line: &str) {
        let mut pause = 250;
        while let Err(fault) = commit(inner, seq, line).await {
            self.saving.set(Saving::Failing(fault.detail));
            clock::sleep(pause).await;
            pause = (pause * 2).min(5_000);
        }
    }

    fn after(self, event: &Event) {
        if matches!(event, Event::Submitted { .. }) {
            self.app.step.set(Step::HandedIn);
        }
    }

    /// The server's time now, in milliseconds. A jump of the device's clock is noted, and neither wins nor costs time.
    pub(super) fn server_ms(self) -> u64 {
        let now = clock::stamp();
        let anchor = self.anchor.get_untracked();
        let server_ms = anchor.server_time(&now);
        if let Some(jump) = anchor.jump(&now, CLOCK_TOLERANCE_MS) {
            self.note(Event::ClockJumped { by_ms: jump.by_ms });
            self.anchor.set(ClockAnchor { server_ms, at: now });
        }
        server_ms
    }
}

/// Commits one line. When an answer got lost, what is stored tells whether the line was committed.
async fn commit(inner: &Inner, seq: u64, line: &str) -> Result<(), Fault> {
    let verb = Verb::Append { attempt: inner.attempt.clone(), seq, line: line.to_owned() };
    let fault = match inner.worker.ask(verb).await {
        Ok(_) => return Ok(()),
        Err(fault) => fault,
    };
    if !matches!(fault.code, FaultCode::OutOfOrder | FaultCode::NoAnswer) {
        return Err(fault);
    }
    match inner.worker.ask(Verb::Load).await {
        Ok(Answer::Loaded { stored: Some(stored) }) => {
            let at = usize::try_from(seq - 1).unwrap_or(usize::MAX);
            if stored.lines.get(at).map(String::as_str) == Some(line) { Ok(()) } else { Err(fault) }
        }
        _ => Err(fault),
    }
}
