//! Letting a candidate in, starting the clock, and saying where an attempt stands.

use api::{Admitted, AttemptState, AttemptStatus, Candidate, Exam, ExamKeys, ProblemCode, Start, Started, Window};
use signing::code::Code80;
use sitting::binding_message;
use storage::{AttemptRecord, SittingRecord, StartOutcome, StartWith};

use super::{BrowserProof, Engine, in_time::reckon, manifest, schedule::code_hash};
use crate::{clock::from_ms, failure::Failure, token::Purpose};

/// A token outlives the sitting, so that a candidate can fetch the result and the certificate.
const TOKEN_DAYS: i64 = 90;

impl Engine {
    /// Opens an attempt by its admission code. `released`: its package was opened before, without the server.
    ///
    /// # Errors
    /// A mistyped, unknown or expired code; a sitting that is not open yet, or is over without a start.
    pub async fn admit(&self, code: &str, released: bool) -> Result<Admitted, Failure> {
        let code = Code80::parse(code).map_err(|error| Failure::new(ProblemCode::CodeMistyped, error.to_string()))?;
        let unknown = || Failure::new(ProblemCode::CodeUnknown, "no sitting has this code");
        let found = self.store.attempt_by_code(&self.tenant, &code_hash(&code)).await?;
        let attempt = found.ok_or_else(unknown)?;
        let sitting = self.sitting_of(&attempt).await?;
        if attempt.started_at_ms.is_none() {
            self.require_open(&sitting, released || began_without_server(&attempt))?;
        }
        let expires_ms = sitting.closes_at_ms.saturating_add(TOKEN_DAYS * 86_400_000);
        if self.now_ms() >= expires_ms {
            let detail = format!("the code expired at {}; ask the exam body", rfc3339(expires_ms));
            return Err(Failure::new(ProblemCode::CodeExpired, detail));
        }
        let token = self.tokens.issue(Purpose::Attempt, &attempt.scheduled.id, expires_ms);
        Ok(Admitted { token, status: self.status_of(&attempt, &sitting).await? })
    }

    /// Where an attempt stands.
    ///
    /// # Errors
    /// An attempt that is not held.
    pub async fn status(&self, attempt: &str) -> Result<AttemptStatus, Failure> {
        let attempt = self.attempt(attempt).await?;
        let sitting = self.sitting_of(&attempt).await?;
        self.status_of(&attempt, &sitting).await
    }

    /// Binds the attempt to the device. Unless that opened the package already, gives the release code, and starts the clock if
    /// the attempt did not begin without the server. For that device again, nothing changes.
    ///
    /// # Errors
    /// A sitting that is not open; a device that does not show that it has its key; an attempt on another device, or handed in.
    pub async fn start(&self, attempt: &str, start: &Start, browser: &BrowserProof) -> Result<Started, Failure> {
        let message = binding_message(attempt, &start.device.key).map_err(Failure::fault)?;
        if !start.device.signed(&message, &start.signature) {
            let detail = "`signature` must be the device's over its binding to the attempt";
            return Err(Failure::new(ProblemCode::BadRequest, detail));
        }
        let held = self.attempt(attempt).await?;
        let sitting = self.sitting_of(&held).await?;
        self.check_browser(&sitting, attempt, browser)?;
        // Whoever opened the package by code was let in by the proctor; the network came later, and starts no clock on whichever
        // device.
        let released = start.released || began_without_server(&held);
        if held.started_at_ms.is_none() {
            self.require_open(&sitting, released)?;
        }
        if self.state_of(&held).await? == AttemptState::Submitted {
            return Err(Failure::new(ProblemCode::AlreadySubmitted, "this attempt was handed in"));
        }
        // Whoever has the code may read the questions: none is given without a record of when.
        let with = match (start.released, released) {
            (true, _) => StartWith::Nothing,
            (false, true) => StartWith::Code,
            (false, false) => StartWith::Clock,
        };
        let bound = self.store.start(&self.tenant, attempt, &start.device.key, with, self.now_ms()).await?;
        if bound == StartOutcome::OtherDevice {
            let detail = "the attempt was started on another device or in another browser";
            return Err(Failure::new(ProblemCode::OtherDevice, detail));
        }
        let held = self.attempt(attempt).await?;
        let replayed = self.replay(&held).await?;
        let moved = self.move_to(&replayed.sitting, &start.device).await?;
        Ok(Started {
            release: (with != StartWith::Nothing).then_some(sitting.release_code),
            lines: replayed.sitting.lines().to_vec(),
            moved,
            standing: self.standing(&held, &replayed.sitting, AttemptState::Sitting).await?,
        })
    }

    /// Lets an attempt go on on another device, with the lines that are held here.
    ///
    /// # Errors
    /// An attempt that is not held or runs on no device.
    pub async fn release_device(&self, attempt: &str) -> Result<(), Failure> {
        if self.store.release_device(&self.tenant, attempt).await? {
            return Ok(());
        }
        Err(Failure::new(ProblemCode::NotStarted, format!("there is no started attempt {attempt}")))
    }

    /// The package's file.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`].
    pub async fn package(&self, attempt: &str) -> Result<Vec<u8>, Failure> {
        let none = || Failure::new(ProblemCode::NotFound, "there is no package of this name");
        self.store.package(&self.tenant, attempt).await?.ok_or_else(none)
    }

    /// The keys that sign manifests.
    pub fn exam_keys(&self) -> ExamKeys {
        ExamKeys { keys: vec![self.exam_keys.signing.public().to_string()] }
    }

    pub(super) async fn sitting_of(&self, attempt: &AttemptRecord) -> Result<SittingRecord, Failure> {
        let id = &attempt.scheduled.sitting;
        let gone = || Failure::fault(format!("sitting {id} of attempt {} is missing", attempt.scheduled.id));
        self.store.sitting(&self.tenant, id).await?.ok_or_else(gone)
    }

    /// Nobody gets the release code before the window opens. Whoever began in time without the server may come late.
    fn require_open(&self, sitting: &SittingRecord, released: bool) -> Result<(), Failure> {
        let now = self.now_ms();
        if now < sitting.opens_at_ms {
            let detail = format!("the sitting opens at {}", rfc3339(sitting.opens_at_ms));
            return Err(Failure::new(ProblemCode::NotOpenYet, detail));
        }
        if now >= sitting.closes_at_ms && !released {
            let detail = format!("the sitting closed at {}", rfc3339(sitting.closes_at_ms));
            return Err(Failure::new(ProblemCode::WindowOver, detail));
        }
        Ok(())
    }

    /// Whether the attempt waits, runs, or was handed in.
    pub(super) async fn state_of(&self, attempt: &AttemptRecord) -> Result<AttemptState, Failure> {
        if attempt.started_at_ms.is_none() && attempt.journal_count == 0 {
            return Ok(AttemptState::Ready);
        }
        let id = &attempt.scheduled.id;
        if self.store.decision(&self.tenant, id).await?.is_some() {
            return Ok(AttemptState::Submitted);
        }
        let replayed = self.replay(attempt).await?;
        let submitted = replayed.sitting.answers().submission().is_some();
        Ok(if submitted { AttemptState::Submitted } else { AttemptState::Sitting })
    }

    async fn status_of(&self, attempt: &AttemptRecord, sitting: &SittingRecord) -> Result<AttemptStatus, Failure> {
        let manifest = manifest(attempt)?;
        let state = self.state_of(attempt).await?;
        let items = u32::try_from(manifest.items.len()).unwrap_or(u32::MAX);
        let extra_ms = u64::try_from(attempt.scheduled.extra_ms).unwrap_or_default();
        let deadline = match attempt.started_at_ms {
            Some(_) => Some(reckon(attempt, sitting, &self.replay(attempt).await?, &[]).deadline_ms),
            None => None,
        };
        Ok(AttemptStatus {
            attempt: attempt.scheduled.id.clone(),
            state,
            candidate: Candidate { name: attempt.scheduled.candidate_name.clone() },
            exam: Exam {
                title: manifest.exam.title,
                exam_body: manifest.exam.exam_body,
                items,
                duration_ms: manifest.duration_ms + extra_ms,
                extra_ms,
                cut_score: manifest.exam.cut_score,
                points: manifest.exam.points,
                open_book: manifest.exam.open_book,
                demonstration: manifest.exam.demonstration,
            },
            window: Window { opens_at: from_ms(sitting.opens_at_ms), closes_at: from_ms(sitting.closes_at_ms) },
            started_at: attempt.started_at_ms.map(from_ms),
            deadline: deadline.map(from_ms),
            journal_count: attempt.journal_count,
            server_now: self.now(),
        })
    }
}

/// Whether an attempt is known to have begun without a start by the server: a device was bound to it, or lines came in.
fn began_without_server(attempt: &AttemptRecord) -> bool {
    attempt.started_at_ms.is_none() && (attempt.device.is_some() || attempt.journal_count > 0)
}

/// A time as a person reads it.
pub(super) fn rfc3339(ms: i64) -> String {
    from_ms(ms).to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
