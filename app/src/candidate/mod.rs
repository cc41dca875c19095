//! The candidate's app: from the codes to the result, one step at a time, with or without a network.

mod access;
mod arrival;
mod binding;
mod book;
mod catching_up;
mod connection;
pub(crate) mod exam;
mod facts;
mod hand_in;
mod keys;
mod leftover;
mod proctor;
mod rehearsal;
mod save_state;
mod session;
mod standing;
mod start;
mod stopped;
mod timer;
mod unsealing;
mod upload;
mod words;

use std::rc::Rc;

use leptos::prelude::*;
use signing::keys::PublicKey;
use sitting::Manifest;
use worker_protocol::{Answer, Fault, FaultCode, Note, Stored, Verb};

use crate::{
    catalogue::text,
    platform::{leaving, locks, offline, page, worker::WorkerClient},
    widgets::{Alert, Busy, DemonstrationMark},
};
use facts::Facts;
use hand_in::Records;
pub use session::Session;
pub(crate) use session::Typed;
use stopped::Stop;
use unsealing::Unsealed;

/// Where the candidate is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Looking at what is stored here.
    Opening,
    /// Nothing can go on here; the text says why and what to do.
    Stopped(Stop),
    /// What a rehearsal is.
    Rehearsal,
    /// Typing the codes.
    Code,
    /// Bringing along what another device wrote.
    Moving,
    /// Is this you?
    Identity,
    /// What holds in the exam.
    Rules,
    /// Is this computer ready?
    Readiness,
    /// The proctor records the beginning.
    CheckIn,
    /// Answering.
    Exam,
    /// Handed in here; the exam body may not have everything.
    HandedIn,
    /// The exam body has everything.
    Received,
    /// The result.
    Result,
    /// What a rehearsal found out.
    Report,
}

/// What the steps share. Everything in it is a handle.
#[derive(Clone, Copy)]
pub(crate) struct App {
    pub(crate) step: RwSignal<Step>,
    pub(crate) worker: StoredValue<Option<Rc<WorkerClient>>, LocalStorage>,
    /// The package on this computer, if there is one.
    pub(crate) package: RwSignal<Option<Manifest>>,
    /// A package for another exam than that one, until the candidate has said which of the two is theirs.
    offered: RwSignal<Option<arrival::Offered>>,
    /// Who sits what, once that is known.
    pub(crate) facts: RwSignal<Option<Facts>>,
    /// Whose packages count.
    pub(crate) exam_keys: RwSignal<Vec<PublicKey>>,
    /// Whether the server has answered since the page was opened.
    pub(crate) reached: RwSignal<bool>,
    pub(crate) rehearsal: rehearsal::State,
    /// The admission code as it was typed.
    pub(crate) admission: RwSignal<String>,
    pub(crate) token: RwSignal<String>,
    /// The open book, once it was read.
    book: StoredValue<Option<Rc<book::Book>>, LocalStorage>,
    /// Whether the open book that the package names is on this computer.
    book_presence: RwSignal<book::Presence>,
    /// What was opened and does not run yet.
    pub(crate) unsealed: StoredValue<Option<Unsealed>, LocalStorage>,
    pub(crate) session: RwSignal<Option<Session>>,
    pub(crate) records: RwSignal<Option<Records>>,
    /// Whether nothing of the attempt is left on this computer.
    pub(crate) cleared: RwSignal<bool>,
    /// Why the exam could not be entered, or the package not be had.
    pub(crate) entry_error: RwSignal<Option<String>>,
    /// What has to be told on whichever page, until it was read.
    notice: RwSignal<Option<String>>,
}

impl App {
    fn new() -> Self {
        Self {
            step: RwSignal::new(Step::Opening),
            worker: StoredValue::new_local(None),
            package: RwSignal::new(None),
            offered: RwSignal::new(None),
            facts: RwSignal::new(None),
            exam_keys: RwSignal::new(Vec::new()),
            reached: RwSignal::new(false),
            rehearsal: rehearsal::State::new(),
            admission: RwSignal::new(String::new()),
            token: RwSignal::new(String::new()),
            book: StoredValue::new_local(None),
            book_presence: RwSignal::new(book::Presence::NotNamed),
            unsealed: StoredValue::new_local(None),
            session: RwSignal::new(None),
            records: RwSignal::new(None),
            cleared: RwSignal::new(false),
            entry_error: RwSignal::new(None),
            notice: RwSignal::new(None),
        }
    }

    pub(crate) fn worker(self) -> Option<Rc<WorkerClient>> {
        self.worker.get_value()
    }

    /// The attempt whose package is on this computer.
    pub(crate) fn attempt(self) -> Option<String> {
        self.package.with_untracked(|manifest| manifest.as_ref().map(|manifest| manifest.attempt.clone()))
    }

    /// Forgets how the last candidate or package was let in: whoever comes next has codes of their own.
    pub(crate) fn forget_codes(self) {
        self.token.set(String::new());
        self.admission.set(String::new());
    }
}

/// Opens the storage and takes up what is there; then has the browser keep the app, for which it fetches every file.
async fn open(app: App) {
    // It loads while the page looks around, and touches nothing that another tab may have before it is asked.
    match WorkerClient::start() {
        Ok(worker) => app.worker.set_value(Some(Rc::new(worker))),
        Err(fault) => app.step.set(Step::Stopped(fault.into())),
    }
    if let Some(worker) = app.worker() {
        take_up(app, &worker).await;
    }
    offline::register();
}

async fn take_up(app: App, worker: &Rc<WorkerClient>) {
    if !locks::take("invigil-sitting").await {
        worker.end();
        // Whatever this tab was in the middle of is that one's now.
        page::note(None);
        return app.step.set(Step::Stopped(Stop::OtherTab));
    }
    let running = worker.clone();
    leaving::watch(move || {
        running.end();
        locks::let_go();
    });
    let newer = offline::newer_version();
    match look(app, worker).await {
        Err(stop) => app.step.set(Step::Stopped(stop)),
        // A rehearsal goes on.
        Ok(None) => {}
        Ok(Some(Stored { attempt: Some(attempt), notes })) if !attempt.lines.is_empty() => {
            start::take_up(app, attempt, &notes).await;
        }
        Ok(Some(Stored { attempt, .. })) => {
            if attempt.is_none() && !app.rehearsal.is_interrupted() {
                offline::take_up(newer).await;
            }
            arrival::arrive(app, attempt).await;
        }
    }
}

/// What is stored of an exam; `None` if it is a rehearsal that goes on.
async fn look(app: App, worker: &WorkerClient) -> Result<Option<Stored>, Stop> {
    let stored = load(app, worker).await?;
    rehearsal::sort_out(app, stored).await
}

async fn load(app: App, worker: &WorkerClient) -> Result<Stored, Stop> {
    worker.ready().await?;
    let loaded = match worker.ask(Verb::Load).await {
        // If nothing is lost by it, what cannot be read any more goes: the exam body's keys are had again from the server.
        Err(Fault { code: FaultCode::Keys, .. }) => {
            keys::forget(worker).await;
            rehearsal::forget_unreadable(worker).await;
            worker.ask(Verb::Load).await
        }
        loaded => loaded,
    };
    let Answer::Loaded { stored } = loaded? else { return Err(Stop::Storage(String::new())) };
    let note = |name| note(&stored.notes, name).to_owned();
    app.token.set(note("token"));
    app.admission.set(note("admission"));
    keys::remember(app, &note("exam_keys"));
    Ok(stored)
}

/// The text of a note; empty if there is none.
fn note<'a>(notes: &'a [Note], name: &str) -> &'a str {
    notes.iter().find(|note| note.name == name).map(|note| note.text.as_str()).unwrap_or_default()
}

/// The whole app.
#[component]
pub fn Candidate() -> impl IntoView {
    let app = App::new();
    leptos::task::spawn_local(open(app));
    book::bring_along(app);
    let demonstration = move || {
        app.facts.with(|facts| facts.as_ref().is_some_and(|facts| facts.demonstration))
            || app.package.with(|manifest| manifest.as_ref().is_some_and(|manifest| manifest.exam.demonstration))
    };
    let rehearsing = Memo::new(move |_| app.rehearsal.is_on() || app.step.get() == Step::Rehearsal);
    let with_proctor = Memo::new(move |_| {
        app.rehearsal.is_on() && matches!(app.step.get(), Step::Readiness | Step::CheckIn | Step::Exam)
    });
    view! {
        <Show when=demonstration>
            <DemonstrationMark/>
        </Show>
        <Show when=move || rehearsing.get()>
            <rehearsal::Mark app/>
        </Show>
        <Show when=move || app.notice.with(Option::is_some)>
            <aside class="in-doubt">
                <Alert message=app.notice.into()/>
                <button type="button" class="quiet" on:click=move |_| app.notice.set(None)>{text("notice-close")}</button>
            </aside>
        </Show>
        {move || match app.step.get() {
            Step::Opening => view! {
                <main class="page">
                    <Busy doing=text("opening")/>
                    <Alert message=app.entry_error.into()/>
                </main>
            }
            .into_any(),
            Step::Stopped(stop) => stopped::view(stop).into_any(),
            Step::Rehearsal => view! { <rehearsal::IntroPage app/> }.into_any(),
            Step::Code => view! { <arrival::CodePage app/> }.into_any(),
            Step::Moving => view! { <arrival::MovingPage app/> }.into_any(),
            Step::Identity => view! { <arrival::IdentityPage app/> }.into_any(),
            Step::Rules => view! { <arrival::RulesPage app/> }.into_any(),
            Step::Readiness => view! { <access::ReadinessPage app/> }.into_any(),
            Step::CheckIn => match app.session.get() {
                Some(session) => view! {
                    <proctor::CheckInPage session done=move || app.step.set(Step::Readiness)/>
                }
                .into_any(),
                None => ().into_any(),
            },
            Step::Exam => match app.session.get() {
                Some(session) => view! { <exam::ExamPage session/> }.into_any(),
                None => ().into_any(),
            },
            Step::HandedIn => view! { <hand_in::HandedInPage app/> }.into_any(),
            Step::Received => view! { <hand_in::ReceivedPage app/> }.into_any(),
            Step::Result => view! { <hand_in::ResultPage app/> }.into_any(),
            Step::Report => view! { <rehearsal::ReportPage app/> }.into_any(),
        }}
        <Show when=move || with_proctor.get()>
            <rehearsal::ProctorNote app/>
        </Show>
    }
}
