//! Rehearsals: a practice sitting, drawn and sealed like an exam whenever somebody asks, and kept nowhere (docs/REHEARSAL.md).

use api::{ExtraTimeCode, ProblemCode, ProctorCodes, Rehearsal};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::Duration;
use question_bank::{CandidateSecret, HashedBank, draw2::Earlier};
use signing::{code::Code80, keys::SigningKey};
use sitting::{GrantSecrets, Kind, Window};

use super::{
    Engine,
    schedule::{ScheduleError, millis},
    seal::{EXTRA_MINUTES, ToSeal},
};
use crate::{failure::Failure, random};

/// The sitting that every rehearsal names.
const SITTING: &str = "rehearsal";
/// Who sits.
const CANDIDATE: &str = "Rehearsal";
/// Approved extra time and approved breaks, and what the proctor's code adds: as much of each as it takes to try it.
const MINUTES: u32 = 5;

impl Engine {
    /// Draws rehearsals from this bank; without one, none are offered.
    #[must_use]
    pub fn with_practice(mut self, practice: Option<HashedBank>) -> Self {
        self.practice = practice;
        self
    }

    /// A fresh rehearsal that may be started from now on for a day. Nothing of it is recorded, and its response file is never
    /// taken in.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] without a practice bank; a fault if that bank cannot fill its blueprint.
    pub fn rehearsal(&self) -> Result<Rehearsal, Failure> {
        let none = "this server offers no rehearsals: it was started without a bank of practice items";
        let practice = self.practice.as_ref().ok_or_else(|| Failure::new(ProblemCode::NotFound, none))?;
        self.draw_rehearsal(practice).map_err(|error| Failure::fault(format!("no rehearsal could be drawn: {error}")))
    }

    fn draw_rehearsal(&self, practice: &HashedBank) -> Result<Rehearsal, ScheduleError> {
        let opens_at = self.now();
        let closes_at = opens_at + Duration::days(1);
        let attempt = uuid::Uuid::now_v7().to_string();
        let secret = CandidateSecret::new(random::bytes()?);
        let drawn = practice.drawing(closes_at.date_naive())?.draw(&secret, &attempt, &Earlier::none())?;
        let (release, admission) = (Code80::from_bytes(random::bytes()?), Code80::from_bytes(random::bytes()?));
        let seed = hex::encode(random::bytes::<32>()?);
        let open_book = self.book_for(practice.scheme());
        let granted_ms = u64::from(MINUTES) * 60_000;
        let package = self.seal(
            drawn.form,
            &ToSeal {
                kind: Kind::Practice,
                attempt: &attempt,
                sitting: SITTING,
                scheme: practice.scheme(),
                open_book: open_book.as_ref(),
                points: drawn.plan.points(),
                window: Window { opens_ms: millis(opens_at), closes_ms: millis(closes_at) },
                candidate: CANDIDATE,
                extra_ms: granted_ms,
                break_ms: granted_ms,
                release: &release,
                admission: &admission,
                grant_seed: &seed,
                room: &SigningKey::from_seed(random::bytes()?),
            },
        )?;
        let codes = GrantSecrets { seed: &seed, attempt: &attempt };
        Ok(Rehearsal {
            package: BASE64_STANDARD.encode(package.write()?),
            release_code: release.to_string(),
            admission_code: admission.to_string(),
            proctor: ProctorCodes {
                extra_time: ExtraTimeCode {
                    minutes: MINUTES,
                    code: codes.extra_time(MINUTES, EXTRA_MINUTES).to_string(),
                },
                pause: codes.pause(1).to_string(),
                end: codes.end().to_string(),
            },
        })
    }
}
