//! What a candidate keeps once the exam body has everything.

use leptos::prelude::*;
use signing::signed::Signed;
use sitting::{Acknowledgement, Receipt};

use super::receipt;
use crate::{
    candidate::App,
    catalogue::{text, text_with},
    platform::{clock, files},
    widgets::Heading,
};

/// The receipt of this device, and the exam body's word for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Records {
    pub(crate) receipt: Option<Receipt>,
    pub(crate) acknowledgement: Option<Signed<Acknowledgement>>,
}

/// Both, to save.
#[component]
pub(super) fn RecordsView(app: App) -> impl IntoView {
    let Some(Records { receipt, acknowledgement }) = app.records.get_untracked() else { return ().into_any() };
    let code = receipt.as_ref().and_then(|receipt| receipt.code().ok()).map(|code| code.to_string());
    let received = acknowledgement.as_ref().map(|signed| {
        let at = clock::local(signed.document.received_ms, &text("locale"));
        text_with("records-received", [("at", at.into()), ("lines", signed.document.count.into())])
    });
    view! {
        <section class="part">
            <h2>{text("records-title")}</h2>
            {received.map(|words| view! { <p>{words}</p> })}
            {code.map(|code| view! { <p>{text_with("records-receipt", [("code", code.into())])}</p> })}
            <div class="actions">
                {receipt.map(|document| view! {
                    <button type="button" on:click=move |_| receipt::save(&document)>{text("receipt-save")}</button>
                })}
                {acknowledgement.map(|signed| view! {
                    <button type="button" on:click=move |_| save(&signed)>{text("records-save")}</button>
                })}
            </div>
        </section>
    }
    .into_any()
}

fn save(signed: &Signed<Acknowledgement>) {
    let name = format!("invigil-acknowledgement-{}.json", signed.document.attempt);
    files::download_json(&name, signed);
}

/// The exam body has everything, and whoever sits here now need not be the candidate: the result takes the code.
#[component]
pub(crate) fn ReceivedPage(app: App) -> impl IntoView {
    view! {
        <main class="page narrow">
            <Heading title=text("received-title")/>
            <p>{text(if app.cleared.get_untracked() { "received" } else { "result-not-cleared" })}</p>
            <RecordsView app/>
            <div class="actions">
                <button type="button" class="primary" on:click=move |_| { let _ = crate::platform::window().location().reload(); }>
                    {text("result-leave")}
                </button>
            </div>
        </main>
    }
}
