//! The exam body's word on a stick: without a network, it says that nothing has to stay here.

use leptos::{prelude::*, task::spawn_local};
use signing::signed::Signed;
use sitting::Acknowledgement;
use web_sys::File;
use worker_protocol::Verb;

use super::closing::close;
use crate::{
    candidate::{Session, Step, connection::Trouble},
    catalogue::text,
    platform::{files, json},
    widgets::{Alert, FileDrop},
};

/// One acknowledgement has less than a kilobyte; a room's list has hundreds.
const LIMIT: u32 = 1 << 20;

/// Takes a file with acknowledgements, one or a list of them.
#[component]
pub(super) fn BroughtAcknowledgement(session: Session) -> impl IntoView {
    let message = RwSignal::new(None::<String>);
    let take = move |file: File| {
        spawn_local(async move {
            let taken = match files::read(&file, LIMIT).await {
                Some(bytes) => take_in(session, &bytes).await,
                None => Err(text("brought-unreadable")),
            };
            message.try_set(taken.err());
        });
    };
    view! {
        <details class="part">
            <summary>{text("brought-title")}</summary>
            <p>{text("brought")}</p>
            <FileDrop id="acknowledgement" label=text("brought-label") hint=text("brought-hint")
                accept=".json,.jsonl" on_file=take/>
            <Alert message=message.into()/>
        </details>
    }
}

async fn take_in(session: Session, bytes: &[u8]) -> Result<(), String> {
    let signed = find(session.attempt(), bytes).ok_or_else(|| text("brought-none"))?;
    let inner = session.inner().ok_or_else(|| text("brought-unreadable"))?;
    super::closing::check(session, &signed).map_err(words)?;
    let count = signed.document.count;
    let acknowledge = Verb::Acknowledge { attempt: inner.attempt.clone(), count };
    inner.worker.ask(acknowledge).await.map_err(|fault| fault.detail)?;
    session.received.set(count);
    close(session, Some(signed)).await.map_err(words)?;
    // Without a network there is no result to wait for.
    session.app.step.set(Step::Received);
    Ok(())
}

fn words(trouble: Trouble) -> String {
    match trouble {
        Trouble::Refused(words) | Trouble::Here(words) => words,
        _ => text("brought-unreadable"),
    }
}

/// The acknowledgement of this attempt: by itself in a file, or on a line of a list.
fn find(attempt: String, bytes: &[u8]) -> Option<Signed<Acknowledgement>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let read = json::read::<Signed<Acknowledgement>>;
    std::iter::once(text).chain(text.lines()).filter_map(read).find(|signed| signed.document.attempt == attempt)
}
