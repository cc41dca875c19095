//! Typing the codes.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use signing::code::Code80;

use super::{
    admit::{self, Denied},
    file::PackageFile,
    offered::OfferedCard,
    package::PackageCard,
};
use crate::{
    candidate::{App, rehearsal, words},
    catalogue::{text, text_with},
    platform::focus,
    practice::PracticeLink,
    widgets::{Alert, CodeField, Heading},
};

pub(super) const ADMISSION: &str = "admission-code";
const RELEASE: &str = "release-code";

/// The admission code; without a network, and in a rehearsal, also the release code.
#[component]
pub(crate) fn CodePage(app: App) -> impl IntoView {
    let admission = RwSignal::new(String::new());
    let release = RwSignal::new(String::new());
    let rehearsing = app.rehearsal.is_on();
    let offline = RwSignal::new(rehearsing);
    let moving = RwSignal::new(false);
    let message = RwSignal::new(app.entry_error.get_untracked());
    let notice = RwSignal::new(None::<String>);
    let wrong = RwSignal::new(None::<&'static str>);
    let busy = RwSignal::new(false);
    app.entry_error.set(None);
    let fail = move |field: &'static str, words: String| {
        let named = if field == RELEASE { "code-fault-release" } else { "code-fault-admission" };
        let words = if offline.get_untracked() { text_with(named, [("fault", words.into())]) } else { words };
        message.set(Some(words));
        wrong.set(Some(field));
        focus::by_id(field);
    };
    let go_offline = move || {
        offline.set(true);
        message.set(None);
        // The page may have gone while the server was asked.
        let Some(typed) = admission.try_get_untracked() else { return };
        let typed = Code80::parse(&typed).is_ok();
        focus::by_id(if typed { RELEASE } else { ADMISSION });
    };
    let go_online = move || {
        offline.set(false);
        notice.set(None);
        message.set(None);
        focus::by_id(ADMISSION);
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        message.set(None);
        wrong.set(None);
        let admission = match Code80::parse(&admission.get_untracked()) {
            Ok(code) => code,
            Err(error) => return fail(ADMISSION, words::code(&error)),
        };
        let release = match offline.get_untracked().then(|| Code80::parse(&release.get_untracked())).transpose() {
            Ok(code) => code,
            Err(error) => return fail(RELEASE, words::code(&error)),
        };
        let goes_on = moving.get_untracked();
        busy.set(true);
        spawn_local(async move {
            let done = match (rehearsal::give_way(app).await, release) {
                (Err(words), _) => Err(words.into()),
                (Ok(()), None) => admit::online(app, admission).await,
                (Ok(()), Some(release)) => admit::offline(app, admission, release, goes_on).await,
            };
            busy.try_set(false);
            match done {
                Ok(()) => {}
                Err(Denied::Away) if app.attempt().is_some() => {
                    go_offline();
                    notice.set(Some(text("code-no-server")));
                }
                Err(Denied::Away) => {
                    message.set(Some(text("code-no-server-no-package")));
                    focus::by_id(ADMISSION);
                }
                Err(Denied::Words(words)) => {
                    message.set(Some(words));
                    wrong.set(Some(ADMISSION));
                    focus::by_id(ADMISSION);
                }
            }
        });
    };
    let invalid = move |field: &'static str| Signal::derive(move || wrong.get() == Some(field));
    view! {
        <main class="page narrow">
            <Heading title=text("code-title")/>
            {if rehearsing {
                view! { <rehearsal::CodesCard app/> }.into_any()
            } else {
                view! {
                    {move || app.package.get().map(|manifest| view! { <PackageCard app manifest/> })}
                    <OfferedCard app/>
                    <rehearsal::InterruptedCard app/>
                    <p>{text("code-intro")}</p>
                }
                .into_any()
            }}
            <form on:submit=submit novalidate>
                <CodeField id=ADMISSION label=text("code-label") hint=text("code-hint") value=admission
                    invalid=invalid(ADMISSION)/>
                <div role="status">{move || notice.get().map(|words| view! { <p class="note">{words}</p> })}</div>
                <Show when=move || offline.get()>
                    <CodeField id=RELEASE label=text("release-label") hint=text("release-hint") value=release
                        invalid=invalid(RELEASE)/>
                    {(!rehearsing).then(|| view! {
                        <label class="choice-row">
                            <input type="checkbox" id="moving" prop:checked=moving
                                on:change=move |event| moving.set(event_target_checked(&event))/>
                            <span>{text("code-moving")}</span>
                        </label>
                    })}
                </Show>
                <Alert message=message.into()/>
                <div class="actions">
                    <button type="submit" class="primary" aria-disabled=move || busy.get().then_some("true")>
                        {move || text(if busy.get() { "checking" } else { "continue" })}
                    </button>
                    {move || {
                        let here = !rehearsing && app.package.with(Option::is_some);
                        match (here, offline.get()) {
                            (true, false) => view! {
                                <button type="button" on:click=move |_| go_offline()>{text("code-offline")}</button>
                            }
                            .into_any(),
                            (true, true) => view! {
                                <button type="button" on:click=move |_| go_online()>{text("code-online")}</button>
                            }
                            .into_any(),
                            _ => ().into_any(),
                        }
                    }}
                </div>
            </form>
            {if rehearsing {
                view! { <rehearsal::Discard app/> }.into_any()
            } else {
                view! {
                    <PackageFile app/>
                    <rehearsal::TryOut app/>
                    {app.session.with_untracked(Option::is_none).then(|| view! { <PracticeLink reached=app.reached/> })}
                    <p class="aside"><a href="/verify">{text("code-verify-link")}</a></p>
                }
                .into_any()
            }}
        </main>
    }
}
