//! The end: the exam body has everything, so that nothing has to stay here.

use api::Collected;
use leptos::prelude::*;
use signing::signed::Signed;
use sitting::{Acknowledgement, Receipt};
use worker_protocol::Verb;

use super::Records;
use crate::{
    candidate::{Session, Step, connection::Trouble},
    catalogue::{text, text_with},
    platform::fetch,
};

/// Removes the attempt from this computer, if the exam body's word for the whole journal counts.
pub(in crate::candidate) async fn close(
    session: Session,
    acknowledgement: Option<Signed<Acknowledgement>>,
) -> Result<(), Trouble> {
    let submitted = session.answers.with_untracked(|answers| answers.submission().is_some());
    match &acknowledgement {
        Some(signed) => check(session, signed)?,
        // The exam body ended what nobody handed in: its answer said that it holds all lines.
        None if !submitted => {}
        None => return Err(Trouble::Passing),
    }
    let Some(inner) = session.inner() else { return Ok(()) };
    inner.over.set(true);
    let app = session.app;
    let receipt = session.header().await.ok().map(Receipt::of);
    if let Some(text) = acknowledgement.as_ref().and_then(|signed| serde_json::to_string(signed).ok()) {
        // Should the page be closed now, the next opening knows that nothing has to stay.
        let _ = session.keep_note("acknowledgement", text).await;
    }
    app.records.set(Some(Records { receipt, acknowledgement }));
    app.cleared.set(session.forget().await);
    // Whoever opens the page later need not be the candidate: the result is for who has the code.
    let result = !session.came_back && !app.token.with_untracked(String::is_empty);
    app.step.set(if result { Step::Result } else { Step::Received });
    Ok(())
}

pub(super) fn check(session: Session, signed: &Signed<Acknowledgement>) -> Result<(), Trouble> {
    let fault = session.with(|sitting| {
        let checked = Acknowledgement::check(signed, sitting);
        checked.map_err(|fault| fault.to_string()).and_then(|()| {
            if signed.document.count == sitting.count() { Ok(()) } else { Err(text("acknowledged-less")) }
        })
    });
    match fault {
        Some(Err(detail)) => Err(Trouble::Refused(text_with("acknowledgement-refused", [("detail", detail.into())]))),
        _ => Ok(()),
    }
}

/// Where the server takes no lines, for the reason given, say because the window closed before there was a network: what was
/// handed in is taken as a file, by whomever it is brought.
pub(in crate::candidate) async fn as_a_file(session: Session, reason: String) -> Result<(), Trouble> {
    if session.answers.with_untracked(|answers| answers.submission().is_none()) {
        return Err(Trouble::Refused(reason));
    }
    let Some(inner) = session.inner() else { return Ok(()) };
    let file = session.response_file().await?;
    let collected: Collected = fetch::post_bytes("/api/v1/responses", &file).await?;
    check(session, &collected.acknowledgement)?;
    session.received.set(collected.count);
    inner.worker.ask(Verb::Acknowledge { attempt: inner.attempt.clone(), count: collected.count }).await?;
    close(session, Some(collected.acknowledgement)).await
}
