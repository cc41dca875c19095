//! A running sitting: what the pages share of it.

mod beginning;
mod clock;
mod device;
mod journal;
mod queue;
mod typed;

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

use item::{Form, ItemId};
use leptos::prelude::*;
use sitting::{Answers, Authority, Device, Event, Payload, Sitting, Stamp, SubmitReason};
use worker_protocol::{Fault, Verb};

use super::{App, rehearsal};
use crate::platform::{bell::Bell, clock as clocks, worker::WorkerClient};
pub(super) use beginning::Beginning;
pub(super) use device::{sign, unexpected};
pub(super) use journal::replay;
use queue::Entry;
pub(crate) use typed::Typed;

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
    /// It answers.
    Connected,
    /// The network or the server is away; it is tried again.
    Offline,
    /// The server refuses; a person has to look.
    Refused(String),
    /// What is to be sent cannot be made ready on this computer.
    Stuck(String),
}

/// What is shown in place of the questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aside {
    /// Typing a code that the proctor gave.
    Codes,
    /// Handing the state of the journal to the proctor.
    CheckIn,
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
    /// Lines on this computer.
    pub(super) written: RwSignal<u64>,
    /// Lines that the server has.
    pub(super) received: RwSignal<u64>,
    /// Whether the clock stands.
    pub(super) paused: RwSignal<bool>,
    /// Whether approved break time is left.
    pub(super) breaks: RwSignal<bool>,
    /// Whether the server takes the attempt for handed in; the exam body can end one that its candidate left.
    pub(super) ended: RwSignal<bool>,
    pub(super) aside: RwSignal<Option<Aside>>,
    /// Whether the candidate does not want to see the clock.
    pub(super) clock_hidden: RwSignal<bool>,
    /// The minutes left that were last read out.
    pub(super) clock_announced: RwSignal<Option<u64>>,
    /// The fields that are typed into.
    typed: StoredValue<Option<Typed>, LocalStorage>,
    /// Whether something typed is not recorded yet.
    pub(super) typing: RwSignal<bool>,
    /// The answer that was last refused, and why, until the candidate answers again.
    pub(super) refused: RwSignal<Option<(ItemId, String)>>,
    /// Whether the attempt was handed in before this page was opened.
    pub(super) came_back: bool,
}

pub(super) struct Inner {
    pub(super) worker: Rc<WorkerClient>,
    pub(super) attempt: String,
    pub(super) device: Device,
    pub(super) journal: RefCell<Sitting>,
    extra_ms: u64,
    break_ms: u64,
    /// The secret of the opened package.
    opening: String,
    queue: RefCell<VecDeque<Entry>>,
    draining: Cell<bool>,
    /// At how many lines a checkpoint was last tried.
    vouched_at: Cell<u64>,
    /// The line with the server's last challenge, until the server has it.
    pub(super) challenged: Cell<Option<u64>>,
    pub(super) challenge: RefCell<String>,
    /// Whether this page may have the server tie the attempt to this device.
    pub(super) may_bind: Cell<bool>,
    /// When the two clocks were last compared.
    compared: RefCell<Stamp>,
    /// Wakes what sends lines.
    pub(super) bell: Bell,
    /// Whether nothing is to be sent any more.
    pub(super) over: Cell<bool>,
}

impl Session {
    /// The session of an opened package with the lines that there are.
    pub(super) fn new(
        app: App,
        worker: Rc<WorkerClient>,
        sitting: Sitting,
        payload: Payload,
        device: Device,
        received: u64,
    ) -> Self {
        let answers = sitting.answers().clone();
        Self {
            app,
            form: StoredValue::new(payload.form),
            came_back: answers.submission().is_some(),
            answers: RwSignal::new(answers),
            saving: RwSignal::new(Saving::Saved),
            link: RwSignal::new(Link::Offline),
            written: RwSignal::new(sitting.count()),
            received: RwSignal::new(received.min(sitting.count())),
            paused: RwSignal::new(sitting.is_paused()),
            breaks: RwSignal::new(sitting.time().has_breaks()),
            ended: RwSignal::new(false),
            aside: RwSignal::new(None),
            clock_hidden: RwSignal::new(false),
            clock_announced: RwSignal::new(None),
            typed: StoredValue::new_local(None),
            typing: RwSignal::new(false),
            refused: RwSignal::new(None),
            inner: StoredValue::new_local(Rc::new(Inner {
                worker,
                attempt: sitting.manifest().attempt.clone(),
                device,
                vouched_at: Cell::new(sitting.vouched()),
                journal: RefCell::new(sitting),
                extra_ms: payload.extra_ms,
                opening: payload.opening,
                break_ms: payload.break_ms,
                queue: RefCell::default(),
                draining: Cell::new(false),
                challenged: Cell::new(None),
                challenge: RefCell::default(),
                may_bind: Cell::new(true),
                compared: RefCell::new(clocks::stamp()),
                bell: Bell::default(),
                over: Cell::new(false),
            })),
        }
    }

    pub(super) fn inner(self) -> Option<Rc<Inner>> {
        self.inner.try_get_value()
    }

    /// Looks at the sitting as it stands; `None` once the session is gone.
    pub(super) fn with<T>(self, look: impl FnOnce(&Sitting) -> T) -> Option<T> {
        self.inner().map(|inner| look(&inner.journal.borrow()))
    }

    pub(super) fn attempt(self) -> String {
        self.inner().map(|inner| inner.attempt.clone()).unwrap_or_default()
    }

    /// Whether the attempt was handed in, by whomever.
    pub(super) fn is_over(self) -> bool {
        self.ended.get_untracked() || self.answers.with_untracked(|answers| answers.submission().is_some())
    }

    /// Notes what happens around the page, while the sitting runs.
    pub(super) fn note(self, event: Event) {
        if !self.is_over() && self.with(|sitting| sitting.has_room_for(&event)).unwrap_or(false) {
            self.record(event);
        }
    }

    /// Hands the attempt in.
    pub(super) fn submit(self, reason: SubmitReason) {
        if !self.waits_for(|event| matches!(event, Event::Submitted { .. })) {
            self.note(Event::Submitted { reason });
        }
    }

    /// Shows what a line has changed.
    fn show(self, inner: &Inner) {
        let sitting = inner.journal.borrow();
        self.written.set(sitting.count());
        if self.answers.with_untracked(|answers| answers != sitting.answers()) {
            self.answers.set(sitting.answers().clone());
        }
        if self.paused.get_untracked() != sitting.is_paused() {
            self.paused.set(sitting.is_paused());
        }
        self.breaks.set(sitting.time().has_breaks());
    }

    /// What follows from a line.
    fn after(self, inner: &Inner, seq: u64, event: &Event) {
        match event {
            Event::Submitted { .. } => {
                self.app.step.set(super::Step::HandedIn);
                rehearsal::keep_findings(self);
            }
            Event::Navigated { .. } => rehearsal::keep_findings(self),
            Event::Challenged { by: Authority::Server, .. } => inner.challenged.set(Some(seq)),
            _ => {}
        }
    }

    /// Keeps a small text with the attempt.
    pub(super) async fn keep_note(self, name: &str, text: String) -> Result<(), Fault> {
        let Some(inner) = self.inner() else { return Ok(()) };
        let verb = Verb::Note { attempt: Some(inner.attempt.clone()), name: name.to_owned(), text };
        inner.worker.ask(verb).await.map(drop)
    }

    /// Removes the attempt from this computer once the server has all of it; whether that was done. If not, the next start
    /// tries again.
    pub(super) async fn forget(self) -> bool {
        let Some(inner) = self.inner() else { return false };
        self.settled_soon().await;
        inner.worker.ask(Verb::Forget { attempt: inner.attempt.clone() }).await.is_ok()
    }
}
