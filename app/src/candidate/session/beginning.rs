//! The first lines that a session writes.

use sitting::{Authority, Event, Grant, ReleaseVia, SubmitReason, opening_proof};

use super::Session;
use crate::{
    candidate::connection,
    platform::{clock, offline, signs},
};

/// How a session begins.
pub(crate) enum Beginning {
    /// The package was opened here for the first time.
    Released(ReleaseVia),
    /// Another device began, and this one goes on.
    Moved(Grant),
    /// This device goes on.
    Again,
}

impl Session {
    /// Writes how the session begins, and starts looking for the server.
    pub(crate) fn begin(self, how: Beginning) {
        self.write_beginning(how);
        signs::watch(move |event| self.note(event));
        if !self.is_rehearsal() {
            connection::keep_up(self);
        }
    }

    fn write_beginning(self, how: Beginning) {
        let Some(inner) = self.inner() else { return };
        if self.is_over() {
            return;
        }
        let before = self.with(|sitting| sitting.last_stamp().cloned()).flatten();
        let device = inner.device.clone();
        match how {
            Beginning::Released(via) => {
                let (extra_ms, break_ms) = (inner.extra_ms, inner.break_ms);
                let proof = opening_proof(&inner.attempt, &device.key, &inner.opening).unwrap_or_default();
                let app = offline::build().unwrap_or_default();
                self.record(Event::Released { device, via, extra_ms, break_ms, proof, app });
                self.vouch();
            }
            Beginning::Moved(grant) => {
                self.record(Event::Moved { device, grant });
                self.vouch();
            }
            Beginning::Again => {}
        }
        if let Some(before) = before {
            self.record(Event::Resumed { gap_ms: clock::stamp().wall_ms.saturating_sub(before.wall_ms) });
        }
        if signs::screens_extended() {
            self.record(Event::ScreensChanged { extended: true });
        }
        // The page can have gone between the line that ended the exam and the one that hands it in.
        if self.with(|sitting| sitting.is_ended() && sitting.has_opened()).unwrap_or(false) {
            self.submit(SubmitReason::Proctor);
        }
    }

    /// The candidate starts: from now on the time runs.
    pub(crate) fn open_exam(self, challenge: Option<String>) {
        if let Some(challenge) = challenge {
            self.take_challenge(challenge);
        }
        let opened = self.with(sitting::Sitting::has_opened).unwrap_or(true);
        if !opened && !self.waits_for(|event| matches!(event, Event::Opened { .. })) {
            let form = self.with(|sitting| sitting.manifest().form_digest.clone()).unwrap_or_default();
            self.record(Event::Opened { form });
            if self.with(sitting::Sitting::is_ended).unwrap_or(false) {
                self.submit(SubmitReason::Proctor);
            }
        }
    }

    /// Writes a challenge of the server's, once.
    pub(crate) fn take_challenge(self, challenge: String) {
        let Some(inner) = self.inner() else { return };
        if *inner.challenge.borrow() != challenge {
            inner.challenge.replace(challenge.clone());
            self.note(Event::Challenged { challenge, by: Authority::Server });
        }
    }

    /// Whether the candidate has started.
    pub(crate) fn has_opened(self) -> bool {
        self.with(sitting::Sitting::has_opened).unwrap_or(false)
    }
}
