//! Sending the journal to the server.

use api::{AttemptState, JournalAck, JournalUpload, ProblemCode};
use leptos::prelude::*;
use signing::signed::Signed;
use sitting::Acknowledgement;
use worker_protocol::Verb;

use super::{
    Session,
    connection::{FetchOr, Trouble},
    session::Inner,
    standing,
};
use crate::{
    catalogue::text_with,
    platform::{clock, fetch},
};

/// Lines sent at once.
const BATCH: u64 = 200;
/// Lines that the server takes at once.
const MOST: u64 = 1_000;

/// What the server has now.
pub(super) enum Sent {
    /// All lines; the sitting goes on.
    Everything,
    /// All lines there will ever be, and what it says to that.
    TheEnd(Option<Signed<Acknowledgement>>),
}

/// Sends all lines that the server does not have, in parts, and at least a question how things stand.
pub(super) async fn send(session: Session) -> Result<Sent, FetchOr> {
    let Some(inner) = session.inner() else { return Ok(Sent::Everything) };
    loop {
        let upload = next(session, &inner).await?;
        let token = session.app.token.get_untracked();
        let sent = fetch::post::<_, JournalAck>("/api/v1/attempt/journal", Some(&token), &upload).await;
        let at = clock::stamp();
        let ack = match sent {
            Ok(ack) => ack,
            // The server lost lines, or did not get some: it says where to go on.
            Err(error) => match gap(&error) {
                Some(expected) if expected < upload.from => {
                    session.received.set(expected.saturating_sub(1));
                    continue;
                }
                _ => return Err(error.into()),
            },
        };
        inner.may_bind.set(false);
        take_in(session, &inner, &ack).await?;
        standing::heed(session, ack.standing.clone(), &at, ack.count);
        let count = inner.journal.borrow().count();
        if ack.count < count {
            continue;
        }
        let over = ack.standing.state == AttemptState::Submitted && session.waiting() == 0;
        return Ok(if over { Sent::TheEnd(ack.acknowledgement) } else { Sent::Everything });
    }
}

/// The next lines to send, with the device's signature over the journal as far as they go.
async fn next(session: Session, inner: &Inner) -> Result<JournalUpload, FetchOr> {
    let from = session.received.get_untracked() + 1;
    let (lines, end) = {
        let journal = inner.journal.borrow();
        let lines = journal.lines();
        // What another device wrote goes together with the line by which this one took over: it vouches for all of it.
        let end = (from - 1 + BATCH).max(journal.last_move().min(from - 1 + MOST)).min(lines.len() as u64);
        let part = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        (lines.get(part(from - 1)..part(end)).unwrap_or_default().to_vec(), end)
    };
    Ok(JournalUpload { from, lines, signature: inner.vouch_for(end).await? })
}

async fn take_in(session: Session, inner: &Inner, ack: &JournalAck) -> Result<(), FetchOr> {
    let ours = inner.journal.borrow().head_at(ack.count);
    if ours.as_ref() != Some(&ack.head) {
        let words = text_with("link-differs", [("line", ack.count.into())]);
        return Err(FetchOr::Trouble(Trouble::Refused(words)));
    }
    session.received.set(ack.count);
    // If this is not kept, the lines are only sent once more.
    let _ = inner.worker.ask(Verb::Acknowledge { attempt: inner.attempt.clone(), count: ack.count }).await;
    Ok(())
}

/// The line that the server expects, if that is what it says.
fn gap(error: &fetch::FetchError) -> Option<u64> {
    match error {
        fetch::FetchError::Refused(problem) if problem.code() == Some(ProblemCode::JournalGap) => problem.seq,
        _ => None,
    }
}
