//! The page that a holder makes public, and takes back.

use api::Sharing;
use gloo_net::http::Method;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    candidate::{App, words},
    catalogue::text,
    platform::fetch,
    widgets::Alert,
};

const ADDRESS: &str = "/api/v1/attempt/sharing";

#[component]
pub(super) fn Share(app: App) -> impl IntoView {
    let state = RwSignal::new(None::<Sharing>);
    let message = RwSignal::new(None::<String>);
    let ask = move |method: Method| {
        spawn_local(async move {
            match fetch::send::<Sharing>(method, ADDRESS, &app.token.get_untracked()).await {
                Ok(found) => {
                    message.set(None);
                    state.set(Some(found));
                }
                Err(error) => message.set(Some(words::refused(&error))),
            }
        });
    };
    ask(Method::GET);
    view! {
        <section class="documents">
            <h2>{text("documents-share-title")}</h2>
            <div aria-live="polite">
                {move || state.get().map(|state| match state.address {
                    Some(address) => view! {
                        <p>{text("documents-share-on")}</p>
                        <p>{linked(address)}</p>
                        <div class="actions">
                            <button type="button" on:click=move |_| ask(Method::DELETE)>
                                {text("documents-share-stop")}
                            </button>
                        </div>
                    }.into_any(),
                    None => view! {
                        <p>{text("documents-share-off")}</p>
                        <div class="actions">
                            <button type="button" on:click=move |_| ask(Method::PUT)>{text("documents-share-start")}</button>
                        </div>
                    }.into_any(),
                })}
            </div>
            <Alert message=message.into()/>
        </section>
    }
}

fn linked(address: String) -> impl IntoView {
    let shown = address.clone();
    view! { <a href=address>{shown}</a> }
}
