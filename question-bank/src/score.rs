//! Comparing responses with the key.

use std::collections::BTreeMap;

use item::{ItemId, Response};
use serde::{Deserialize, Serialize};

use crate::{
    FormPlan, Rule, Scheme,
    assemble::{is_scored, yes},
};

/// The result of one attempt. It names no key, but which responses are right: it is for the server and auditors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// Always `invigil-score`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// The scheme, such as `caisp`.
    pub scheme: String,
    /// Edition of the scheme.
    pub edition: String,
    /// Points: one for each item answered correctly, more or less where an item's rule says so.
    pub raw: u32,
    /// Points that the items of the form which count give: one an item, where no rule says otherwise.
    pub max: u32,
    /// Points of `max` that people have to decide on yet; `raw` has none of them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub pending: u32,
    /// The smallest raw score that passes.
    pub cut: u32,
    /// Whether `raw` reaches `cut`; never while points are pending.
    pub passed: bool,
    /// One entry a domain of the scheme, in its order; domains without items on the form are left out.
    pub domains: Vec<DomainScore>,
    /// One entry an item, in the order of the form.
    pub items: Vec<ItemScore>,
}

impl Score {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-score";
    /// The `version` of a score whose items have one point each.
    pub const VERSION: u32 = 1;
    /// The `version` of a score with points.
    pub const VERSION_WITH_POINTS: u32 = 2;
}

/// The result in one domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DomainScore {
    /// The domain.
    pub domain: String,
    /// Its full name.
    pub title: String,
    /// Points in it.
    pub correct: u32,
    /// Points that its items on the form give.
    pub of: u32,
    /// Id of the reporting band.
    pub band: String,
    /// Wording of the band for the candidate.
    pub band_title: String,
    /// Below the proportion that passes the whole exam.
    pub weak: bool,
}

/// The result of one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemScore {
    /// Its name on the form.
    pub id: ItemId,
    /// Whether the response is wholly right.
    pub correct: bool,
    /// Its points, where the item's rule is not one or none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
    /// What was chosen; empty if nothing was.
    pub response: Response,
    /// Whether it counts; a pilot item does not.
    #[serde(default = "yes", skip_serializing_if = "is_scored")]
    pub scored: bool,
}

/// Points of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Points {
    /// What the response has; `null` as long as people have not decided.
    pub got: Option<u32>,
    /// What the item gives.
    pub of: u32,
}

/// Why an attempt cannot be scored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScoreError {
    /// The form belongs to another scheme or edition.
    #[error("the form is for {form}, the scheme is {scheme}")]
    OtherScheme {
        /// Scheme and edition of the form.
        form: String,
        /// Scheme and edition given.
        scheme: String,
    },
    /// A response to an item that the form does not have.
    #[error("there is a response to item {0}, which is not on the form")]
    UnknownItem(ItemId),
    /// An item of a domain that the scheme does not have.
    #[error("item {item} is of domain {domain}, which the scheme does not have")]
    UnknownDomain {
        /// The item.
        item: ItemId,
        /// Its domain.
        domain: String,
    },
}

/// Scores one attempt. An item has one point if its response is exactly the key, unless its rule says otherwise; no response
/// has none. What people have to score has none yet, and the score says so ([`Score::pending`]). The cut is never rounded down ([`crate::scheme::PassMark::cut`]).
///
/// # Errors
/// [`ScoreError`] if plan, responses and scheme do not belong together.
pub fn score(plan: &FormPlan, responses: &BTreeMap<ItemId, Response>, scheme: &Scheme) -> Result<Score, ScoreError> {
    if (&plan.scheme, &plan.edition) != (&scheme.id, &scheme.edition) {
        return Err(ScoreError::OtherScheme {
            form: format!("{} {}", plan.scheme, plan.edition),
            scheme: format!("{} {}", scheme.id, scheme.edition),
        });
    }
    if let Some(id) = responses.keys().find(|&id| plan.items.iter().all(|item| item.id != *id)) {
        return Err(ScoreError::UnknownItem(id.clone()));
    }
    let mut tally: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let mut items: Vec<ItemScore> = Vec::with_capacity(plan.items.len());
    let mut pending = 0;
    for item in &plan.items {
        if scheme.domain(&item.domain).is_none() {
            return Err(ScoreError::UnknownDomain { item: item.id.clone(), domain: item.domain.clone() });
        }
        let response = responses.get(&item.id).cloned().unwrap_or_default();
        let worth = Rule::worth(item.rule.as_ref(), &response, &item.key);
        if item.scored {
            let (right, of) = tally.entry(&item.domain).or_default();
            *right += worth.points;
            *of += worth.of;
            pending += if worth.is_pending { worth.of } else { 0 };
        }
        let got = if worth.is_pending { None } else { Some(worth.points) };
        let points = (worth.is_pending || worth.of != 1).then_some(Points { got, of: worth.of });
        let correct = !worth.is_pending && worth.points == worth.of;
        items.push(ItemScore { id: item.id.clone(), correct, points, response, scored: item.scored });
    }
    let raw = tally.values().map(|(correct, _)| correct).sum();
    let max = tally.values().map(|(_, of)| of).sum();
    let pass = scheme.exam.pass.value;
    let has_points = items.iter().any(|item| item.points.is_some());
    Ok(Score {
        format: Score::FORMAT.into(),
        version: if has_points { Score::VERSION_WITH_POINTS } else { Score::VERSION },
        scheme: scheme.id.clone(),
        edition: scheme.edition.clone(),
        raw,
        max,
        pending,
        cut: pass.cut(max),
        // Nothing asked is nothing passed, though 0 of 0 reaches every proportion.
        passed: max > 0 && pending == 0 && pass.is_met(raw, max),
        domains: domains(scheme, &tally),
        items,
    })
}

fn domains(scheme: &Scheme, tally: &BTreeMap<&str, (u32, u32)>) -> Vec<DomainScore> {
    let mut domains = Vec::new();
    for domain in &scheme.domains {
        let Some(&(correct, of)) = tally.get(domain.id.as_str()) else { continue };
        let band = scheme.band(correct, of);
        domains.push(DomainScore {
            domain: domain.id.clone(),
            title: domain.title.value.clone(),
            correct,
            of,
            band: band.map(|band| band.id.clone()).unwrap_or_default(),
            band_title: band.map(|band| band.title.value.clone()).unwrap_or_default(),
            weak: !scheme.exam.pass.value.is_met(correct, of),
        });
    }
    domains
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}
