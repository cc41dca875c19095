//! Sending the journal to the server, as the network allows.

use api::{AttemptState, JournalAck, JournalUpload, ProblemCode};
use leptos::{prelude::*, task::spawn_local};
use sitting::ClockAnchor;
use worker_protocol::Verb;

use super::{
    Session, Step,
    session::{Link, ms},
};
use crate::platform::{
    clock,
    fetch::{self, FetchError},
};

/// Lines sent at once.
pub(super) const BATCH: usize = 200;
const FIRST_PAUSE_MS: u32 = 1_000;
const LONGEST_PAUSE_MS: u32 = 15_000;

/// Sends what the server does not have yet, unless that is being done.
pub(super) fn kick(session: Session) {
    let Some(inner) = session.inner() else { return };
    if !inner.uploading.replace(true) {
        spawn_local(async move {
            send(session).await;
            inner.uploading.set(false);
        });
    }
}

async fn send(session: Session) {
    let Some(inner) = session.inner() else { return };
    let mut pause = FIRST_PAUSE_MS;
    loop {
        let from = inner.acknowledged.get() + 1;
        let lines: Vec<String> = {
            let sitting = inner.sitting.borrow();
            let skip = usize::try_from(from - 1).unwrap_or(usize::MAX);
            sitting.lines().iter().skip(skip).take(BATCH).cloned().collect()
        };
        if lines.is_empty() {
            return session.link.set(Link::Received);
        }
        if session.link.get_untracked() != Link::Offline {
            session.link.set(Link::Sending);
        }
        let upload = JournalUpload { device: inner.device.clone(), from, lines };
        match fetch::post::<_, JournalAck>("/api/v1/attempt/journal", Some(&inner.token), &upload).await {
            Ok(ack) => {
                pause = FIRST_PAUSE_MS;
                session.anchor.set(ClockAnchor { server_ms: ms(ack.server_now), at: clock::stamp() });
                inner.acknowledged.set(ack.count);
                if ack.state == AttemptState::Submitted {
                    session.ended.set(true);
                    session.app.step.set(Step::HandedIn);
                }
                // If this is not kept, the lines are only sent once more.
                let _ = inner.worker.ask(Verb::Acknowledge { attempt: inner.attempt.clone(), count: ack.count }).await;
            }
            Err(FetchError::Refused(problem)) if problem.code() == Some(ProblemCode::JournalGap) => {
                inner.acknowledged.set(problem.seq.unwrap_or(1).saturating_sub(1));
                clock::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE_MS);
            }
            Err(error) if error.is_passing() => {
                session.link.set(Link::Offline);
                clock::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE_MS);
            }
            Err(error) => {
                let detail = match error {
                    FetchError::Refused(problem) => problem.detail,
                    FetchError::Unreachable | FetchError::Unreadable => String::new(),
                };
                return session.link.set(Link::Refused(detail));
            }
        }
    }
}
