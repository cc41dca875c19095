//! Comparing responses with the key.

use std::collections::BTreeMap;

use item::{ItemId, Response};
use serde::{Deserialize, Serialize};

use crate::{
    FormPlan, Scheme,
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
    /// Items answered correctly.
    pub raw: u32,
    /// Items of the form that count.
    pub max: u32,
    /// The smallest raw score that passes.
    pub cut: u32,
    /// Whether `raw` reaches `cut`.
    pub passed: bool,
    /// One entry a domain of the scheme, in its order; domains without items on the form are left out.
    pub domains: Vec<DomainScore>,
    /// One entry an item, in the order of the form.
    pub items: Vec<ItemScore>,
}

impl Score {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-score";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;
}

/// The result in one domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DomainScore {
    /// The domain.
    pub domain: String,
    /// Its full name.
    pub title: String,
    /// Items answered correctly.
    pub correct: u32,
    /// Items of it on the form.
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
    /// Whether the response is the key, all or nothing.
    pub correct: bool,
    /// What was chosen; empty if nothing was.
    pub response: Response,
    /// Whether it counts; a pilot item does not.
    #[serde(default = "yes", skip_serializing_if = "is_scored")]
    pub scored: bool,
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

/// Scores one attempt. An item counts if its response is exactly the key; no response is wrong. The cut is never rounded
/// down ([`crate::scheme::PassMark::cut`]).
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
    let mut items = Vec::with_capacity(plan.items.len());
    for item in &plan.items {
        if scheme.domain(&item.domain).is_none() {
            return Err(ScoreError::UnknownDomain { item: item.id.clone(), domain: item.domain.clone() });
        }
        let response = responses.get(&item.id).cloned().unwrap_or_default();
        let correct = !response.is_empty() && response == item.key;
        if item.scored {
            let (right, of) = tally.entry(&item.domain).or_default();
            *right += u32::from(correct);
            *of += 1;
        }
        items.push(ItemScore { id: item.id.clone(), correct, response, scored: item.scored });
    }
    let raw = tally.values().map(|(correct, _)| correct).sum();
    let max = tally.values().map(|(_, of)| of).sum();
    let pass = scheme.exam.pass.value;
    Ok(Score {
        format: Score::FORMAT.into(),
        version: Score::VERSION,
        scheme: scheme.id.clone(),
        edition: scheme.edition.clone(),
        raw,
        max,
        cut: pass.cut(max),
        // Nothing asked is nothing passed, though 0 of 0 reaches every proportion.
        passed: max > 0 && pass.is_met(raw, max),
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
