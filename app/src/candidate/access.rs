//! Is this computer ready?

use leptos::{prelude::*, task::spawn_local};
use worker_protocol::{Answer, Verb};

use super::{App, Step, book, start};
use crate::{
    catalogue::{text, text_with},
    platform::{fetch, offline, signs, storage},
    widgets::{Alert, Heading},
};

/// A commit that takes longer makes the exam feel slow.
const SLOW_COMMIT_US: u64 = 250_000;
/// A wall clock that is further off than this is worth a word; the exam does not rely on it.
const CLOCK_OFF_MS: u64 = 120_000;

/// How one check came out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Good,
    Note,
    Bad,
}

#[derive(Clone)]
pub(super) struct Check {
    mark: Mark,
    words: String,
}

pub(super) fn check(mark: Mark, words: String) -> Check {
    Check { mark, words }
}

async fn checks(app: App) -> Vec<Check> {
    vec![saving(app).await, persistence().await, package(app), server(app).await, screens()]
}

async fn saving(app: App) -> Check {
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
    if storage::persist().await {
        check(Mark::Good, text("ready-persist-good"))
    } else {
        check(Mark::Note, text("ready-persist-note"))
    }
}

fn package(app: App) -> Check {
    let id = match (app.session.get_untracked(), app.attempt()) {
        (Some(_), _) => "ready-package-open",
        (None, Some(_)) => "ready-package-here",
        (None, None) => return check(Mark::Bad, text("ready-package-bad")),
    };
    check(Mark::Good, text(id))
}

async fn server(app: App) -> Check {
    match fetch::clock_offset_ms().await {
        Ok(Some(off)) if off.unsigned_abs() > CLOCK_OFF_MS => {
            check(Mark::Note, text_with("ready-clock-note", [("minutes", (off.unsigned_abs() / 60_000).into())]))
        }
        Ok(_) => check(Mark::Good, text("ready-server-good")),
        // An open package needs no server.
        Err(_) if app.session.get_untracked().is_some() => check(Mark::Note, text("ready-server-note")),
        Err(_) => check(Mark::Bad, text("ready-server-bad")),
    }
}

/// Whether the open book is here, if the exam gives one along. Without it the exam can begin all the same.
async fn open_book(app: App) -> Option<Check> {
    let facts = app.package.with_untracked(|manifest| manifest.as_ref()?.open_book.clone())?;
    Some(match book::find(app, &facts).await {
        Ok(_) => check(Mark::Good, text("ready-book-good")),
        Err(why) => check(Mark::Note, text_with("ready-book-note", [("why", why.words().into())])),
    })
}

async fn offline() -> Check {
    if offline::ready_offline().await {
        check(Mark::Good, text("ready-offline-good"))
    } else {
        check(Mark::Note, text("ready-offline-note"))
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
        spawn_local(async move {
            found.set(Some(checks(app).await));
            // These may take a while, and nothing waits for them.
            let add = |check: Check| {
                found.try_update(|found| {
                    if let Some(found) = found {
                        found.push(check);
                    }
                });
            };
            open_book(app).await.into_iter().for_each(add);
            add(offline().await);
        });
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
            start::enter(app).await;
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
            {move || app.session.get().map(|_| view! {
                <p>{text("ready-check-in")}</p>
                <div class="actions">
                    <button type="button" on:click=move |_| app.step.set(Step::CheckIn)>{text("check-in-title")}</button>
                </div>
            })}
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

/// A check in a list.
pub(super) fn row(check: Check) -> impl IntoView {
    let (class, word) = match check.mark {
        Mark::Good => ("good", "ready-good"),
        Mark::Note => ("note", "ready-note"),
        Mark::Bad => ("bad", "ready-bad"),
    };
    view! { <li class=class><strong>{text(word)}</strong>" "{check.words}</li> }
}
