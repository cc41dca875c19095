//! After handing in: waiting for the server to have everything, then the result.

use api::{IssuedDocuments, Resulting, SittingResult};
use leptos::{prelude::*, task::spawn_local};

use super::{App, Step, arrival::words, save_state::SaveState, session::Link};
use crate::{
    catalogue::{text, text_with},
    platform::{clock, fetch, files},
    widgets::{Alert, Busy, Heading},
};

/// Handed in here; the server may not have everything yet.
#[component]
pub(super) fn HandedInPage(app: App) -> impl IntoView {
    let Some(session) = app.session.get_untracked() else { return ().into_any() };
    let by_candidate = session.answers.with_untracked(|answers| answers.submission().is_some());
    Effect::new(move |_| {
        let everything = session.link.get() == Link::Received && session.ended.get();
        if everything {
            spawn_local(async move {
                app.cleared.set(session.forget().await);
                app.step.set(Step::Result);
            });
        }
    });
    view! {
        <main class="page narrow">
            <Heading title=text(if by_candidate { "handed-in-title" } else { "ended-title" })/>
            <p>{text("handed-in")}</p>
            <SaveState session/>
            <p>{text("handed-in-wait")}</p>
        </main>
    }
    .into_any()
}

/// What came of it.
#[component]
pub(super) fn ResultPage(app: App) -> impl IntoView {
    let result = RwSignal::new(None::<SittingResult>);
    let message = RwSignal::new(None::<String>);
    let load = move || {
        spawn_local(async move {
            let mut pause = 1_000;
            loop {
                match fetch::get::<SittingResult>("/api/v1/attempt/result", Some(&app.token.get_untracked())).await {
                    Ok(found) => {
                        message.set(None);
                        return result.set(Some(found));
                    }
                    Err(error) => {
                        message.set(Some(words(&error)));
                        if !error.is_passing() {
                            return;
                        }
                    }
                }
                clock::sleep(pause).await;
                pause = (pause * 2).min(15_000);
            }
        });
    };
    load();
    view! {
        <main class="page">
            {move || match result.get() {
                None => view! { <Busy doing=text("result-loading")/> }.into_any(),
                Some(found) => outcome(app, found).into_any(),
            }}
            <Alert message=message.into()/>
        </main>
    }
}

fn outcome(app: App, result: SittingResult) -> impl IntoView {
    let (title, intro) = match result.outcome {
        Resulting::Pass => ("result-pass-title", "result-pass"),
        Resulting::Fail => ("result-fail-title", "result-fail"),
        Resulting::Referred => ("result-referred-title", "result-referred"),
    };
    let weak: Vec<String> =
        result.domains.iter().filter(|domain| domain.weak).map(|domain| domain.title.clone()).collect();
    let weak = (result.outcome == Resulting::Fail && !weak.is_empty()).then_some(weak);
    let retake = result.retake.as_ref().map(|retake| retake.earliest.format("%-d %B %Y").to_string());
    let domains = result.domains.clone();
    view! {
        <Heading title=text(title)/>
        <p>{text(intro)}</p>
        {result.certificate_number.clone().map(|number| view! { <Documents app number credits=result.cpd_credits/> })}
        {weak.map(|weak| view! {
            <h2>{text("result-weak-title")}</h2>
            <ul>{weak.into_iter().map(|title| view! { <li>{title}</li> }).collect_view()}</ul>
        })}
        {retake.map(|day| view! { <p>{text_with("result-retake", [("day", day.into())])}</p> })}
        {(!domains.is_empty()).then(|| view! {
            <h2>{text("result-domains-title")}</h2>
            <table class="bands">
                <thead>
                    <tr><th scope="col">{text("result-domain")}</th><th scope="col">{text("result-band")}</th></tr>
                </thead>
                <tbody>
                    {domains.into_iter().map(|domain| view! {
                        <tr><th scope="row">{domain.title}</th><td>{domain.band}</td></tr>
                    }).collect_view()}
                </tbody>
            </table>
        })}
        <p class="aside">{text(if app.cleared.get_untracked() { "result-come-back" } else { "result-not-cleared" })}</p>
        <div class="actions">
            <button type="button" on:click=move |_| { let _ = crate::platform::window().location().reload(); }>
                {text("result-leave")}
            </button>
        </div>
    }
}

/// The certificate and the CPD record to keep.
#[component]
fn Documents(app: App, number: String, credits: Option<u32>) -> impl IntoView {
    let message = RwSignal::new(None::<String>);
    let name = number.clone();
    let pdf = move |_| {
        let name = format!("{name}.pdf");
        spawn_local(async move {
            match fetch::get_bytes("/api/v1/attempt/certificate.pdf", &app.token.get_untracked()).await {
                Ok(bytes) => files::download(&name, "application/pdf", &bytes),
                Err(error) => message.set(Some(words(&error))),
            }
        });
    };
    let json = move |certificate: bool| {
        spawn_local(async move {
            let token = app.token.get_untracked();
            match fetch::get::<IssuedDocuments>("/api/v1/attempt/documents", Some(&token)).await {
                Ok(found) => {
                    let (suffix, document) =
                        if certificate { ("certificate", found.certificate) } else { ("cpd", found.cpd_record) };
                    let text = serde_json::to_string_pretty(&document).unwrap_or_default();
                    files::download(&format!("{}-{suffix}.json", found.number), "application/json", text.as_bytes());
                }
                Err(error) => message.set(Some(words(&error))),
            }
        });
    };
    view! {
        <section class="documents">
            <h2>{text("documents-title")}</h2>
            <dl class="facts">
                <dt>{text("documents-number")}</dt>
                <dd class="number">{number}</dd>
                {credits.map(|credits| view! {
                    <dt>{text("documents-cpd")}</dt>
                    <dd>{text_with("documents-credits", [("credits", credits.into())])}</dd>
                })}
            </dl>
            <div class="actions">
                <button type="button" class="primary" on:click=pdf>{text("documents-pdf")}</button>
                <button type="button" on:click=move |_| json(true)>{text("documents-json")}</button>
                <button type="button" on:click=move |_| json(false)>{text("documents-cpd-json")}</button>
            </div>
            <p class="hint">{text("documents-hint")}</p>
            <Alert message=message.into()/>
        </section>
    }
}
