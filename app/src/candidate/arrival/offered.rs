//! A package for another exam than the one on this computer: only the candidate knows which of the two is theirs.

use leptos::{prelude::*, task::spawn_local};
use sitting::{Kind, Manifest};

use super::{
    code::ADMISSION,
    package::{Offered, take_in},
};
use crate::{
    candidate::App,
    catalogue::{text, text_with},
    platform::{clock, focus},
    widgets::Alert,
};

const TITLE: &str = "offered-title";

/// Asks, and names both.
#[component]
pub(super) fn OfferedCard(app: App) -> impl IntoView {
    let message = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        if app.offered.with(Option::is_some) {
            focus::by_id(TITLE);
        }
    });
    let keep = move |_| {
        app.offered.set(None);
        focus::by_id(ADMISSION);
    };
    let take = move |bytes: Vec<u8>| {
        spawn_local(async move {
            let taken = take_in(app, bytes, Kind::Exam, true).await;
            if taken.is_ok() {
                focus::by_id(ADMISSION);
                app.forget_codes();
            }
            message.try_set(taken.err());
        });
    };
    view! {
        <Alert message=message.into()/>
        {move || app.offered.get().map(|Offered { manifest, bytes }| view! {
            <section class="confirm" aria-labelledby=TITLE>
                <h2 id=TITLE tabindex="-1">{text("offered-title")}</h2>
                <p>{text("offered-what")}</p>
                <dl class="facts">
                    {app.package.get().map(|kept| exam(text("offered-here"), kept))}
                    {exam(text("offered-new"), manifest)}
                </dl>
                <div class="actions">
                    <button type="button" class="primary" on:click=keep>
                        {text("offered-keep")}
                    </button>
                    <button type="button" on:click=move |_| take(bytes.clone())>{text("offered-take")}</button>
                </div>
            </section>
        })}
    }
}

/// Two candidates' packages for one exam differ in their name only.
fn exam(term: String, Manifest { exam, window, attempt, .. }: Manifest) -> impl IntoView {
    let locale = text("locale");
    let [from, until] = [window.opens_ms, window.closes_ms].map(|ms| clock::local(ms, &locale));
    view! {
        <dt>{term}</dt>
        <dd>{text_with("offered-exam", [("title", exam.title.into()), ("body", exam.exam_body.into())])}</dd>
        <dd>{text_with("offered-window", [("from", from.into()), ("until", until.into())])}</dd>
        <dd>{text_with("offered-package", [("attempt", attempt.into())])}</dd>
    }
}
