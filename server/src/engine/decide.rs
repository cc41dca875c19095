//! From a journal that was handed in to a recorded decision (docs/DECISION.md).

use chrono::{DateTime, NaiveDate, Utc};
use question_bank::{FormPlan, Scheme, Score, earliest_retake, score};
use serde::{Deserialize, Serialize};
use sitting::Sitting;
use storage::{AttemptRecord, DecisionRecord, Issuance, Outcome, StoreError};

use super::{Engine, GRACE_MS, bad_row, deadline, journal::Replayed, manifest, scheme};
use crate::{clock::from_ms, failure::Failure, issue::Award};

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
    /// Why a person has to decide.
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
        self.decide(&held, &replayed).await
    }

    /// Decides on an attempt whose candidate never handed in, with the answers that are held.
    ///
    /// # Errors
    /// An attempt that was not started, or whose time is not over yet: lines in the grace after the deadline still count.
    pub async fn close(&self, attempt: &str) -> Result<DecisionRecord, Failure> {
        let held = self.attempt(attempt).await?;
        let over = last_moment(&held, &manifest(&held)?).is_some_and(|last| last < self.now_ms());
        let replayed = self.replay(&held).await?;
        if !over && replayed.sitting.answers().submission().is_none() {
            let detail = "the attempt was not started, or its time is not over yet";
            return Err(Failure::new(api::ProblemCode::NoResultYet, detail));
        }
        self.decide(&held, &replayed).await
    }

    async fn decide(&self, attempt: &AttemptRecord, replayed: &Replayed) -> Result<DecisionRecord, Failure> {
        let scheme = scheme(&self.sitting_of(attempt).await?)?;
        let decision = self.judge(attempt, replayed, &scheme)?;
        let outcome = Outcome::read(&decision.outcome).unwrap_or(Outcome::Referred);
        let issuance = if outcome == Outcome::Pass { Some(self.award(attempt, &decision, &scheme)?) } else { None };
        match self.record(&decision, outcome, issuance.as_ref()).await {
            Err(StoreError::AwardTaken(award)) => {
                let reason = format!("the candidate passed, but holds the award {award} already");
                let decision =
                    Decision { outcome: Outcome::Referred.as_str().into(), referred_because: Some(reason), ..decision };
                Ok(self.record(&decision, Outcome::Referred, None).await?)
            }
            recorded => Ok(recorded?),
        }
    }

    async fn record(
        &self,
        decision: &Decision,
        outcome: Outcome,
        issuance: Option<&Issuance>,
    ) -> Result<DecisionRecord, StoreError> {
        let record = DecisionRecord {
            attempt: decision.attempt.clone(),
            outcome,
            decided_by: decision.decided_by.clone(),
            decided_at_ms: decision.decided_at.timestamp_millis(),
            raw_score: decision.score.raw,
            journal_head: decision.journal_head.clone(),
            record: serde_json::to_string(decision).map_err(|error| StoreError::Database(Box::new(error)))?,
        };
        self.store.decide(&self.tenant, &record, issuance).await
    }

    fn judge(&self, attempt: &AttemptRecord, replayed: &Replayed, scheme: &Scheme) -> Result<Decision, Failure> {
        let manifest = manifest(attempt)?;
        let plan: FormPlan =
            serde_json::from_str(&attempt.scheduled.plan).map_err(|error| bad_row(attempt, "plan", &error))?;
        let in_time = in_time(attempt, replayed)?;
        let timely = score(&plan, in_time.answers().responses(), scheme).map_err(Failure::fault)?;
        let late = replayed.sitting.count() > in_time.count();
        let whole = if late {
            Some(score(&plan, replayed.sitting.answers().responses(), scheme).map_err(Failure::fault)?)
        } else {
            None
        };
        let differs = whole.as_ref().is_some_and(|whole| whole.passed != timely.passed);
        let outcome = match (differs, timely.passed) {
            (true, _) => Outcome::Referred,
            (false, true) => Outcome::Pass,
            (false, false) => Outcome::Fail,
        };
        let now = self.now();
        let last = attempt.started_at_ms.map_or(now, from_ms).date_naive();
        let first = attempt.scheduled.first_attempt_at_ms.map_or(last, |ms| from_ms(ms).date_naive());
        let number = attempt.scheduled.attempt_number;
        Ok(Decision {
            format: "invigil-decision".into(),
            version: 1,
            attempt: attempt.scheduled.id.clone(),
            attempt_number: number,
            outcome: outcome.as_str().into(),
            decided_by: "automatic".into(),
            decided_at: now,
            manifest_digest: manifest.digest().map_err(Failure::fault)?,
            journal_lines: replayed.sitting.count(),
            journal_lines_in_time: in_time.count(),
            journal_head: replayed.sitting.head().to_owned(),
            score: timely,
            score_with_late_lines: whole,
            referred_because: differs
                .then(|| "answers that reached the server after the deadline would change the result".to_owned()),
            earliest_retake: match outcome {
                Outcome::Fail => earliest_retake(scheme, number, first, last),
                Outcome::Pass | Outcome::Referred => None,
            },
        })
    }

    fn award(&self, attempt: &AttemptRecord, decision: &Decision, scheme: &Scheme) -> Result<Issuance, Failure> {
        let scheduled = &attempt.scheduled;
        let award = Award {
            scheme,
            candidate_ref: &scheduled.candidate_ref,
            holder: &scheduled.candidate_name,
            last_name: &scheduled.family_name,
            decided_at: decision.decided_at,
        };
        self.issuer.issue(&award)
    }
}

/// The sitting as far as its lines came in time: up to the first one that was received after deadline and grace.
fn in_time(attempt: &AttemptRecord, replayed: &Replayed) -> Result<Sitting, Failure> {
    let manifest = manifest(attempt)?;
    let limit = last_moment(attempt, &manifest).unwrap_or(i64::MAX);
    let mut sitting = Sitting::new(manifest).map_err(Failure::fault)?;
    let timely = replayed.lines.iter().take_while(|line| line.received_at_ms <= limit);
    sitting.accept_all(timely.map(|line| line.line.as_str())).map_err(Failure::fault)?;
    Ok(sitting)
}

/// The last moment at which a line of a started attempt still comes in time.
fn last_moment(attempt: &AttemptRecord, manifest: &sitting::Manifest) -> Option<i64> {
    deadline(attempt, manifest).map(|at| at.timestamp_millis().saturating_add(GRACE_MS))
}
