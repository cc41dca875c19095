//! The certificate and the CPD record.

mod nameless;
mod sharing;

use api::IssuedDocuments;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    candidate::{App, words},
    catalogue::{text, text_with},
    platform::{fetch, files},
    widgets::Alert,
};

/// A file of the certificate: its address, what its name ends with, its type.
type Form = (&'static str, &'static str, &'static str);

const PDF: Form = ("/api/v1/attempt/certificate.pdf", "pdf", "application/pdf");
const PNG: Form = ("/api/v1/attempt/badge.png", "png", "image/png");
const SVG: Form = ("/api/v1/attempt/badge.svg", "svg", "image/svg+xml");

/// The certificate and the CPD record to keep.
#[component]
pub(super) fn Documents(app: App, number: String, credits: Option<u32>) -> impl IntoView {
    let message = RwSignal::new(None::<String>);
    let linkedin = RwSignal::new(None::<String>);
    let named = StoredValue::new(number.clone());
    let fetch_file = move |(address, extension, kind): Form| {
        spawn_local(async move {
            match fetch::get_bytes(address, Some(&app.token.get_untracked())).await {
                Ok(bytes) => files::download(&format!("{}.{extension}", named.get_value()), kind, &bytes),
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
    // The link's address is part of the page, so that the browser says where it leads before anybody follows it.
    spawn_local(async move {
        let token = app.token.get_untracked();
        if let Ok(found) = fetch::get::<IssuedDocuments>("/api/v1/attempt/documents", Some(&token)).await {
            linkedin.set(Some(found.add_to_profile));
        }
    });
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
                <button type="button" class="primary" on:click=move |_| fetch_file(PDF)>{text("documents-pdf")}</button>
                <button type="button" on:click=move |_| fetch_file(PNG)>{text("documents-png")}</button>
                <button type="button" on:click=move |_| fetch_file(SVG)>{text("documents-svg")}</button>
                <button type="button" on:click=move |_| json(true)>{text("documents-json")}</button>
                <button type="button" on:click=move |_| json(false)>{text("documents-cpd-json")}</button>
                <button type="button" on:click=token>{text("documents-jwt")}</button>
            </div>
            <p class="hint">{text("documents-hint")}</p>
            {move || linkedin.get().map(|address| view! {
                <p><a href=address target="_blank" rel="noopener noreferrer">{text("documents-linkedin")}</a></p>
            })}
            <Alert message=message.into()/>
        </section>
        <sharing::Share app/>
        <nameless::Badge app number=named.get_value()/>
    }
}
