//! The ways into a rehearsal.

use leptos::{prelude::*, task::spawn_local};

use super::{begin, can_begin, give_way, stored};
use crate::{
    candidate::{App, Step},
    catalogue::text,
    widgets::{Alert, Heading},
};

/// A second way on the first page, for whoever comes days before the exam.
#[component]
pub(crate) fn TryOut(app: App) -> impl IntoView {
    move || {
        can_begin(app).then(|| {
            view! {
                <section class="part">
                    <h2>{text("try-out-title")}</h2>
                    <p>{text("try-out")}</p>
                    <div class="actions">
                        <button type="button" on:click=move |_| app.step.set(Step::Rehearsal)>{text("try-out-go")}</button>
                    </div>
                </section>
            }
        })
    }
}

/// A rehearsal that was left before its end: on with it, or away with it.
#[component]
pub(crate) fn InterruptedCard(app: App) -> impl IntoView {
    let message = RwSignal::new(None::<String>);
    let go_on = move |_| {
        if let Some(stored) = app.rehearsal.interrupted.get_untracked() {
            spawn_local(stored::go_on(app, stored, None));
        }
    };
    let discard = move |_| {
        spawn_local(async move {
            message.try_set(give_way(app).await.err());
        });
    };
    move || {
        app.rehearsal.is_interrupted().then(|| {
            view! {
                <section class="package" aria-labelledby="interrupted-title">
                    <h2 id="interrupted-title">{text("interrupted-title")}</h2>
                    <p>{text("interrupted")}</p>
                    <div class="actions">
                        <button type="button" on:click=go_on>{text("interrupted-go-on")}</button>
                        <button type="button" on:click=discard>{text("rehearsal-discard")}</button>
                    </div>
                    <Alert message=message.into()/>
                </section>
            }
        })
    }
}

/// What a rehearsal is, and its beginning.
#[component]
pub(crate) fn IntroPage(app: App) -> impl IntoView {
    let message = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let go = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        message.set(None);
        spawn_local(async move {
            let begun = begin(app).await;
            busy.try_set(false);
            message.try_set(begun.err());
        });
    };
    view! {
        <main class="page narrow">
            <Heading title=text("rehearsal-title")/>
            <p>{text("rehearsal-what")}</p>
            <ul>
                <li>{text("rehearsal-same")}</li>
                <li>{text("rehearsal-nothing-counts")}</li>
                <li>{text("rehearsal-any-time")}</li>
                {app.package.get_untracked().map(|_| view! { <li>{text("rehearsal-package")}</li> })}
            </ul>
            <Alert message=message.into()/>
            <div class="actions">
                <button type="button" class="primary" on:click=go aria-disabled=move || busy.get().then_some("true")>
                    {move || text(if busy.get() { "checking" } else { "rehearsal-begin" })}
                </button>
                <button type="button" on:click=move |_| app.step.set(Step::Code)>{text("back")}</button>
            </div>
        </main>
    }
}
