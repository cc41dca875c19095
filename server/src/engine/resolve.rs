//! Attempts that were referred: judged again when more is known, or decided by a person (docs/DECISION.md).

use api::ProblemCode;
use storage::{DecisionRecord, Outcome, StoreError};

use super::{
    Engine,
    decide::{AUTOMATIC, Decision, Recorded, retake},
};
use crate::failure::Failure;

impl Engine {
    /// Judges an attempt again that was referred, for instance because a check-in was recorded since. Whatever else was decided
    /// stays. The decision that there is now.
    pub(super) async fn judge_again(&self, attempt: &str) -> Result<Option<DecisionRecord>, Failure> {
        match self.store.decision(&self.tenant, attempt).await? {
            Some(referred) if referred.outcome == Outcome::Referred => {
                let held = self.attempt(attempt).await?;
                self.decide(&held, &self.replay(&held).await?, Some(&referred)).await.map(Some)
            }
            decided => Ok(decided),
        }
    }

    /// A person's decision on an attempt that was referred.
    ///
    /// # Errors
    /// An attempt that was not referred; a person or a reason without a name.
    pub async fn resolve(
        &self,
        attempt: &str,
        passed: bool,
        by: &str,
        because: &str,
    ) -> Result<DecisionRecord, Failure> {
        let refuse = |detail: &str| Err(Failure::new(ProblemCode::BadRequest, detail));
        if by.trim().is_empty() || because.trim().is_empty() || by == AUTOMATIC {
            return refuse("a decision needs the name of who decides, and the reason");
        }
        let decided = self.store.decision(&self.tenant, attempt).await?;
        let Some(referred) = decided.filter(|decision| decision.outcome == Outcome::Referred) else {
            return refuse("this attempt was not referred to a person");
        };
        let earlier: Decision = serde_json::from_str(&referred.record)
            .map_err(|error| Failure::fault(format!("the decision on attempt {attempt} cannot be read: {error}")))?;
        let held = self.known(attempt).await?;
        let (judged, scheme) = self.gather(&held, &self.replay(&held).await?).await?;
        let outcome = if passed { Outcome::Pass } else { Outcome::Fail };
        let decision = Decision {
            outcome: outcome.as_str().into(),
            decided_by: by.to_owned(),
            decided_because: Some(because.to_owned()),
            // The rules alone do not see all: an award that is held already shows only when one is issued.
            referred_because: judged.referred_because.clone().or(earlier.referred_because),
            earliest_retake: if passed { None } else { retake(&held, &scheme, judged.start) },
            ..judged
        };
        let issuance = if passed { Some(self.award(&held, &decision, &scheme).await?) } else { None };
        match self.record(&decision, outcome, Some(&referred), issuance.as_ref()).await {
            Err(StoreError::AwardTaken(award)) => refuse(&format!("the candidate holds the award {award} already")),
            recorded => match recorded? {
                Recorded::Own(decided) => Ok(decided),
                Recorded::Other(_) => {
                    refuse("the attempt was judged again or decided meanwhile; look at what stands now, then decide")
                }
            },
        }
    }
}
