//! A badge that does not name its holder.

use api::IssuedBadge;
use gloo_net::http::Method;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    candidate::{App, words},
    catalogue::text,
    platform::{base64, fetch, files},
    widgets::Alert,
};

#[component]
pub(super) fn Badge(app: App, number: String) -> impl IntoView {
    let made = RwSignal::new(None::<IssuedBadge>);
    let busy = RwSignal::new(false);
    let message = RwSignal::new(None::<String>);
    let make = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let token = app.token.get_untracked();
            match fetch::send::<IssuedBadge>(Method::POST, "/api/v1/attempt/badge", &token).await {
                Ok(badge) => {
                    message.set(None);
                    made.set(Some(badge));
                }
                Err(error) => message.set(Some(words::refused(&error))),
            }
            busy.set(false);
        });
    };
    let number = StoredValue::new(number);
    // The files do not bear the certificate's number: who gets one is not to know it. Only the salt's does, for the holder.
    let salt = move |salt: String| {
        files::download(
            &format!("{}-badge-salt.txt", number.get_value()),
            "text/plain",
            format!("{salt}\n").as_bytes(),
        );
    };
    view! {
        <section class="documents">
            <h2>{text("documents-nameless-title")}</h2>
            <p>{text("documents-nameless")}</p>
            <div class="actions">
                <button type="button" on:click=make>
                    {move || text(if busy.get() { "checking" } else { "documents-nameless-make" })}
                </button>
            </div>
            <div aria-live="polite">
                {move || made.get().map(|badge| {
                    let IssuedBadge { badge, salt: secret, svg, png } = badge;
                    let shown = secret.clone();
                    view! {
                        <dl class="facts">
                            <dt>{text("documents-nameless-salt")}</dt>
                            <dd class="number">{shown}</dd>
                        </dl>
                        <p class="hint">{text("documents-nameless-keep")}</p>
                        <div class="actions">
                            <button type="button" on:click=move |_| {
                                let bytes = base64::decode(&png).unwrap_or_default();
                                files::download("badge.png", "image/png", &bytes);
                            }>{text("documents-nameless-png")}</button>
                            <button type="button" on:click=move |_| {
                                files::download("badge.svg", "image/svg+xml", svg.as_bytes());
                            }>{text("documents-nameless-svg")}</button>
                            <button type="button" on:click=move |_| files::download_json("badge.json", &badge)>
                                {text("documents-nameless-json")}
                            </button>
                            <button type="button" on:click=move |_| salt(secret.clone())>
                                {text("documents-nameless-salt")}
                            </button>
                        </div>
                    }
                })}
            </div>
            <Alert message=message.into()/>
        </section>
    }
}
