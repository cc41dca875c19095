//! Taking journal lines in: each is checked by the same state machine that wrote it.

use api::{AttemptState, JournalAck, JournalUpload, ProblemCode};
use signing::signed::Signed;
use sitting::{Acknowledgement, Device, GrantSecrets, KeyHome, Line, MAX_JOURNAL_LINES, Sitting, checkpoint_message};
use storage::{Append, AttemptRecord, StoredLine};

use super::{BrowserProof, Engine, manifest};
use crate::failure::Failure;

/// The most lines that one upload may hold; longer journals come in parts.
pub(super) const MAX_LINES: usize = 1_000;

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
    pub async fn take_lines(
        &self,
        attempt: &str,
        upload: &JournalUpload,
        browser: &BrowserProof,
    ) -> Result<JournalAck, Failure> {
        if upload.lines.len() > MAX_LINES {
            let detail = format!("{} lines came at once, send at most {MAX_LINES}", upload.lines.len());
            return Err(Failure::new(ProblemCode::TooLarge, detail));
        }
        let held = self.attempt(attempt).await?;
        self.check_browser(&self.sitting_of(&held).await?, attempt, browser)?;
        let Some(device) = held.device.as_deref() else {
            return Err(Failure::new(ProblemCode::NotStarted, "start the attempt before sending its journal"));
        };
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
                None => refusal = self.take(&held, &mut sitting, line, seq),
            }
            if refusal.is_some() {
                break;
            }
            good += 1;
        }
        // A token is had for the code; what was answered is the bound device's to say.
        if !vouched(&sitting, device, upload) {
            let detail = "the attempt runs on another device; what this one holds was not taken";
            return Err(Failure::new(ProblemCode::OtherDevice, detail));
        }
        let new = &upload.lines[..good];
        self.keep(attempt, upload.from, new).await?;
        self.take_anchors(attempt, new, &sitting).await?;
        if let Some(refusal) = refusal {
            return Err(refusal);
        }
        // The office may have closed the attempt: its lines are kept all the same.
        let handed_in = sitting.answers().submission().is_some();
        let submitted = handed_in || self.store.decision(&self.tenant, attempt).await?.is_some();
        if submitted && let Err(failure) = self.decided(attempt).await {
            undecided(attempt, &failure);
        }
        let state = if submitted { AttemptState::Submitted } else { AttemptState::Sitting };
        Ok(JournalAck {
            count: sitting.count(),
            head: sitting.head().to_owned(),
            acknowledgement: if handed_in { Some(self.acknowledge(&sitting)?) } else { None },
            standing: self.standing(&held, &sitting, state).await?,
        })
    }

    /// Adds one line to a sitting; what refuses it.
    pub(super) fn take(&self, attempt: &AttemptRecord, sitting: &mut Sitting, line: &str, seq: u64) -> Option<Failure> {
        if seq > MAX_JOURNAL_LINES {
            let detail = format!("a journal has at most {MAX_JOURNAL_LINES} lines");
            return Some(Failure::at_line(ProblemCode::JournalRefused, seq, detail));
        }
        if let Err(fault) = sitting.accept(line) {
            let submitted = sitting.answers().submission().is_some();
            let code = if submitted { ProblemCode::AlreadySubmitted } else { ProblemCode::JournalRefused };
            return Some(Failure::at_line(code, fault.seq, fault.to_string()));
        }
        if seq > 1 {
            return None;
        }
        let refuse = |detail: &str| Some(Failure::at_line(ProblemCode::JournalRefused, seq, detail));
        let scheduled = &attempt.scheduled;
        let secrets = GrantSecrets { seed: &hex::encode(scheduled.grant_seed), attempt: &scheduled.id };
        if !sitting.proves_opening(&secrets.opening()) {
            return refuse("line 1 does not prove that the package of this attempt was opened");
        }
        let (extra_ms, break_ms) = sitting.time().approved_ms();
        let same =
            i64::try_from(extra_ms) == Ok(scheduled.extra_ms) && i64::try_from(break_ms) == Ok(scheduled.break_ms);
        if same { None } else { refuse("line 1 claims other accommodations than were approved") }
    }

    /// The exam body's signed word for a journal.
    pub(super) fn acknowledge(&self, sitting: &Sitting) -> Result<Signed<Acknowledgement>, Failure> {
        let now = u64::try_from(self.now_ms()).unwrap_or_default();
        let document = Acknowledgement::of(sitting, now);
        Signed::sign(document, &self.exam_keys.signing).map_err(Failure::fault)
    }

    pub(super) async fn keep(&self, attempt: &str, from: u64, lines: &[String]) -> Result<(), Failure> {
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

/// Whether the bound device signed the journal as far as the upload goes. What another device wrote before this one took over
/// is carried by this one.
fn vouched(sitting: &Sitting, device: &str, upload: &JournalUpload) -> bool {
    let bound = Device { key: device.to_owned(), home: KeyHome::Webcrypto };
    let count = upload.from - 1 + upload.lines.len() as u64;
    // A line that is refused stands at the end of what was signed, and nothing of the upload is in doubt before it.
    let message = match (sitting.checkpoint_at(count), upload.lines.last()) {
        (Some(message), _) => Some(message),
        (None, Some(line)) => {
            checkpoint_message(&sitting.manifest().attempt, sitting.epoch(), count, &Line::digest(line)).ok()
        }
        (None, None) => None,
    };
    message.is_some_and(|message| bound.signed(&message, &upload.signature))
}

/// Lines that are held are acknowledged, whatever becomes of the decision: whoever asks for the result has it tried again.
pub(super) fn undecided(attempt: &str, failure: &Failure) {
    tracing::error!(attempt, ?failure, "an attempt that was handed in could not be decided");
}

fn gap(expected: u64, got: u64) -> Failure {
    Failure::at_line(ProblemCode::JournalGap, expected, format!("line {got} was sent, line {expected} is next"))
}

fn fork(seq: u64) -> Failure {
    Failure::at_line(ProblemCode::JournalFork, seq, format!("another line {seq} is held"))
}
