//! Taking journal lines in: each is checked by the same state machine that wrote it.

use api::{AttemptState, JournalAck, JournalUpload, ProblemCode};
use sitting::Sitting;
use storage::{Append, AttemptRecord, StoredLine};

use super::{Engine, manifest};
use crate::failure::Failure;

/// The most lines that one upload may hold; longer journals come in parts.
const MAX_LINES: usize = 1_000;
/// The most lines that an attempt may have: about one a second for a whole working day.
const MAX_JOURNAL: u64 = 30_000;

/// A journal as held, and the sitting it tells of.
pub(super) struct Replayed {
    pub(super) sitting: Sitting,
    pub(super) lines: Vec<StoredLine>,
}

impl Engine {
    /// Adds lines to the journal of an attempt. Lines that are held already are compared. When the last of them hands the
    /// attempt in, it is scored and decided.
    ///
    /// # Errors
    /// A gap, a fork, or a line that is refused: the lines before it are kept.
    pub async fn take_lines(&self, attempt: &str, upload: &JournalUpload) -> Result<JournalAck, Failure> {
        if upload.lines.len() > MAX_LINES {
            let detail = format!("{} lines came at once, send at most {MAX_LINES}", upload.lines.len());
            return Err(Failure::new(ProblemCode::TooLarge, detail));
        }
        let held = self.attempt(attempt).await?;
        if held.started_at_ms.is_none() {
            return Err(Failure::new(ProblemCode::NotStarted, "start the attempt before sending its journal"));
        }
        // A token is had for the code; what was answered is the bound device's to say.
        if held.device.as_deref() != Some(upload.device.as_str()) {
            let detail = "the attempt runs on another device; what this one holds was not taken";
            return Err(Failure::new(ProblemCode::OtherDevice, detail));
        }
        let Replayed { mut sitting, lines } = self.replay(&held).await?;
        let count = lines.len() as u64;
        if upload.from == 0 || upload.from > count + 1 {
            return Err(gap(count + 1, upload.from));
        }
        let mut good = 0;
        let mut refusal = None;
        for (line, seq) in upload.lines.iter().zip(upload.from..) {
            match usize::try_from(seq - 1).ok().and_then(|at| lines.get(at)) {
                Some(stored) if &stored.line == line => {}
                Some(_) => return Err(fork(seq)),
                None if seq > MAX_JOURNAL => {
                    let detail = format!("a journal has at most {MAX_JOURNAL} lines");
                    refusal = Some(Failure::at_line(ProblemCode::JournalRefused, seq, detail));
                }
                None => {
                    if let Err(fault) = sitting.accept(line) {
                        let code = if sitting.answers().submission().is_some() {
                            ProblemCode::AlreadySubmitted
                        } else {
                            ProblemCode::JournalRefused
                        };
                        refusal = Some(Failure::at_line(code, fault.seq, fault.to_string()));
                    }
                }
            }
            if refusal.is_some() {
                break;
            }
            good += 1;
        }
        self.keep(attempt, upload.from, &upload.lines[..good]).await?;
        if let Some(refusal) = refusal {
            return Err(refusal);
        }
        // The office may have closed the attempt: its lines are kept all the same.
        let submitted =
            sitting.answers().submission().is_some() || self.store.decision(&self.tenant, attempt).await?.is_some();
        if submitted {
            self.decided(attempt).await?;
        }
        Ok(JournalAck {
            count: sitting.count(),
            head: sitting.head().to_owned(),
            state: if submitted { AttemptState::Submitted } else { AttemptState::Sitting },
            server_now: self.now(),
        })
    }

    async fn keep(&self, attempt: &str, from: u64, lines: &[String]) -> Result<(), Failure> {
        match self.store.append(&self.tenant, attempt, from, lines, self.now_ms()).await? {
            Append::Held { .. } => Ok(()),
            Append::Gap { expected } => Err(gap(expected, from)),
            Append::Fork { seq } => Err(fork(seq)),
        }
    }

    /// The sitting as its journal tells it.
    pub(super) async fn replay(&self, attempt: &AttemptRecord) -> Result<Replayed, Failure> {
        let id = &attempt.scheduled.id;
        let lines = self.store.journal(&self.tenant, id).await?;
        let mut sitting = Sitting::new(manifest(attempt)?).map_err(Failure::fault)?;
        sitting
            .accept_all(lines.iter().map(|line| line.line.as_str()))
            // The fault itself may tell an answer.
            .map_err(|fault| {
                Failure::fault(format!("the journal held of attempt {id} is damaged at line {}", fault.seq))
            })?;
        Ok(Replayed { sitting, lines })
    }
}

fn gap(expected: u64, got: u64) -> Failure {
    Failure::at_line(ProblemCode::JournalGap, expected, format!("line {got} was sent, line {expected} is next"))
}

fn fork(seq: u64) -> Failure {
    Failure::at_line(ProblemCode::JournalFork, seq, format!("another line {seq} is held"))
}
