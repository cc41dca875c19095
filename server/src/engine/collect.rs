//! Taking response files in: each any number of times, in any order (docs/RESPONSE.md).

use api::{CollectOutcome, Collected, ProblemCode};
use signing::sealing;
use sitting::{MAX_FILE_BYTES, ResponseFile, Sitting};
use storage::{Append, AttemptRecord, Outcome, ResponseRecord, StoredLine};
use tokio::task::spawn_blocking;

use super::{
    Engine,
    journal::{MAX_LINES, Replayed, undecided},
    manifest,
};
use crate::failure::Failure;

/// Rehearsals leave nothing here, so that theirs look like anybody else's.
const STRANGER: &str =
    "its attempt is not one of this exam body; a file from a rehearsal is only for trying, and is not handed in";

/// What follows from what comes after a pass or fail.
const STANDS: &str =
    "the decision stands, and this version has no command that changes it: tell whoever answers for decisions";

/// Branches of one attempt that are kept.
const MAX_FORKS: usize = 16;

impl Engine {
    /// Takes a response file. What it adds to the journal held is kept; when that hands the attempt in, it is scored and
    /// decided. A file that differs from the journal held is kept apart.
    ///
    /// # Errors
    /// [`ProblemCode::ResponseRefused`] with the reason: damaged, not of this exam body, or against the rules of its sitting.
    pub async fn collect(&self, file: &[u8]) -> Result<Collected, Failure> {
        let response = ResponseFile::read(file).map_err(refused)?;
        let header = &response.header.document;
        let held = self.store.attempt(&self.tenant, &header.attempt).await?;
        let held = held.ok_or_else(|| refused(STRANGER))?;
        let sitting = Sitting::new(manifest(&held)?).map_err(Failure::fault)?;
        if header.manifest != sitting.manifest_digest() {
            return Err(refused("it was written under another manifest than this attempt's"));
        }
        let (response, lines) = self.opened(response).await?;
        let header = &response.header.document;
        let sitting = self.read_journal(&held, &response, sitting, &lines)?;
        let digest = response.header.digest().map_err(Failure::fault)?;
        let Merged { outcome, notes, lines } = self.merge(&held, lines).await?;
        if outcome == CollectOutcome::Fork {
            self.room_for_a_fork(&header.attempt, &digest).await?;
        }
        let record = ResponseRecord {
            digest,
            outcome: word(outcome).into(),
            count: sitting.count(),
            received_at_ms: self.now_ms(),
            file: (outcome == CollectOutcome::Fork).then(|| file.to_vec()),
        };
        self.store.keep_response(&self.tenant, &header.attempt, &record).await?;
        let replayed = match lines {
            Some(lines) => Replayed { sitting, lines },
            None => self.replay(&held).await?,
        };
        if replayed.sitting.answers().submission().is_some()
            && let Err(failure) = self.decide_once(&held, &replayed).await
        {
            undecided(&header.attempt, &failure);
        }
        let sitting = replayed.sitting;
        Ok(Collected {
            attempt: header.attempt.clone(),
            outcome,
            count: sitting.count(),
            acknowledgement: self.acknowledge(&sitting)?,
            notes,
        })
    }

    /// A response file and its lines. Anybody can hand in what takes long to open: it is done beside the other requests, and
    /// one that takes too long is answered all the same.
    async fn opened(&self, response: ResponseFile) -> Result<(ResponseFile, Vec<String>), Failure> {
        let turn = self.openings.clone().acquire_owned().await.map_err(Failure::fault)?;
        let identity = self.exam_keys.identity.clone();
        let open = move || {
            let _until_opened = turn;
            let opened = sealing::open(&response.sealed, &identity, MAX_FILE_BYTES);
            let opened = opened.map_err(|fault| refused(format!("what is sealed in it cannot be opened: {fault}")))?;
            let lines = response.lines(&opened).map_err(refused)?;
            Ok((response, lines))
        };
        spawn_blocking(open).await.map_err(Failure::fault)?
    }

    /// Whether another branch can be kept: each is kept whole, and a person has enough with some.
    async fn room_for_a_fork(&self, attempt: &str, digest: &str) -> Result<(), Failure> {
        let kept = self.store.responses(&self.tenant, attempt).await?;
        let forks = kept.iter().filter(|response| response.outcome == word(CollectOutcome::Fork)).count();
        let known = kept.iter().any(|response| response.digest == digest);
        if known || forks < MAX_FORKS {
            return Ok(());
        }
        Err(refused(format!(
            "{MAX_FORKS} other branches of this attempt are kept already; keep the file for the exam body"
        )))
    }

    /// The sitting that the lines tell of, by themselves.
    fn read_journal(
        &self,
        held: &AttemptRecord,
        response: &ResponseFile,
        mut sitting: Sitting,
        lines: &[String],
    ) -> Result<Sitting, Failure> {
        let header = &response.header.document;
        for (line, seq) in lines.iter().zip(1..) {
            if let Some(failure) = self.take(held, &mut sitting, line, seq) {
                return Err(match failure {
                    Failure::Problem(problem) => refused(problem.detail),
                    fault @ Failure::Fault(_) => fault,
                });
            }
        }
        if sitting.device() != Some(&header.as_device()) || sitting.epoch() != header.epoch {
            return Err(refused("it is signed by another device than the one that wrote the journal"));
        }
        if sitting.answers().submission().is_some() != header.submitted {
            return Err(refused("its header and its lines disagree on whether the exam was handed in"));
        }
        Ok(sitting)
    }

    /// Brings the lines of a file together with those held: one must be the beginning of the other.
    async fn merge(&self, held: &AttemptRecord, lines: Vec<String>) -> Result<Merged, Failure> {
        let id = &held.scheduled.id;
        let mut stored = self.store.journal(&self.tenant, id).await?;
        let mut notes = Vec::new();
        let decided = self.store.decision(&self.tenant, id).await?.map(|decision| decision.outcome);
        if let Some(at) = stored.iter().zip(&lines).position(|(stored, line)| &stored.line != line) {
            return Ok(forked(at as u64 + 1, decided));
        }
        if stored.len() == lines.len() {
            return Ok(Merged { outcome: CollectOutcome::Known, notes, lines: Some(stored) });
        }
        if stored.len() > lines.len() {
            return Ok(Merged { outcome: CollectOutcome::Older, notes, lines: None });
        }
        let new = &lines[stored.len()..];
        let received_at_ms = self.now_ms();
        match decided {
            None => {}
            Some(Outcome::Referred) => notes.push(
                "the attempt was referred before these lines came; they are judged with the rest when a person decides"
                    .into(),
            ),
            Some(_) => notes.push(format!("the attempt was decided before these lines came; {STANDS}")),
        }
        for (batch, lines) in new.chunks(MAX_LINES).enumerate() {
            let from = (stored.len() + batch * MAX_LINES + 1) as u64;
            match self.store.append(&self.tenant, id, from, lines, received_at_ms).await? {
                Append::Held { .. } => {}
                // Another branch came in at the same moment, and was first.
                Append::Fork { seq } => return Ok(forked(seq, decided)),
                Append::Gap { expected } => return Err(Failure::fault(format!("line {expected} of {id} is gone"))),
            }
        }
        let seqs = (stored.len() as u64 + 1)..;
        let new = new.iter().zip(seqs).map(|(line, seq)| StoredLine { seq, line: line.clone(), received_at_ms });
        stored.extend(new);
        Ok(Merged { outcome: CollectOutcome::Taken, notes, lines: Some(stored) })
    }
}

/// What became of a file's lines.
struct Merged {
    outcome: CollectOutcome,
    notes: Vec<String>,
    /// The journal as it is held now, if it is that of the file.
    lines: Option<Vec<StoredLine>>,
}

fn forked(seq: u64, decided: Option<Outcome>) -> Merged {
    let then = match decided {
        None | Some(Outcome::Referred) => "a person decides".to_owned(),
        Some(_) => format!("and the attempt was decided before; {STANDS}"),
    };
    let note = format!("line {seq} is not the one held: two branches exist, both are kept, {then}");
    Merged { outcome: CollectOutcome::Fork, notes: vec![note], lines: None }
}

fn refused(reason: impl std::fmt::Display) -> Failure {
    Failure::new(ProblemCode::ResponseRefused, reason.to_string())
}

/// The outcome in the database.
pub(super) fn word(outcome: CollectOutcome) -> &'static str {
    match outcome {
        CollectOutcome::Taken => "taken",
        CollectOutcome::Known => "known",
        CollectOutcome::Older => "older",
        CollectOutcome::Fork => "fork",
    }
}
