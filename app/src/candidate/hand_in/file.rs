//! The response file: everything that was written here, sealed for the exam body.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    candidate::Session,
    catalogue::{text, text_with},
    platform::files,
    widgets::Alert,
};

/// Saves the response file; as often as wanted.
#[component]
pub(crate) fn ResponseFileButton(session: Session) -> impl IntoView {
    let message = RwSignal::new(None::<String>);
    let saved = RwSignal::new(None::<String>);
    let save = move |_| {
        message.set(None);
        saved.set(None);
        spawn_local(async move {
            let name = format!("{}.invigil-response", session.attempt());
            match session.response_file().await {
                Ok(bytes) => {
                    files::download(&name, "application/octet-stream", &bytes);
                    saved.try_set(Some(text_with("file-saved", [("name", name.into())])));
                }
                Err(fault) => {
                    message.try_set(Some(text_with("file-not-saved", [("detail", fault.detail.into())])));
                }
            }
        });
    };
    view! {
        <div class="actions">
            <button type="button" on:click=save>{text("file-save")}</button>
        </div>
        <p class="hint" role="status">{move || saved.get()}</p>
        <Alert message=message.into()/>
    }
}
