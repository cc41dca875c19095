//! The proctor's part, which whoever rehearses plays too.

use leptos::{prelude::*, task::spawn_local};
use signing::code::Code128;

use super::stored;
use crate::{
    candidate::App,
    catalogue::{text, text_with},
    platform::random,
    widgets::Alert,
};

/// The codes that a proctor hands out in the course of an exam; closed until they are wanted.
#[component]
pub(crate) fn ProctorNote(app: App) -> impl IntoView {
    let Some(codes) = app.rehearsal.codes.get_untracked().map(|drawn| drawn.proctor) else { return ().into_any() };
    // A proctor reads any fresh one out.
    let challenge = Code128::from_bytes(random::bytes()).to_string();
    let code = |label: String, code: String| view! { <dt>{label}</dt><dd class="number">{code}</dd> };
    view! {
        <aside class="page" aria-label=text("proctor-title")>
            <details class="part">
                <summary>{text("proctor-title")}</summary>
                <p>{text("proctor-what")}</p>
                <dl class="facts">
                    {code(text_with("codes-extra-time", [("minutes", codes.extra_time.minutes.into())]), codes.extra_time.code)}
                    {code(text("codes-pause"), codes.pause)}
                    {code(text("codes-end-what"), codes.end)}
                    {code(text("check-in-label"), challenge)}
                </dl>
                <p>{text("proctor-network")}</p>
                <Discard app/>
            </details>
        </aside>
    }
    .into_any()
}

/// The way out.
#[component]
pub(crate) fn Discard(app: App) -> impl IntoView {
    let message = RwSignal::new(None::<String>);
    let discard = move |_| {
        spawn_local(async move {
            message.try_set(stored::leave(app).await.err());
        });
    };
    view! {
        <div class="actions">
            <button type="button" class="quiet" on:click=discard>{text("rehearsal-discard")}</button>
        </div>
        <Alert message=message.into()/>
    }
}
