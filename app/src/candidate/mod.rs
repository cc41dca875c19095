//! The candidate's app: from the admission code to the result, one step at a time.

mod access;
mod arrival;
mod exam;
mod finish;
mod leftover;
mod save_state;
mod session;
mod timer;
mod upload;

use std::rc::Rc;

use api::{AttemptState, AttemptStatus};
use leptos::prelude::*;
use worker_protocol::{Answer, Verb};

use crate::{
    catalogue::text,
    platform::{leaving, locks, offline, worker::WorkerClient},
    widgets::{Alert, Busy, DemonstrationMark, Heading},
};
pub use session::Session;

/// Where the candidate is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Looking at what is stored here.
    Opening,
    /// Nothing can go on here; the text says why and what to do.
    Stopped(Stop),
    /// Typing the admission code.
    Code,
    /// Is this you?
    Identity,
    /// What holds in the exam.
    Rules,
    /// Is this computer ready?
    Readiness,
    /// Answering.
    Exam,
    /// Handed in here; waiting for the server to have everything.
    HandedIn,
    /// The result.
    Result,
}

/// Why nothing can go on here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Another tab has the sitting.
    OtherTab,
    /// The database cannot be opened.
    Storage(String),
    /// The journal here and the one at the server differ, or one is damaged.
    Journal(String),
}

/// What the steps share. Everything in it is a handle.
#[derive(Clone, Copy)]
pub(crate) struct App {
    pub(crate) step: RwSignal<Step>,
    pub(crate) status: RwSignal<Option<AttemptStatus>>,
    pub(crate) token: RwSignal<String>,
    pub(crate) worker: StoredValue<Option<Rc<WorkerClient>>, LocalStorage>,
    pub(crate) session: RwSignal<Option<Session>>,
    /// Whether nothing of the attempt is left on this computer.
    pub(crate) cleared: RwSignal<bool>,
    /// Why the exam could not be entered.
    pub(crate) entry_error: RwSignal<Option<String>>,
}

impl App {
    fn new() -> Self {
        Self {
            step: RwSignal::new(Step::Opening),
            status: RwSignal::new(None),
            token: RwSignal::new(String::new()),
            worker: StoredValue::new_local(None),
            session: RwSignal::new(None),
            cleared: RwSignal::new(false),
            entry_error: RwSignal::new(None),
        }
    }

    pub(crate) fn worker(self) -> Option<Rc<WorkerClient>> {
        self.worker.get_value()
    }

    /// Goes where the attempt stands.
    pub(crate) fn go_on(self, status: AttemptStatus) {
        let next = match status.state {
            AttemptState::Ready => Step::Identity,
            // A started attempt goes on without ceremony: its time is running.
            AttemptState::Sitting => Step::Readiness,
            AttemptState::Submitted => Step::Result,
        };
        // Whoever comes for a result only has nothing stored here.
        self.cleared.set(status.state == AttemptState::Submitted);
        let running = status.state == AttemptState::Sitting;
        self.status.set(Some(status));
        self.entry_error.set(None);
        if running {
            leptos::task::spawn_local(session::enter(self));
        } else {
            self.step.set(next);
        }
    }
}

/// Opens the storage and takes up what is there.
async fn open(app: App) {
    if !locks::take("invigil-sitting").await {
        return app.step.set(Step::Stopped(Stop::OtherTab));
    }
    leaving::watch(move || {
        if let Some(worker) = app.worker() {
            worker.end();
        }
        locks::let_go();
    });
    let worker = match WorkerClient::start().await {
        Ok(worker) => Rc::new(worker),
        Err(fault) => return app.step.set(Step::Stopped(Stop::Storage(fault.detail))),
    };
    app.worker.set_value(Some(worker.clone()));
    let stored = match worker.ask(Verb::Load).await {
        Ok(Answer::Loaded { stored }) => stored,
        Ok(_) => None,
        Err(fault) => return app.step.set(Step::Stopped(Stop::Storage(fault.detail))),
    };
    match stored {
        Some(stored) => arrival::return_to(app, stored).await,
        None => {
            offline::take_up_new_version(true).await;
            app.step.set(Step::Code);
        }
    }
}

/// The whole app.
#[component]
pub fn Candidate() -> impl IntoView {
    let app = App::new();
    offline::register();
    leptos::task::spawn_local(open(app));
    let demonstration =
        move || app.status.with(|status| status.as_ref().is_some_and(|status| status.exam.demonstration));
    view! {
        <Show when=demonstration>
            <DemonstrationMark/>
        </Show>
        {move || match app.step.get() {
            Step::Opening => view! {
                <main class="page">
                    <Busy doing=text("opening")/>
                    <Alert message=app.entry_error.into()/>
                </main>
            }
            .into_any(),
            Step::Stopped(stop) => stopped(stop).into_any(),
            Step::Code => view! { <arrival::CodePage app/> }.into_any(),
            Step::Identity => view! { <arrival::IdentityPage app/> }.into_any(),
            Step::Rules => view! { <arrival::RulesPage app/> }.into_any(),
            Step::Readiness => view! { <access::ReadinessPage app/> }.into_any(),
            Step::Exam => match app.session.get() {
                Some(session) => view! { <exam::ExamPage session/> }.into_any(),
                None => ().into_any(),
            },
            Step::HandedIn => view! { <finish::HandedInPage app/> }.into_any(),
            Step::Result => view! { <finish::ResultPage app/> }.into_any(),
        }}
    }
}

fn stopped(stop: Stop) -> impl IntoView {
    let (title, advice, detail) = match stop {
        Stop::OtherTab => ("stopped-other-tab-title", "stopped-other-tab", String::new()),
        Stop::Storage(detail) => ("stopped-storage-title", "stopped-storage", detail),
        Stop::Journal(detail) => ("stopped-journal-title", "stopped-journal", detail),
    };
    let reload = move |_| {
        let _ = crate::platform::window().location().reload();
    };
    view! {
        <main class="page">
            <Heading title=text(title)/>
            <p>{text(advice)}</p>
            {(!detail.is_empty()).then(|| view! { <p class="detail">{detail}</p> })}
            <button type="button" class="primary" on:click=reload>{text("try-again")}</button>
        </main>
    }
}
