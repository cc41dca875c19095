//! Is this computer ready?

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;
use worker_protocol::{Answer, Verb};

use super::{App, Step, session};
use crate::{
    catalogue::{text, text_with},
    platform::{clock, fetch, signs},
    widgets::{Alert, Heading},
};

/// A commit that takes longer makes the exam feel slow.
const SLOW_COMMIT_US: u64 = 250_000;
/// A wall clock that is further off than this is worth a word; the exam does not rely on it.
const CLOCK_OFF_MS: u64 = 120_000;

/// How one check came out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Good,
    Note,
    Bad,
}

#[derive(Clone)]
struct Check {
    mark: Mark,
    words: String,
}

fn check(mark: Mark, words: String) -> Check {
    Check { mark, words }
}

async fn checks(app: App) -> Vec<Check> {
    vec![storage(app).await, persistence().await, server(app).await, screens()]
}

async fn storage(app: App) -> Check {
    let Some(worker) = app.worker() else { return check(Mark::Bad, text("ready-storage-bad")) };
    // The first commit opens files; the second is what every answer will feel like.
    let _ = worker.ask(Verb::Probe).await;
    match worker.ask(Verb::Probe).await {
        Ok(Answer::Probed { commit_us }) => {
            let words = text_with("ready-storage-good", [("ms", commit_us.div_ceil(1_000).into())]);
            check(if commit_us > SLOW_COMMIT_US { Mark::Note } else { Mark::Good }, words)
        }
        _ => check(Mark::Bad, text("ready-storage-bad")),
    }
}

async fn persistence() -> Check {
    let storage = crate::platform::window().navigator().storage();
    let granted = match storage.persist() {
        Ok(promise) => JsFuture::from(promise).await.is_ok_and(|value| value.is_truthy()),
        Err(_) => false,
    };
    if granted { check(Mark::Good, text("ready-persist-good")) } else { check(Mark::Note, text("ready-persist-note")) }
}

async fn server(app: App) -> Check {
    match fetch::get::<api::AttemptStatus>("/api/v1/attempt", Some(&app.token.get_untracked())).await {
        Ok(status) => {
            let off = session::ms(status.server_now).abs_diff(clock::stamp().wall_ms);
            if off > CLOCK_OFF_MS {
                check(Mark::Note, text_with("ready-clock-note", [("minutes", (off / 60_000).into())]))
            } else {
                check(Mark::Good, text("ready-server-good"))
            }
        }
        Err(_) => check(Mark::Bad, text("ready-server-bad")),
    }
}

fn screens() -> Check {
    if signs::screens_extended() {
        check(Mark::Note, text("ready-screens-note"))
    } else {
        check(Mark::Good, text("ready-screens-good"))
    }
}

/// The checks, and the start.
#[component]
pub(super) fn ReadinessPage(app: App) -> impl IntoView {
    let found = RwSignal::new(None::<Vec<Check>>);
    let busy = RwSignal::new(false);
    let run = move || {
        found.set(None);
        spawn_local(async move { found.set(Some(checks(app).await)) });
    };
    run();
    let ready = move || {
        found.with(|found| found.as_ref().is_some_and(|found| found.iter().all(|check| check.mark != Mark::Bad)))
    };
    let start = move |_| {
        if !ready() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            session::enter(app).await;
            busy.try_set(false);
        });
    };
    view! {
        <main class="page narrow">
            <Heading title=text("ready-title")/>
            <p>{text("ready-intro")}</p>
            <ul class="checks" aria-live="polite">
                {move || match found.get() {
                    None => view! { <li class="note">{text("checking")}</li> }.into_any(),
                    Some(found) => found.into_iter().map(row).collect_view().into_any(),
                }}
            </ul>
            <Alert message=app.entry_error.into()/>
            <p>{text("ready-start")}</p>
            <div class="actions">
                <button type="button" class="primary" on:click=start aria-disabled=move || (!ready()).then_some("true")>
                    {text("ready-begin")}
                </button>
                <button type="button" on:click=move |_| run()>{text("ready-again")}</button>
                <button type="button" on:click=move |_| app.step.set(Step::Rules)>{text("back")}</button>
            </div>
        </main>
    }
}

fn row(check: Check) -> impl IntoView {
    let (class, word) = match check.mark {
        Mark::Good => ("good", "ready-good"),
        Mark::Note => ("note", "ready-note"),
        Mark::Bad => ("bad", "ready-bad"),
    };
    view! { <li class=class><strong>{text(word)}</strong>" "{check.words}</li> }
}
