//! Keeping in touch with the server, in the background and as long as the sitting lasts. Nothing that a candidate does waits
//! for it.

use api::ProblemCode;
use leptos::{prelude::*, task::spawn_local};
use web_sys::Event;
use worker_protocol::Fault;

use super::{
    Session, binding, hand_in,
    session::Link,
    upload::{self, Sent},
};
use crate::{
    catalogue::text,
    platform::{fetch::FetchError, listen, random, window},
};

/// The server is asked this often how things stand, so that what the office allows arrives.
const POLL_MS: u32 = 30_000;
const SHORTEST_PAUSE_MS: u32 = 1_000;
const LONGEST_PAUSE_MS: u32 = 30_000;

/// Why the server does not have everything.
pub(super) enum Trouble {
    /// It will be tried again: no network, or a server that is busy.
    Passing,
    /// A person has to look; in the server's words.
    Refused(String),
    /// This computer cannot do its part of it, signing for instance; what happened.
    Here(String),
    /// The server takes nothing more from here: the window is over, or a response file was there first; in its words.
    Shut(String),
}

impl From<FetchError> for Trouble {
    fn from(error: FetchError) -> Self {
        match error {
            error if error.is_passing() => Self::Passing,
            FetchError::Refused(problem) => match problem.code() {
                Some(
                    ProblemCode::WindowOver
                    | ProblemCode::NotOpenYet
                    | ProblemCode::CodeExpired
                    | ProblemCode::CodeUnknown
                    | ProblemCode::CodeMistyped
                    | ProblemCode::AlreadySubmitted,
                ) => Self::Shut(problem.detail),
                _ => Self::Refused(problem.detail),
            },
            FetchError::Unreachable | FetchError::Unreadable => Self::Passing,
        }
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Here(fault.detail)
    }
}

/// Sends what there is to send, now and whenever there is more.
pub(super) fn keep_up(session: Session) {
    let Some(inner) = session.inner() else { return };
    listen(&window(), "online", move |_: Event| inner.bell.ring());
    spawn_local(run(session));
}

async fn run(session: Session) {
    let Some(inner) = session.inner() else { return };
    let mut failures = 0;
    while !inner.over.get() {
        match round(session).await {
            Ok(()) => {
                failures = 0;
                session.link.set(Link::Connected);
                inner.bell.doze(random::between(POLL_MS * 3 / 4, POLL_MS * 5 / 4)).await;
            }
            Err(Trouble::Passing) => {
                session.link.set(Link::Offline);
                failures += 1;
                let most = SHORTEST_PAUSE_MS.saturating_mul(1 << failures.min(5)).min(LONGEST_PAUSE_MS);
                inner.bell.sleep(random::between(SHORTEST_PAUSE_MS, most)).await;
            }
            Err(Trouble::Refused(detail) | Trouble::Shut(detail)) => stand_by(session, Link::Refused(detail)).await,
            Err(Trouble::Here(detail)) => stand_by(session, Link::Stuck(detail)).await,
        }
    }
}

/// Says what is wrong, and waits long: a person has to do something about it.
async fn stand_by(session: Session, link: Link) {
    session.link.set(link);
    if let Some(inner) = session.inner() {
        inner.bell.doze(random::between(POLL_MS, POLL_MS * 2)).await;
    }
}

/// One attempt at bringing the server up to date. Where it lets this computer in no more, what was handed in goes as a file.
async fn round(session: Session) -> Result<(), Trouble> {
    match reach(session).await {
        Err(Trouble::Shut(detail)) => hand_in::as_a_file(session, detail).await,
        reached => reached,
    }
}

/// The same, with whatever it takes to be let in.
async fn reach(session: Session) -> Result<(), Trouble> {
    let mut admitted = false;
    if session.app.token.with_untracked(String::is_empty) {
        binding::admit(session).await?;
        admitted = true;
    }
    // Once more after having been let in, and once after having been bound.
    for _ in 0..3 {
        match upload::send(session).await {
            Ok(Sent::Everything) => return Ok(()),
            Ok(Sent::TheEnd(acknowledgement)) => return hand_in::close(session, acknowledgement).await,
            Err(FetchOr::Fetch(error)) if error.is(ProblemCode::NotStarted) => binding::bind(session).await?,
            Err(FetchOr::Fetch(error)) if error.is(ProblemCode::Unauthorised) && !admitted => {
                binding::admit(session).await?;
                admitted = true;
            }
            Err(FetchOr::Fetch(error)) => return Err(error.into()),
            Err(FetchOr::Trouble(trouble)) => return Err(trouble),
        }
    }
    Err(Trouble::Refused(text("link-not-let-in")))
}

/// What can go wrong with one upload.
pub(super) enum FetchOr {
    /// The request: what to do depends on what the server said.
    Fetch(FetchError),
    /// All else.
    Trouble(Trouble),
}

impl From<FetchError> for FetchOr {
    fn from(error: FetchError) -> Self {
        Self::Fetch(error)
    }
}

impl From<Fault> for FetchOr {
    fn from(fault: Fault) -> Self {
        Self::Trouble(fault.into())
    }
}
