//! Letting a candidate in, starting the clock, and saying where an attempt stands.

use api::{Admitted, AttemptState, AttemptStatus, Candidate, Exam, ProblemCode, Started, Window};
use signing::code::Code80;
use storage::{AttemptRecord, SittingRecord, StartOutcome};

use super::{Engine, deadline, form, manifest, schedule::code_hash, scheme};
use crate::{clock::from_ms, failure::Failure, token::Purpose};

/// A token outlives the sitting, so that a candidate can fetch the result and the certificate.
const TOKEN_DAYS: i64 = 90;

impl Engine {
    /// Opens an attempt by its admission code.
    ///
    /// # Errors
    /// A mistyped, unknown or expired code; a sitting that is not open yet, or is over without a start.
    pub async fn admit(&self, code: &str) -> Result<Admitted, Failure> {
        let code =
            Code80::parse(code).map_err(|error| Failure::new(ProblemCode::CodeMistyped, error.to_string()))?;
        let unknown = || Failure::new(ProblemCode::CodeUnknown, "no sitting has this code");
        let found = self.store.attempt_by_code(&self.tenant, &code_hash(&code)).await?;
        let attempt = found.ok_or_else(unknown)?;
        let sitting = self.sitting_of(&attempt).await?;
        if attempt.started_at_ms.is_none() {
            self.require_open(&sitting)?;
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

    /// Starts the clock and binds the attempt to the device; for that device again, gives everything back it needs.
    ///
    /// # Errors
    /// A sitting that is not open; an attempt on another device, or handed in.
    pub async fn start(&self, attempt: &str, device: &str) -> Result<Started, Failure> {
        if device.len() != 64 || !device.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(Failure::new(ProblemCode::BadRequest, "`device` must be 64 hexadecimal digits"));
        }
        let held = self.attempt(attempt).await?;
        if held.started_at_ms.is_none() {
            self.require_open(&self.sitting_of(&held).await?)?;
        }
        if self.state_of(&held).await? == AttemptState::Submitted {
            return Err(Failure::new(ProblemCode::AlreadySubmitted, "this attempt was handed in"));
        }
        let device = device.to_ascii_lowercase();
        if self.store.start(&self.tenant, attempt, &device, self.now_ms()).await? == StartOutcome::OtherDevice {
            let detail = "the attempt was started on another device or in another browser";
            return Err(Failure::new(ProblemCode::OtherDevice, detail));
        }
        let held = self.attempt(attempt).await?;
        let manifest = manifest(&held)?;
        let lines = self.store.journal(&self.tenant, attempt).await?.into_iter().map(|line| line.line).collect();
        let unstarted = || Failure::fault(format!("attempt {attempt} has no start after it was started"));
        Ok(Started {
            started_at: held.started_at_ms.map(from_ms).ok_or_else(unstarted)?,
            deadline: deadline(&held, &manifest).ok_or_else(unstarted)?,
            form: form(&held)?,
            manifest,
            lines,
            server_now: self.now(),
        })
    }

    /// Lets a started attempt go on on another device, with the lines that are held here.
    ///
    /// # Errors
    /// An attempt that is not held or was not started.
    pub async fn release_device(&self, attempt: &str) -> Result<(), Failure> {
        if self.store.release_device(&self.tenant, attempt).await? {
            return Ok(());
        }
        Err(Failure::new(ProblemCode::NotStarted, format!("there is no started attempt {attempt}")))
    }

    pub(super) async fn sitting_of(&self, attempt: &AttemptRecord) -> Result<SittingRecord, Failure> {
        let id = &attempt.scheduled.sitting;
        let gone = || Failure::fault(format!("sitting {id} of attempt {} is missing", attempt.scheduled.id));
        self.store.sitting(&self.tenant, id).await?.ok_or_else(gone)
    }

    fn require_open(&self, sitting: &SittingRecord) -> Result<(), Failure> {
        let now = self.now_ms();
        if now < sitting.opens_at_ms {
            let detail = format!("the sitting opens at {}", rfc3339(sitting.opens_at_ms));
            return Err(Failure::new(ProblemCode::NotOpenYet, detail));
        }
        if now >= sitting.closes_at_ms {
            let detail = format!("the sitting closed at {}", rfc3339(sitting.closes_at_ms));
            return Err(Failure::new(ProblemCode::WindowOver, detail));
        }
        Ok(())
    }

    /// Whether the attempt waits, runs, or was handed in.
    pub(super) async fn state_of(&self, attempt: &AttemptRecord) -> Result<AttemptState, Failure> {
        if attempt.started_at_ms.is_none() {
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
        let scheme = scheme(sitting)?;
        let state = self.state_of(attempt).await?;
        let items = u32::try_from(manifest.items.len()).unwrap_or(u32::MAX);
        Ok(AttemptStatus {
            attempt: attempt.scheduled.id.clone(),
            state,
            candidate: Candidate { name: attempt.scheduled.candidate_name.clone() },
            exam: Exam {
                title: scheme.title.value,
                exam_body: self.config.issuer.name.clone(),
                items,
                duration_ms: manifest.duration_ms,
                extra_ms: u64::try_from(attempt.scheduled.extra_ms).unwrap_or_default(),
                cut_score: scheme.exam.pass.value.cut(items),
                open_book: scheme.exam.open_book.value,
                demonstration: self.config.demonstration,
            },
            window: Window { opens_at: from_ms(sitting.opens_at_ms), closes_at: from_ms(sitting.closes_at_ms) },
            started_at: attempt.started_at_ms.map(from_ms),
            deadline: deadline(attempt, &manifest),
            journal_count: attempt.journal_count,
            server_now: self.now(),
        })
    }
}

fn rfc3339(ms: i64) -> String {
    from_ms(ms).to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
