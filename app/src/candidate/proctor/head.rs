//! The state of a journal, for the proctor to record.

use leptos::prelude::*;
use signing::code::Code128;

use crate::{
    candidate::Session,
    catalogue::{text, text_with},
    widgets::QrCode,
};

/// How many lines there are and the hash of the last one: as a code to copy, and as a QR code with all of it.
#[component]
pub(crate) fn HeadView(session: Session, count: u64, head: String) -> impl IntoView {
    let code = hex::decode(&head).ok().and_then(|digest| Code128::from_digest(&digest));
    let code = code.map(|code| code.to_string()).unwrap_or_default();
    let qr = format!("invigil-head:{}:{count}:{head}", session.attempt());
    view! {
        <p>{text_with("head-count", [("count", count.into())])}</p>
        <p class="typed-code">{code.clone()}</p>
        <QrCode app=session.app text=qr title=text("head-qr") description=code/>
    }
}
