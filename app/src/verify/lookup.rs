//! Last name and certificate number.

use api::{Lookup, LookupAnswer, LookupMatch, MatchState};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use signing::code::CertificateNumber;

use crate::{
    catalogue::text,
    platform::{
        fetch::{self, FetchError},
        focus,
    },
    widgets::Alert,
};

/// The number that the QR code of a certificate carries in the address.
fn number_from_address() -> String {
    let fragment = crate::platform::window().location().hash().unwrap_or_default();
    let number = fragment.strip_prefix("#number=").unwrap_or_default();
    if CertificateNumber::parse(number).is_ok() { number.to_owned() } else { String::new() }
}

#[component]
pub(super) fn LookUp() -> impl IntoView {
    let number = RwSignal::new(number_from_address());
    let last_name = RwSignal::new(String::new());
    let message = RwSignal::new(None::<String>);
    let answer = RwSignal::new(None::<LookupAnswer>);
    let busy = RwSignal::new(false);
    if !number.get_untracked().is_empty() {
        focus::by_id("last-name");
    }
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        answer.set(None);
        message.set(None);
        if last_name.get_untracked().trim().is_empty() {
            message.set(Some(text("lookup-name-missing")));
            return focus::by_id("last-name");
        }
        if CertificateNumber::parse(&number.get_untracked()).is_err() {
            message.set(Some(text("lookup-number-mistyped")));
            return focus::by_id("number");
        }
        busy.set(true);
        spawn_local(async move {
            let lookup = Lookup { last_name: last_name.get_untracked(), number: number.get_untracked() };
            match fetch::post("/api/v1/certificates/lookup", None, &lookup).await {
                Ok(found) => answer.set(Some(found)),
                Err(FetchError::Refused(problem)) => message.set(Some(problem.detail)),
                Err(_) => message.set(Some(text("error-unreachable"))),
            }
            busy.set(false);
        });
    };
    view! {
        <section class="card" aria-labelledby="by-number">
            <h2 id="by-number">{text("lookup-title")}</h2>
            <form on:submit=submit>
                <label for="last-name">{text("lookup-name")}</label>
                <input id="last-name" autocomplete="off" prop:value=last_name
                    on:input=move |event| last_name.set(event_target_value(&event))/>
                <label for="number">{text("lookup-number")}</label>
                <input id="number" class="code" autocomplete="off" spellcheck="false" prop:value=number
                    aria-describedby="number-hint" on:input=move |event| number.set(event_target_value(&event))/>
                <p class="hint" id="number-hint">{text("lookup-number-hint")}</p>
                <Alert message=message.into()/>
                <button type="submit" class="primary">
                    {move || text(if busy.get() { "checking" } else { "lookup-submit" })}
                </button>
            </form>
            <div aria-live="polite">
                {move || answer.get().map(|answer| match answer.found {
                    Some(found) => matched(found).into_any(),
                    None => view! { <p class="verdict bad">{text("lookup-none")}</p> }.into_any(),
                })}
            </div>
        </section>
    }
}

fn matched(found: LookupMatch) -> impl IntoView {
    let day = |at: chrono::DateTime<chrono::Utc>| at.format("%-d %B %Y").to_string();
    let (class, word) = match found.state {
        MatchState::Valid => ("verdict good", "lookup-valid"),
        MatchState::Expired => ("verdict bad", "lookup-expired"),
        MatchState::Revoked => ("verdict bad", "lookup-revoked"),
        MatchState::Suspended => ("verdict bad", "lookup-suspended"),
    };
    view! {
        <p class=class><strong>{text(word)}</strong></p>
        {found.demonstration.then(|| view! { <p class="demonstration">{text("demonstration-mark")}</p> })}
        <dl class="facts">
            <dt>{text("facts-holder")}</dt>
            <dd class="name">{found.holder}</dd>
            <dt>{text("facts-credential")}</dt>
            <dd>{found.credential}</dd>
            <dt>{text("facts-issuer")}</dt>
            <dd>{found.issuer}</dd>
            <dt>{text("facts-number")}</dt>
            <dd class="number">{found.number}</dd>
            <dt>{text("facts-from")}</dt>
            <dd>{day(found.valid_from)}</dd>
            <dt>{text("facts-until")}</dt>
            <dd>{day(found.valid_until)}</dd>
        </dl>
    }
}
