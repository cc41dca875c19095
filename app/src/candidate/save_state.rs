//! Whether all is saved, in words.

use leptos::prelude::*;

use super::{
    Session,
    session::{Link, Saving},
};
use crate::catalogue::{text, text_with};

/// The third thing in the header.
#[component]
pub(super) fn SaveState(session: Session) -> impl IntoView {
    let state = Memo::new(move |_| match (session.saving.get(), session.link.get()) {
        (Saving::Failing(detail), _) => ("bad", text_with("saved-failing", [("detail", detail.into())])),
        (_, Link::Refused(detail)) => ("bad", text_with("saved-refused", [("detail", detail.into())])),
        (Saving::Running, _) => ("saving", text("saved-saving")),
        (Saving::Saved, Link::Received) => ("good", text("saved-received")),
        (Saving::Saved, Link::Sending) => ("good", text("saved-here")),
        (Saving::Saved, Link::Offline) => ("note", text("saved-offline")),
    });
    // Only what needs action is read out; «saved» after every answer would drown everything else.
    view! {
        <p class="save-state" data-state=move || state.get().0>{move || state.get().1}</p>
        <p class="visually-hidden" role="alert">
            {move || (state.get().0 == "bad").then(|| state.get().1)}
        </p>
    }
}
