//! What a candidate met before a form is drawn.

use std::collections::BTreeSet;

use question_bank::{Drawing, FormPlan, Scheme, draw2::Earlier, scheme::Procedure};
use storage::{AttemptRecord, SittingRecord};

use super::{Engine, schedule::ScheduleError};

impl Engine {
    /// What a candidate may not meet again. A form of a set is none for a reserve of it: its items count as met, but not its
    /// scenario sets, which nobody has seen yet.
    pub(super) async fn earlier(
        &self,
        drawing: &Drawing<'_>,
        scheme: &Scheme,
        candidate: &str,
        reserve_of: Option<&SittingRecord>,
    ) -> Result<Earlier, ScheduleError> {
        let from_forms = scheme.procedure() == Procedure::Draw3;
        if scheme.constraints.shared_items.is_none() && !from_forms {
            return Ok(Earlier::none());
        }
        let mut earlier = drawing.earlier(self.met_before(candidate, &scheme.id).await?.iter().map(String::as_str));
        if let Some(first) = reserve_of.filter(|_| from_forms) {
            let planned = self.planned_beside(candidate, first).await?;
            let planned = drawing.earlier(planned.iter().map(String::as_str)).items;
            let items: BTreeSet<String> = earlier.items.into_iter().chain(planned).collect();
            earlier.items = items.into_iter().collect();
        }
        Ok(earlier)
    }

    /// Ids (in the bank) of the items of a candidate's forms in a sitting and in the reserves beside it.
    async fn planned_beside(&self, candidate: &str, first: &SittingRecord) -> Result<BTreeSet<String>, ScheduleError> {
        let group = first.reserve_of.as_ref().unwrap_or(&first.id);
        let mut planned = BTreeSet::new();
        for AttemptRecord { scheduled, .. } in self.store.attempts_of(&self.tenant, candidate).await? {
            let sitting = self.store.sitting(&self.tenant, &scheduled.sitting).await?;
            let beside = |sitting: &SittingRecord| {
                sitting.id == *group || sitting.id == first.id || sitting.reserve_of.as_ref() == Some(group)
            };
            if sitting.as_ref().is_some_and(beside) {
                let plan: FormPlan = serde_json::from_str(&scheduled.plan)?;
                planned.extend(plan.items.into_iter().map(|item| item.bank_id));
            }
        }
        Ok(planned)
    }

    /// Ids (in the bank) of the items that a candidate met in earlier attempts at a scheme. What was opened without a network
    /// shows only in its response file: a form whose window is over counts as met, too.
    async fn met_before(&self, candidate: &str, scheme: &str) -> Result<BTreeSet<String>, ScheduleError> {
        let mut met = BTreeSet::new();
        for attempt in self.store.attempts_of(&self.tenant, candidate).await? {
            let opened = attempt.started_at_ms.or(attempt.given_at_ms).is_some() || attempt.journal_count > 0;
            let sitting = self.store.sitting(&self.tenant, &attempt.scheduled.sitting).await?;
            let over = sitting.is_some_and(|sitting| sitting.closes_at_ms < self.clock.now().timestamp_millis());
            let plan: FormPlan = serde_json::from_str(&attempt.scheduled.plan)?;
            if plan.scheme == scheme && (opened || over) {
                met.extend(plan.items.into_iter().map(|item| item.bank_id));
            }
        }
        Ok(met)
    }
}
