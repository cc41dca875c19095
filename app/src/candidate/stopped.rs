//! When nothing can go on here: why, and what to do.

use leptos::prelude::*;
use worker_protocol::{Fault, FaultCode};

use crate::{catalogue::text, widgets::Heading};

/// Why nothing can go on here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Another tab has the sitting.
    OtherTab,
    /// The database cannot be opened.
    Storage(String),
    /// The program's second part was not loaded.
    Loading(String),
    /// What is stored was written by a newer version of the app.
    NewerApp(String),
    /// The keys to what is stored are gone.
    Keys(String),
    /// What a rehearsal had saved is gone.
    RehearsalLost,
    /// The journal here and the one at the server differ, or one is damaged.
    Journal(String),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        match fault.code {
            FaultCode::Keys => Self::Keys(fault.detail),
            FaultCode::NotStarted => Self::Loading(fault.detail),
            FaultCode::NewerApp => Self::NewerApp(fault.detail),
            _ => Self::Storage(fault.detail),
        }
    }
}

/// The page that says so.
pub(super) fn view(stop: Stop) -> impl IntoView {
    let (title, advice, detail) = match stop {
        Stop::OtherTab => ("stopped-other-tab-title", "stopped-other-tab", String::new()),
        Stop::Storage(detail) => ("stopped-storage-title", "stopped-storage", detail),
        Stop::Loading(detail) => ("stopped-loading-title", "stopped-loading", detail),
        Stop::NewerApp(detail) => ("stopped-newer-title", "stopped-newer", detail),
        Stop::RehearsalLost => ("stopped-lost-title", "stopped-lost", String::new()),
        Stop::Keys(detail) => ("stopped-keys-title", "stopped-keys", detail),
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
