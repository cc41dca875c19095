//! The certificate and the CPD record.

use api::IssuedDocuments;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    candidate::{App, words},
    catalogue::{text, text_with},
    platform::{fetch, files},
    widgets::Alert,
};

/// The certificate and the CPD record to keep.
#[component]
pub(super) fn Documents(app: App, number: String, credits: Option<u32>) -> impl IntoView {
    let message = RwSignal::new(None::<String>);
    let name = number.clone();
    let pdf = move |_| {
        let name = format!("{name}.pdf");
        spawn_local(async move {
            match fetch::get_bytes("/api/v1/attempt/certificate.pdf", Some(&app.token.get_untracked())).await {
                Ok(bytes) => files::download(&name, "application/pdf", &bytes),
                Err(error) => message.set(Some(words::refused(&error))),
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
                    files::download_json(&format!("{}-{suffix}.json", found.number), &document);
                }
                Err(error) => message.set(Some(words::refused(&error))),
            }
        });
    };
    let token = move |_| {
        spawn_local(async move {
            let token = app.token.get_untracked();
            match fetch::get::<IssuedDocuments>("/api/v1/attempt/documents", Some(&token)).await {
                Ok(found) => {
                    let name = format!("{}-certificate.jwt", found.number);
                    files::download(&name, "application/vc+jwt", found.certificate_jwt.as_bytes());
                }
                Err(error) => message.set(Some(words::refused(&error))),
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
                <button type="button" on:click=token>{text("documents-jwt")}</button>
            </div>
            <p class="hint">{text("documents-hint")}</p>
            <Alert message=message.into()/>
        </section>
    }
}
