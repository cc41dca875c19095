//! After handing in: what was handed in is saved here; it is sent, or taken to the exam body as a file.

mod brought;
mod closing;
mod documents;
mod file;
mod receipt;
mod records;
mod result;

use leptos::prelude::*;

pub(super) use closing::{as_a_file, close};
pub(super) use file::ResponseFileButton;
pub(super) use records::{ReceivedPage, Records};
pub(super) use result::ResultPage;

use super::{App, rehearsal::ToReport, save_state::SaveState, session::Link};
use crate::{
    catalogue::{text, text_with},
    widgets::Heading,
};
use brought::BroughtAcknowledgement;
use receipt::ReceiptCard;

/// Handed in here; the server may not have everything yet.
#[component]
pub(super) fn HandedInPage(app: App) -> impl IntoView {
    let Some(session) = app.session.get_untracked() else { return ().into_any() };
    let by_candidate = session.answers.with_untracked(|answers| answers.submission().is_some());
    let unsent = move || session.written.get().saturating_sub(session.received.get());
    let rehearsal = session.is_rehearsal();
    let how_it_goes_on = move || match session.link.get() {
        _ if rehearsal => text("rehearsal-handed-in"),
        Link::Connected => text("handed-in-sending"),
        Link::Offline | Link::Refused(_) | Link::Stuck(_) => text_with("handed-in-here", [("lines", unsent().into())]),
    };
    view! {
        <main class="page narrow">
            <Heading title=text(if by_candidate { "handed-in-title" } else { "ended-title" })/>
            <p>{how_it_goes_on}</p>
            <SaveState session/>
            {(!rehearsal).then(|| view! { <p>{text("handed-in-stays")}</p> })}
            <section class="part">
                <h2>{text("handed-in-file-title")}</h2>
                <p>{text(if rehearsal { "rehearsal-file" } else { "handed-in-file" })}</p>
                <ResponseFileButton session/>
            </section>
            <ReceiptCard session/>
            {if rehearsal {
                view! { <ToReport app/> }.into_any()
            } else {
                view! { <BroughtAcknowledgement session/> }.into_any()
            }}
        </main>
    }
    .into_any()
}
