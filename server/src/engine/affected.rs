//! Which forms hold items that must not be used any more.

use std::collections::BTreeMap;

use api::AttemptState;
use question_bank::{FormPlan, lifecycle::Taint};
use serde::Serialize;

use super::Engine;
use crate::failure::Failure;

/// An attempt whose form holds such items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AffectedAttempt {
    /// The sitting.
    pub sitting: String,
    /// It is of a reserve sitting.
    pub reserve: bool,
    /// The attempt.
    pub attempt: String,
    /// Who sits.
    pub candidate: String,
    /// Whether it has begun or ended. One without a network may have begun without the server's knowledge.
    pub state: AttemptState,
    /// Which items.
    pub items: Vec<AffectedItem>,
}

/// An item of a form that must not be used any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AffectedItem {
    /// Its number on the form, from 1.
    pub number: usize,
    /// Its id in the bank.
    pub item: String,
    /// Its revision on the form.
    pub revision: u32,
    /// Why.
    #[serde(flatten)]
    pub taint: Taint,
}

impl Engine {
    /// Every attempt whose form holds one of these items (by id in the bank), latest sitting first.
    ///
    /// # Errors
    /// [`Failure::Fault`] if the store or a form's plan cannot be read.
    pub async fn affected(&self, tainted: &BTreeMap<&str, Taint>) -> Result<Vec<AffectedAttempt>, Failure> {
        let mut affected = Vec::new();
        for sitting in self.store.sittings(&self.tenant).await? {
            for attempt in self.store.roster(&self.tenant, &sitting.id).await? {
                let scheduled = &attempt.scheduled;
                let plan: FormPlan = serde_json::from_str(&scheduled.plan)
                    .map_err(|error| Failure::fault(format!("the plan of {} cannot be read: {error}", scheduled.id)))?;
                let items: Vec<AffectedItem> = (1..)
                    .zip(plan.items)
                    .filter_map(|(number, item)| {
                        let taint = tainted.get(item.bank_id.as_str())?.clone();
                        Some(AffectedItem { number, item: item.bank_id, revision: item.revision, taint })
                    })
                    .collect();
                if items.is_empty() {
                    continue;
                }
                affected.push(AffectedAttempt {
                    sitting: sitting.id.clone(),
                    reserve: sitting.reserve_of.is_some(),
                    attempt: scheduled.id.clone(),
                    candidate: scheduled.candidate_name.clone(),
                    state: self.state_of(&attempt).await?,
                    items,
                });
            }
        }
        Ok(affected)
    }
}
