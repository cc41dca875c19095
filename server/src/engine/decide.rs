//! From a journal that was handed in to a recorded decision (docs/DECISION.md).

use std::borrow::Cow;

use api::CollectOutcome;
use chrono::{DateTime, NaiveDate, Utc};
use question_bank::{FormPlan, Scheme, Score, earliest_retake, score};
use serde::{Deserialize, Serialize};
use sitting::Sitting;
use storage::{AnchorRecord, AttemptRecord, DecisionRecord, Issuance, Outcome, SittingRecord, StoreError};

use super::{
    Engine, bad_row,
    collect::word,
    in_time::{StartBasis, lines_by, reckon, remarks},
    journal::Replayed,
    scheme,
};
use crate::{clock::from_ms, failure::Failure, issue::Award};

/// Who decides where a scheme's rule does.
pub(super) const AUTOMATIC: &str = "automatic";

/// Judged again at most so often, if others judge at the same moment.
const TRIES: usize = 4;

/// What stands after a decision was to be recorded.
pub(super) enum Recorded {
    /// It.
    Own(DecisionRecord),
    /// What somebody else recorded before.
    Other(DecisionRecord),
}

/// What a decision rests on, kept for appeals and auditors. It holds no key, but which responses are right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decision {
    /// Always `invigil-decision`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// The attempt.
    pub attempt: String,
    /// Which attempt of the candidate at this scheme it was, from 1.
    pub attempt_number: u32,
    /// `pass`, `fail` or `referred`.
    pub outcome: String,
    /// `automatic`, or who decided.
    pub decided_by: String,
    /// When.
    pub decided_at: DateTime<Utc>,
    /// The manifest the journal hangs on.
    pub manifest_digest: String,
    /// Journal lines held.
    pub journal_lines: u64,
    /// Those of them that came in time.
    pub journal_lines_in_time: u64,
    /// Digest of the last line.
    pub journal_head: String,
    /// The score of what came in time.
    pub score: Score,
    /// The score of everything, where lines came late.
    pub score_with_late_lines: Option<Score>,
    /// From when the working time was reckoned, and what that rests on: `server`, `challenge` or `window`.
    pub start: DateTime<Utc>,
    /// See `start`.
    pub start_basis: StartBasis,
    /// The end of the working time, approved and granted time and breaks included.
    pub deadline: DateTime<Utc>,
    /// What a person should know, in sentences.
    pub remarks: Vec<String>,
    /// Why the person decided so, in their words; nothing for an automatic decision.
    pub decided_because: Option<String>,
    /// Why a person has to decide, or had to.
    pub referred_because: Option<String>,
    /// The first day of the next attempt, after a fail.
    pub earliest_retake: Option<NaiveDate>,
}

impl Engine {
    /// The decision on an attempt that was handed in; made now if that has not happened yet.
    pub(super) async fn decided(&self, attempt: &str) -> Result<DecisionRecord, Failure> {
        if let Some(decision) = self.store.decision(&self.tenant, attempt).await? {
            return Ok(decision);
        }
        let held = self.attempt(attempt).await?;
        let replayed = self.replay(&held).await?;
        if replayed.sitting.answers().submission().is_none() {
            return Err(Failure::new(api::ProblemCode::NoResultYet, "the attempt has not been handed in"));
        }
        self.decide(&held, &replayed, None).await
    }

    /// The same for a journal that was read already.
    pub(super) async fn decide_once(
        &self,
        held: &AttemptRecord,
        replayed: &Replayed,
    ) -> Result<DecisionRecord, Failure> {
        match self.store.decision(&self.tenant, &held.scheduled.id).await? {
            Some(decision) => Ok(decision),
            None => self.decide(held, replayed, None).await,
        }
    }

    /// Decides on an attempt whose candidate never handed in, with the answers that are held.
    ///
    /// # Errors
    /// An attempt that was not started, or whose time is not over yet: lines in the grace after the deadline still count.
    pub async fn close(&self, attempt: &str) -> Result<DecisionRecord, Failure> {
        let before = self.store.decision(&self.tenant, attempt).await?;
        let held = self.attempt(attempt).await?;
        let replayed = self.replay(&held).await?;
        let began = held.started_at_ms.is_some() || replayed.sitting.has_opened();
        let sitting = self.sitting_of(&held).await?;
        let anchors = self.store.anchors(&self.tenant, attempt).await?;
        let mut last = reckon(&held, &sitting, &replayed, &anchors).last_ms();
        // Where the start is not known, it may have been as late as the end of the window.
        if held.started_at_ms.is_none() {
            last = last.saturating_add(sitting.closes_at_ms - sitting.opens_at_ms);
        }
        // The page that could tell how long the clock has stood may be asleep.
        let may_stand = replayed.sitting.last_stamp().map_or(0, |at| replayed.sitting.time().may_stand_ms(at));
        last = last.saturating_add_unsigned(may_stand);
        let over = began && last < self.now_ms();
        if !over && replayed.sitting.answers().submission().is_none() {
            let detail = match (began, may_stand) {
                (true, 1..) => "the time is not over yet: the clock stands, and the break or pause may still go on",
                _ => "the attempt was not started, or its time is not over yet",
            };
            return Err(Failure::new(api::ProblemCode::NoResultYet, detail));
        }
        self.decide(&held, &replayed, before.as_ref()).await
    }

    /// Decides by the rules. `before` is the referral that there was, if any, before the journal was read: what was recorded
    /// since then may rest on more, and does not give way.
    pub(super) async fn decide(
        &self,
        attempt: &AttemptRecord,
        replayed: &Replayed,
        before: Option<&DecisionRecord>,
    ) -> Result<DecisionRecord, Failure> {
        if let Some(decided) = self.try_to_decide(attempt, replayed, before).await? {
            return Ok(decided);
        }
        let id = &attempt.scheduled.id;
        for _ in 0..TRIES {
            let before = self.store.decision(&self.tenant, id).await?;
            let held = self.attempt(id).await?;
            let replayed = self.replay(&held).await?;
            if let Some(decided) = self.try_to_decide(&held, &replayed, before.as_ref()).await? {
                return Ok(decided);
            }
        }
        Err(Failure::fault(format!("attempt {id} was judged by others each time when it was to be decided")))
    }

    /// The decision that stands afterwards; nothing if another referral came in between.
    async fn try_to_decide(
        &self,
        attempt: &AttemptRecord,
        replayed: &Replayed,
        before: Option<&DecisionRecord>,
    ) -> Result<Option<DecisionRecord>, Failure> {
        if let Some(decided) = before.filter(|before| before.outcome != Outcome::Referred) {
            return Ok(Some(decided.clone()));
        }
        let (decision, scheme) = self.gather(attempt, replayed).await?;
        let outcome = Outcome::read(&decision.outcome).unwrap_or(Outcome::Referred);
        let issuance =
            if outcome == Outcome::Pass { Some(self.award(attempt, &decision, &scheme).await?) } else { None };
        let recorded = match self.record(&decision, outcome, before, issuance.as_ref()).await {
            Err(StoreError::AwardTaken(award)) => {
                let reason = format!("the candidate passed, but holds the award {award} already");
                let decision =
                    Decision { outcome: Outcome::Referred.as_str().into(), referred_because: Some(reason), ..decision };
                self.record(&decision, Outcome::Referred, before, None).await?
            }
            recorded => recorded?,
        };
        Ok(match recorded {
            Recorded::Own(decided) => Some(decided),
            Recorded::Other(standing) => Some(standing).filter(|standing| standing.outcome != Outcome::Referred),
        })
    }

    /// What the scheme's rules make of an attempt with all that is held of it, and these rules.
    pub(super) async fn gather(
        &self,
        attempt: &AttemptRecord,
        replayed: &Replayed,
    ) -> Result<(Decision, Scheme), Failure> {
        let sitting = self.sitting_of(attempt).await?;
        let scheme = scheme(&sitting)?;
        let anchors = self.store.anchors(&self.tenant, &attempt.scheduled.id).await?;
        let collected = self.store.responses(&self.tenant, &attempt.scheduled.id).await?;
        let forked = collected.iter().any(|response| response.outcome == word(CollectOutcome::Fork));
        Ok((self.judge(attempt, replayed, &scheme, &sitting, &anchors, forked)?, scheme))
    }

    pub(super) async fn record(
        &self,
        decision: &Decision,
        outcome: Outcome,
        before: Option<&DecisionRecord>,
        issuance: Option<&Issuance>,
    ) -> Result<Recorded, StoreError> {
        let record = DecisionRecord {
            attempt: decision.attempt.clone(),
            outcome,
            decided_by: decision.decided_by.clone(),
            decided_at_ms: decision.decided_at.timestamp_millis(),
            raw_score: decision.score.raw,
            journal_head: decision.journal_head.clone(),
            record: serde_json::to_string(decision).map_err(|error| StoreError::Database(Box::new(error)))?,
        };
        let stands = self.store.decide(&self.tenant, &record, before, issuance).await?;
        Ok(if stands == record { Recorded::Own(stands) } else { Recorded::Other(stands) })
    }

    fn judge(
        &self,
        attempt: &AttemptRecord,
        replayed: &Replayed,
        scheme: &Scheme,
        sitting: &SittingRecord,
        anchors: &[AnchorRecord],
        forked: bool,
    ) -> Result<Decision, Failure> {
        let plan: FormPlan =
            serde_json::from_str(&attempt.scheduled.plan).map_err(|error| bad_row(attempt, "plan", &error))?;
        let reckoning = reckon(attempt, sitting, replayed, anchors);
        let in_time = in_time(replayed, lines_by(reckoning.last_ms(), replayed, anchors))?;
        let (remarks, contradicted) = remarks(attempt, replayed, anchors);
        let timely = score(&plan, in_time.answers().responses(), scheme).map_err(Failure::fault)?;
        let late = replayed.sitting.count() > in_time.count();
        let whole = if late {
            Some(score(&plan, replayed.sitting.answers().responses(), scheme).map_err(Failure::fault)?)
        } else {
            None
        };
        let unscored = timely.pending.max(whole.as_ref().map_or(0, |whole| whole.pending));
        let differs = whole.as_ref().is_some_and(|whole| whole.passed != timely.passed);
        let referred_because = if contradicted {
            Some("a recorded head of the journal is not in it".to_owned())
        } else if forked {
            Some("another branch of the journal was collected".to_owned())
        } else if unscored > 0 {
            Some(format!("people have to score answers in writing that may give {unscored} points"))
        } else {
            differs
                .then(|| "answers that cannot be shown to have been given in time would change the result".to_owned())
        };
        let outcome = match (referred_because.is_some(), timely.passed) {
            (true, _) => Outcome::Referred,
            (false, true) => Outcome::Pass,
            (false, false) => Outcome::Fail,
        };
        let now = self.now();
        Ok(Decision {
            format: "invigil-decision".into(),
            version: 1,
            attempt: attempt.scheduled.id.clone(),
            attempt_number: attempt.scheduled.attempt_number,
            outcome: outcome.as_str().into(),
            decided_by: AUTOMATIC.into(),
            decided_at: now,
            manifest_digest: replayed.sitting.manifest_digest().to_owned(),
            journal_lines: replayed.sitting.count(),
            journal_lines_in_time: in_time.count(),
            journal_head: replayed.sitting.head().to_owned(),
            score: timely,
            score_with_late_lines: whole,
            start: from_ms(reckoning.start_ms),
            start_basis: reckoning.basis,
            deadline: from_ms(reckoning.deadline_ms),
            remarks,
            decided_because: None,
            referred_because,
            earliest_retake: match outcome {
                Outcome::Fail => retake(attempt, scheme, from_ms(reckoning.start_ms)),
                Outcome::Pass | Outcome::Referred => None,
            },
        })
    }

    pub(super) async fn award(
        &self,
        attempt: &AttemptRecord,
        decision: &Decision,
        scheme: &Scheme,
    ) -> Result<Issuance, Failure> {
        let scheduled = &attempt.scheduled;
        let award = Award {
            scheme,
            candidate_ref: &scheduled.candidate_ref,
            holder: &scheduled.candidate_name,
            last_name: &scheduled.family_name,
            decided_at: decision.decided_at,
            status: Some(self.status_places().await?),
        };
        self.issuer.issue(&award)
    }
}

/// The first day of the next attempt after a fail; waits count from when the working time was reckoned to begin, however late
/// the journal came in.
pub(super) fn retake(attempt: &AttemptRecord, scheme: &Scheme, start: DateTime<Utc>) -> Option<NaiveDate> {
    let last = start.date_naive();
    let first = attempt.scheduled.first_attempt_at_ms.map_or(last, |ms| from_ms(ms).date_naive());
    earliest_retake(scheme, attempt.scheduled.attempt_number, first, last)
}

/// The sitting as far as its lines came in time.
fn in_time(replayed: &Replayed, lines: usize) -> Result<Cow<'_, Sitting>, Failure> {
    if lines >= replayed.lines.len() {
        return Ok(Cow::Borrowed(&replayed.sitting));
    }
    let mut sitting = Sitting::new(replayed.sitting.manifest().clone()).map_err(Failure::fault)?;
    let timely = replayed.lines.iter().take(lines);
    sitting.accept_all(timely.map(|line| line.line.as_str())).map_err(Failure::fault)?;
    Ok(Cow::Owned(sitting))
}
