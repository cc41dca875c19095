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
    // Of a rehearsal nothing is ever sent.
    let goes = !session.is_rehearsal();
    let unsent = move || if goes { session.written.get().saturating_sub(session.received.get()) } else { 0 };
    let failing = |detail: String| text_with("saved-failing", [("detail", detail.into())]);
    let saving = move || match session.saving.get() {
        Saving::Saved if session.typing.get() => Saving::Running,
        saving => saving,
    };
    let state = Memo::new(move |_| match (saving(), session.link.get(), unsent()) {
        (Saving::Failing(detail), ..) => ("bad", failing(detail)),
        (Saving::Running, ..) => ("saving", text("saved-saving")),
        (Saving::Saved, Link::Refused(detail), lines) => {
            ("bad", text_with("saved-refused", [("detail", detail.into()), ("lines", lines.into())]))
        }
        (Saving::Saved, Link::Stuck(detail), lines) => {
            ("bad", text_with("saved-stuck", [("detail", detail.into()), ("lines", lines.into())]))
        }
        (Saving::Saved, Link::Connected, 0) => ("good", text("saved-received")),
        (Saving::Saved, Link::Offline, 0) => ("good", text_with("saved-here", [("lines", 0.into())])),
        (Saving::Saved, Link::Connected, lines) => ("good", text_with("saved-here", [("lines", lines.into())])),
        (Saving::Saved, Link::Offline, lines) => ("note", text_with("saved-here", [("lines", lines.into())])),
    });
    // Only what needs action is read out, and once: «saved» after every answer would drown everything else, and so would a
    // refusal after every answer, for the lines that it counts.
    let alert = Memo::new(move |_| match (session.saving.get(), session.link.get()) {
        (Saving::Failing(detail), _) => Some(failing(detail)),
        (_, Link::Refused(detail)) => Some(text_with("saved-refused-alert", [("detail", detail.into())])),
        (_, Link::Stuck(detail)) => Some(text_with("saved-stuck-alert", [("detail", detail.into())])),
        _ => None,
    });
    view! {
        <p class="save-state" data-state=move || state.get().0>{move || state.get().1}</p>
        <p class="visually-hidden" role="alert">{move || alert.get()}</p>
    }
}
