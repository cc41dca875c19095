//! What came of it.

use api::{Resulting, SittingResult};
use leptos::{prelude::*, task::spawn_local};

use super::{documents::Documents, records::RecordsView};
use crate::{
    candidate::{App, words},
    catalogue::{text, text_with},
    platform::{clock, fetch},
    widgets::{Alert, Busy, Heading},
};

/// What came of it.
#[component]
pub(crate) fn ResultPage(app: App) -> impl IntoView {
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
                        message.set(Some(words::refused(&error)));
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
    let retake = result.retake.as_ref().map(|retake| clock::day(retake.earliest, &text("locale")));
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
        <RecordsView app/>
        <p class="aside">{text(if app.cleared.get_untracked() { "result-come-back" } else { "result-not-cleared" })}</p>
        <div class="actions">
            <button type="button" on:click=move |_| { let _ = crate::platform::window().location().reload(); }>
                {text("result-leave")}
            </button>
        </div>
    }
}
