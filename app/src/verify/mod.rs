//! The verifier's page: a file is checked here, in the browser; a name and number are looked up at the issuer.

mod lookup;
mod report;

use leptos::{prelude::*, task::spawn_local};
use signing::verify::{Report, TrustBundle, verify};
use web_sys::File;

use crate::{
    catalogue::text,
    platform::{clock, fetch, files},
    widgets::{Alert, FileDrop},
};

/// The whole page.
#[component]
pub fn Verify() -> impl IntoView {
    let trust = RwSignal::new(None::<TrustBundle>);
    let found = RwSignal::new(None::<Report>);
    let message = RwSignal::new(None::<String>);
    spawn_local(async move {
        match fetch::get("/api/v1/trust", None).await {
            Ok(bundle) => trust.set(Some(bundle)),
            Err(_) => message.set(Some(text("verify-no-trust"))),
        }
    });
    let check = move |file: File| {
        spawn_local(async move {
            found.set(None);
            let Some(bundle) = trust.get_untracked() else {
                return message.set(Some(text("verify-no-trust")));
            };
            // One byte more than is read tells the verifier that the file is too long.
            let limit = u32::try_from(signing::json::MAX_BYTES).unwrap_or(u32::MAX).saturating_add(1);
            match files::read(&file, limit).await {
                Some(bytes) => {
                    message.set(None);
                    found.set(Some(verify(&bytes, &bundle, now())));
                }
                None => message.set(Some(text("verify-unreadable"))),
            }
        });
    };
    view! {
        <main class="page">
            <h1>{text("verify-title")}</h1>
            <p>{text("verify-intro")}</p>
            <section class="card" aria-labelledby="by-file">
                <h2 id="by-file">{text("verify-file-title")}</h2>
                <FileDrop id="file" label=text("verify-file-label") hint=text("verify-file-hint")
                    accept=".json,application/json" on_file=check/>
                <Alert message=message.into()/>
                <div aria-live="polite">{move || found.get().map(report::view)}</div>
            </section>
            <lookup::LookUp/>
            <p class="aside">{move || trust.get().map(report::trust_note)}</p>
        </main>
    }
}

fn now() -> chrono::DateTime<chrono::Utc> {
    let ms = i64::try_from(clock::stamp().wall_ms).unwrap_or_default();
    chrono::DateTime::from_timestamp_millis(ms).unwrap_or_default()
}
