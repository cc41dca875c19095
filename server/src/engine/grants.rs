//! What a proctor may allow: the sheet of typed codes, and signed grants (docs/GRANTS.md).

use api::{AttemptState, ProblemCode};
use serde::Serialize;
use signing::{code::Code128, signed::Signed};
use sitting::{Allows, Authority, Device, Grant, GrantSecrets, LONGEST_PAUSE_MS, SignedGrant, Sitting};
use storage::{AnchorRecord, AnchorTaken, AttemptRecord, Outcome};

use super::{
    Engine,
    admission::rfc3339,
    in_time::HeadFit,
    manifest,
    seal::{EXTRA_MINUTES, MOVES, PAUSES},
};
use crate::{failure::Failure, random};

/// Steps of extra time that are printed on a sheet, in minutes.
const SHEET_STEPS: u32 = 5;
/// Challenges that are printed on a sheet.
const SHEET_CHALLENGES: usize = 4;
/// The longest signed grant, in bytes: with a line around it, it must stay below [`sitting::MAX_LINE_BYTES`].
const MAX_GRANT_BYTES: usize = 3_000;

/// One candidate's part of the proctor's sheet. It opens nothing, but whoever has it can give time: keep it like the exam.
#[derive(Clone, Debug, Serialize)]
pub struct Sheet {
    /// Pseudonym of the attempt.
    pub attempt: String,
    /// The candidate's name.
    pub candidate: String,
    /// Codes that give so many extra minutes in all.
    pub extra_time: Vec<(u32, String)>,
    /// Codes that stop the clock, each once.
    pub pauses: Vec<String>,
    /// Codes that open the response file of a broken device on the next one, in this order.
    pub moves: Vec<String>,
    /// The code that ends the sitting.
    pub end: String,
    /// Challenges for check-ins: the candidate types one, the proctor writes down head, line and time.
    pub challenges: Vec<String>,
}

/// What came of a check-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedIn {
    /// What is on record.
    pub recorded: AnchorTaken,
    /// Whether it was recorded now, and not by an earlier entry.
    pub is_new: bool,
    /// What it says of the journal held.
    pub fit: HeadFit,
    /// How many lines of that are held.
    pub held: u64,
    /// What stands as the decision now, if there is one. A pass or fail that this head contradicts was made before, and stays.
    pub outcome: Option<Outcome>,
}

impl Engine {
    /// The sheet of an attempt. Its challenges are drawn anew and recorded each time.
    ///
    /// # Errors
    /// An attempt that is not held.
    pub async fn sheet(&self, attempt: &str) -> Result<Sheet, Failure> {
        let held = self.known(attempt).await?;
        let seed = hex::encode(held.scheduled.grant_seed);
        let secrets = GrantSecrets { seed: &seed, attempt };
        let steps = (1..=EXTRA_MINUTES / SHEET_STEPS).map(|step| step * SHEET_STEPS);
        let mut challenges = Vec::new();
        for _ in 0..SHEET_CHALLENGES {
            challenges.push(self.challenge(attempt).await?.to_string());
        }
        Ok(Sheet {
            attempt: attempt.to_owned(),
            candidate: held.scheduled.candidate_name.clone(),
            extra_time: steps
                .map(|minutes| (minutes, secrets.extra_time(minutes, EXTRA_MINUTES).to_string()))
                .collect(),
            pauses: (1..=PAUSES).map(|number| secrets.pause(number).to_string()).collect(),
            moves: (1..=MOVES).map(|number| secrets.moving(number).to_string()).collect(),
            end: secrets.end().to_string(),
            challenges,
        })
    }

    /// Gives something to a candidate: signed, recorded, and pushed with the next answer to the device.
    ///
    /// # Errors
    /// An attempt that is not held, or was handed in or decided; extra time of no minute or more than a day; a reason that no
    /// line has room for.
    pub async fn grant(&self, attempt: &str, allows: Allows, reason: &str) -> Result<Signed<SignedGrant>, Failure> {
        if let Allows::ExtraTime { minutes } = allows
            && !(1..=1_440).contains(&minutes)
        {
            return Err(Failure::new(ProblemCode::BadRequest, "extra time is from a minute to a day"));
        }
        let held = self.known(attempt).await?;
        if self.state_of(&held).await? == AttemptState::Submitted {
            let detail = format!("attempt {attempt} was handed in or decided; nothing can be granted any more");
            return Err(Failure::new(ProblemCode::AlreadySubmitted, detail));
        }
        let document = SignedGrant {
            format: SignedGrant::FORMAT.into(),
            version: SignedGrant::VERSION,
            id: uuid::Uuid::now_v7().to_string(),
            attempt: attempt.to_owned(),
            allows,
            reason: reason.to_owned(),
            issued_ms: u64::try_from(self.now_ms()).unwrap_or_default(),
        };
        let id = document.id.clone();
        let signed = Signed::sign(document, &self.exam_keys.signing).map_err(Failure::fault)?;
        let text = signing::jcs::to_string(&signed).map_err(Failure::fault)?;
        if text.len() > MAX_GRANT_BYTES {
            let over = text.len() - MAX_GRANT_BYTES;
            let detail =
                format!("the reason is {over} bytes too long: a signed grant has at most {MAX_GRANT_BYTES} bytes");
            return Err(Failure::new(ProblemCode::BadRequest, detail));
        }
        self.store.add_grant(&self.tenant, attempt, &id, &text, self.now_ms()).await?;
        Ok(signed)
    }

    /// The longest that an attempt can last from its start, in milliseconds: duration, what was approved, all that codes can give,
    /// and what was signed for it until now.
    ///
    /// # Errors
    /// A manifest or a grant that cannot be read.
    pub async fn longest_ms(&self, attempt: &AttemptRecord) -> Result<u64, Failure> {
        let manifest = manifest(attempt)?;
        let scheduled = &attempt.scheduled;
        let (mut minutes, mut pauses) = (u64::from(manifest.grants.extra_minutes), manifest.grants.pauses.len() as u64);
        for text in self.store.grants(&self.tenant, &scheduled.id).await? {
            let signed: Signed<SignedGrant> = serde_json::from_str(&text).map_err(Failure::fault)?;
            match signed.document.allows {
                Allows::ExtraTime { minutes: more } => minutes += u64::from(more),
                Allows::Pause { .. } => pauses += 1,
                Allows::Move { .. } | Allows::End => {}
            }
        }
        let approved = [scheduled.extra_ms, scheduled.break_ms].map(|ms| u64::try_from(ms).unwrap_or_default());
        let granted = [minutes.saturating_mul(60_000), pauses.saturating_mul(LONGEST_PAUSE_MS)];
        Ok(approved.into_iter().chain(granted).fold(manifest.duration_ms, u64::saturating_add))
    }

    /// A fresh challenge for a check-in with the proctor.
    ///
    /// # Errors
    /// An attempt that is not held.
    pub async fn challenge(&self, attempt: &str) -> Result<Code128, Failure> {
        let challenge = Code128::from_bytes(random::bytes()?);
        self.known(attempt).await?;
        self.add_challenge(attempt, &hex::encode(challenge.as_bytes()), Authority::Proctor).await?;
        Ok(challenge)
    }

    /// Records the head that a candidate showed for a challenge, and judges the attempt again if it was referred. The same
    /// head again is no fault: an earlier entry may have stopped half-way.
    ///
    /// # Errors
    /// A challenge that was not given to this attempt, or for which another head was recorded before.
    pub async fn check_in(
        &self,
        attempt: &str,
        challenge: &Code128,
        head: &Code128,
        count: u64,
        at_ms: i64,
        by: &str,
    ) -> Result<CheckedIn, Failure> {
        let challenge = hex::encode(challenge.as_bytes());
        let refuse = |detail: &str| Err(Failure::new(ProblemCode::BadRequest, detail));
        let Some(anchor) = self.anchor(attempt, &challenge).await? else {
            return refuse("this challenge was not given out for this attempt");
        };
        if at_ms < anchor.issued_at_ms || at_ms > self.now_ms() {
            return refuse("the time must lie between the challenge and now");
        }
        let head = hex::encode(head.as_bytes());
        let taken = AnchorTaken { count, head, recorded_at_ms: at_ms, recorded_by: by.to_owned() };
        let is_new = self.store.take_anchor(&self.tenant, attempt, &challenge, &taken).await?;
        let recorded = self.anchor(attempt, &challenge).await?.and_then(|anchor| anchor.taken);
        let recorded = recorded.ok_or_else(|| Failure::fault(format!("the record for {challenge} is gone")))?;
        if (recorded.count, &recorded.head) != (taken.count, &taken.head) {
            return refuse(&format!(
                "for this challenge another head was recorded before: that of line {}, at {}, by {}; what was recorded stays",
                recorded.count,
                rfc3339(recorded.recorded_at_ms),
                recorded.recorded_by
            ));
        }
        let decision = self.judge_again(attempt).await?;
        let replayed = self.replay(&self.attempt(attempt).await?).await?;
        let ended = decision.is_some() || replayed.sitting.answers().submission().is_some();
        let (fit, held) = (HeadFit::of(&replayed, &recorded, ended), replayed.sitting.count());
        Ok(CheckedIn { recorded, is_new, fit, held, outcome: decision.map(|decision| decision.outcome) })
    }

    async fn anchor(&self, attempt: &str, challenge: &str) -> Result<Option<AnchorRecord>, Failure> {
        let anchors = self.store.anchors(&self.tenant, attempt).await?;
        Ok(anchors.into_iter().find(|anchor| anchor.challenge == challenge))
    }

    /// What a device needs to go on where another one stopped; nothing if it is the one that writes.
    pub(super) async fn move_to(
        &self,
        sitting: &Sitting,
        device: &Device,
    ) -> Result<Option<Signed<SignedGrant>>, Failure> {
        if sitting.device().is_none_or(|writer| writer.key == device.key) {
            return Ok(None);
        }
        let attempt = sitting.manifest().attempt.as_str();
        for text in self.store.grants(&self.tenant, attempt).await? {
            let signed: Signed<SignedGrant> = serde_json::from_str(&text).map_err(Failure::fault)?;
            let is_move = matches!(signed.document.allows, Allows::Move { .. });
            if is_move && sitting.allows(&Grant::of_signed(signed.clone())).is_ok() {
                return Ok(Some(signed));
            }
        }
        self.grant(attempt, Allows::Move { number: 0 }, "released by the exam body").await.map(Some)
    }

    /// An attempt that somebody of the exam body names.
    pub(super) async fn known(&self, attempt: &str) -> Result<AttemptRecord, Failure> {
        let none = || Failure::new(ProblemCode::NotFound, format!("there is no attempt {attempt}"));
        self.store.attempt(&self.tenant, attempt).await?.ok_or_else(none)
    }
}
