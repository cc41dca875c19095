//! From the code to the rules.

use api::{Admission, Admitted, AttemptState, AttemptStatus, ProblemCode};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use signing::code::{Code80, CodeError};

use worker_protocol::Stored;

use super::{App, Step, leftover};
use crate::{
    catalogue::{text, text_with},
    platform::{
        clock,
        fetch::{self, FetchError},
        focus,
    },
    widgets::{Alert, Heading},
};

const CODE_FIELD: &str = "admission-code";

/// Takes up the attempt that is stored here; waits for the network as long as that takes. An attempt that has ended makes
/// room for the next candidate at this computer.
pub(super) async fn return_to(app: App, stored: Stored) {
    app.token.set(stored.attempt.token.clone());
    let mut pause = 500;
    loop {
        match fetch::get::<AttemptStatus>("/api/v1/attempt", Some(&stored.attempt.token)).await {
            Ok(status) if status.state == AttemptState::Submitted => {
                leftover::clear_away(app, stored).await;
                return app.step.set(Step::Code);
            }
            Ok(status) => return app.go_on(status),
            Err(error) if error.is_passing() => {
                app.entry_error.set(Some(text("opening-no-server")));
                clock::sleep(pause).await;
                pause = (pause * 2).min(8_000);
            }
            // The token has run out or is not this server's: the code opens the attempt again.
            Err(_) => return app.step.set(Step::Code),
        }
    }
}

/// The words for a failed request.
pub(super) fn words(error: &FetchError) -> String {
    match error {
        FetchError::Unreachable | FetchError::Unreadable => text("error-unreachable"),
        FetchError::Refused(problem) => match problem.code() {
            Some(ProblemCode::CodeUnknown) => text("error-code-unknown"),
            Some(ProblemCode::CodeExpired) => text("error-code-expired"),
            Some(ProblemCode::CodeMistyped) => text("error-code-mistyped"),
            Some(ProblemCode::OtherDevice) => text("error-other-device"),
            Some(ProblemCode::NotOpenYet) => {
                text_with("error-not-open-yet", [("detail", problem.detail.as_str().into())])
            }
            Some(ProblemCode::WindowOver) => {
                text_with("error-window-over", [("detail", problem.detail.as_str().into())])
            }
            Some(ProblemCode::TooManyTries) => {
                let seconds = problem.retry_after.unwrap_or(60);
                text_with("error-too-many-tries", [("seconds", seconds.into())])
            }
            _ => text_with("error-other", [("detail", problem.detail.as_str().into())]),
        },
    }
}

fn code_words(error: &CodeError) -> String {
    match error {
        CodeError::Length { expected, got } => {
            text_with("error-code-length", [("expected", (*expected).into()), ("got", (*got).into())])
        }
        CodeError::Character { place, character } => {
            text_with("error-code-character", [("place", (*place).into()), ("character", character.to_string().into())])
        }
        CodeError::Check | CodeError::Prefix => text("error-code-mistyped"),
    }
}

/// Typing the admission code.
#[component]
pub(super) fn CodePage(app: App) -> impl IntoView {
    let code = RwSignal::new(String::new());
    let message = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let fail = move |words: String| {
        message.set(Some(words));
        busy.set(false);
        focus::by_id(CODE_FIELD);
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        message.set(None);
        let typed = match Code80::parse(&code.get_untracked()) {
            Ok(typed) => typed.to_string(),
            Err(error) => return fail(code_words(&error)),
        };
        busy.set(true);
        spawn_local(async move {
            match fetch::post::<_, Admitted>("/api/v1/attempts/admit", None, &Admission { code: typed }).await {
                Ok(admitted) => {
                    app.token.set(admitted.token);
                    app.go_on(admitted.status);
                }
                Err(error) => fail(words(&error)),
            }
        });
    };
    view! {
        <main class="page narrow">
            <Heading title=text("code-title")/>
            <p>{text("code-intro")}</p>
            <form on:submit=submit>
                <label for=CODE_FIELD>{text("code-label")}</label>
                <p class="hint" id="code-hint">{text("code-hint")}</p>
                <input
                    id=CODE_FIELD
                    class="code"
                    autocomplete="off"
                    autocapitalize="characters"
                    spellcheck="false"
                    aria-describedby="code-hint"
                    aria-invalid=move || message.with(Option::is_some).then_some("true")
                    prop:value=code
                    on:input=move |event| code.set(event_target_value(&event))
                />
                <Alert message=message.into()/>
                <button type="submit" class="primary" aria-disabled=move || busy.get().then_some("true")>
                    {move || if busy.get() { text("checking") } else { text("continue") }}
                </button>
            </form>
            <p class="aside"><a href="/verify">{text("code-verify-link")}</a></p>
        </main>
    }
}

/// Is this you?
#[component]
pub(super) fn IdentityPage(app: App) -> impl IntoView {
    let status = app.status.get_untracked();
    let name = status.as_ref().map(|status| status.candidate.name.clone()).unwrap_or_default();
    let exam = status.as_ref().map(|status| status.exam.title.clone()).unwrap_or_default();
    let body = status.map(|status| status.exam.exam_body).unwrap_or_default();
    view! {
        <main class="page narrow">
            <Heading title=text("identity-title")/>
            <dl class="facts">
                <dt>{text("identity-name")}</dt>
                <dd class="name">{name}</dd>
                <dt>{text("identity-exam")}</dt>
                <dd>{exam}</dd>
                <dt>{text("identity-body")}</dt>
                <dd>{body}</dd>
            </dl>
            <p>{text("identity-advice")}</p>
            <div class="actions">
                <button type="button" class="primary" on:click=move |_| app.step.set(Step::Rules)>
                    {text("identity-yes")}
                </button>
                <button type="button" on:click=move |_| app.step.set(Step::Code)>{text("identity-no")}</button>
            </div>
        </main>
    }
}

/// What holds in the exam.
#[component]
pub(super) fn RulesPage(app: App) -> impl IntoView {
    let agreed = RwSignal::new(false);
    let message = RwSignal::new(None::<String>);
    let Some(exam) = app.status.get_untracked().map(|status| status.exam) else { return ().into_any() };
    let minutes = exam.duration_ms / 60_000;
    let extra = exam.extra_ms / 60_000;
    let go_on = move |_| {
        if agreed.get_untracked() {
            app.step.set(Step::Readiness);
        } else {
            message.set(Some(text("rules-agree-first")));
            focus::by_id("agree");
        }
    };
    view! {
        <main class="page">
            <Heading title=text("rules-title")/>
            <ul class="rules">
                <li>{text_with("rules-items", [("items", exam.items.into())])}</li>
                <li>{text_with("rules-time", [("minutes", minutes.into())])}</li>
                {(extra > 0).then(|| view! { <li>{text_with("rules-extra", [("minutes", extra.into())])}</li> })}
                <li>{text_with("rules-cut", [("cut", exam.cut_score.into()), ("items", exam.items.into())])}</li>
                <li>{text(if exam.open_book { "rules-open-book" } else { "rules-closed-book" })}</li>
                <li>{text("rules-no-penalty")}</li>
            </ul>
            <h2>{text("rules-safety-title")}</h2>
            <p>{text("rules-safety")}</p>
            <h2>{text("rules-record-title")}</h2>
            <p>{text("rules-record")}</p>
            <ul>
                <li>{text("rules-record-answers")}</li>
                <li>{text("rules-record-signs")}</li>
            </ul>
            <p>{text("rules-record-not")}</p>
            <label class="choice-row">
                <input
                    type="checkbox"
                    id="agree"
                    prop:checked=agreed
                    on:change=move |event| agreed.set(event_target_checked(&event))
                />
                <span>{text("rules-agree")}</span>
            </label>
            <Alert message=message.into()/>
            <div class="actions">
                <button type="button" class="primary" on:click=go_on>{text("continue")}</button>
                <button type="button" on:click=move |_| app.step.set(Step::Identity)>{text("back")}</button>
            </div>
        </main>
    }
    .into_any()
}
