//! What the server's answers tell about the attempt: time, grants, challenges, its end.

use api::{AttemptState, Standing};
use leptos::prelude::*;
use sitting::{Allows, Authority, Event, Grant, Stamp, SubmitReason};

use super::{Session, Step};

/// Takes in what an answer that came at this moment says. The server held so many lines.
pub(super) fn heed(session: Session, standing: Standing, at: &Stamp, held: u64) {
    let Some(inner) = session.inner() else { return };
    if let Some(elapsed_ms) = standing.elapsed_ms {
        inner.journal.borrow_mut().told_elapsed(at, elapsed_ms);
    }
    if standing.state == AttemptState::Submitted {
        session.ended.set(true);
        if session.app.step.get_untracked() == Step::Exam {
            session.app.step.set(Step::HandedIn);
        }
    }
    // The server has the line with its challenge: what stands until there is anchored.
    if inner.challenged.get().is_some_and(|line| line <= held) {
        inner.challenged.set(None);
        session.note(Event::Anchored { by: Authority::Server, count: held, elapsed_ms: standing.elapsed_ms });
    }
    for signed in standing.grants {
        let grant = Grant::of_signed(signed);
        if let Some(Ok(allows)) = session.with(|sitting| sitting.allows(&grant)) {
            take(session, grant, allows);
        }
    }
    if let Some(challenge) = standing.challenge {
        session.take_challenge(challenge);
    }
}

/// Writes a grant, once, and does what it asks for.
pub(super) fn take(session: Session, grant: Grant, allows: Allows) {
    let same = |event: &Event| matches!(event, Event::Granted { grant: waiting } if waiting.id() == grant.id());
    if matches!(allows, Allows::Move { .. }) || session.waits_for(same) {
        return;
    }
    session.note(Event::Granted { grant });
    if allows == Allows::End {
        session.submit(SubmitReason::Proctor);
    }
}
