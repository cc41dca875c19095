//! How a response is compared with the key of its item.

use std::collections::{BTreeMap, BTreeSet};

use item::Response;
use serde::{Deserialize, Serialize};

use crate::text_key::TextKey;

/// How responses are compared with the key, where it is not as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Rule {
    /// Each part that is right gives one point: a chosen option, a filled gap, a pair, a place in the order. Parts beyond the
    /// number that the key has take one point away each.
    Parts,
    /// What is typed into these gaps is compared by their keys; other gaps by the key of the item.
    Gaps {
        /// The gaps that are typed into.
        typed: BTreeMap<String, TextKey>,
        /// One point for each gap, rather than all or nothing.
        by_parts: bool,
    },
    /// People give the points.
    Rubric {
        /// What they look for.
        criteria: Vec<Criterion>,
    },
}

/// One thing that people look for in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// What it is. Plain text.
    pub text: String,
    /// The most points that it gives, from 1.
    pub points: u32,
}

/// What a response is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Worth {
    /// Points that it has.
    pub points: u32,
    /// Points that the item gives.
    pub of: u32,
    /// People have to give points yet; until then there are none.
    pub is_pending: bool,
}

impl Rule {
    /// What a response is worth by a rule; without one, a response that is the key has the item's one point.
    pub fn worth(rule: Option<&Self>, response: &Response, key: &Response) -> Worth {
        let scored = |points, of| Worth { points, of, is_pending: false };
        let whole = |right: bool| scored(u32::from(right), 1);
        match rule {
            None => whole(!response.is_empty() && response == key),
            Some(Self::Parts) => {
                let (points, of) = by_parts(&parts(response), &parts(key));
                scored(points, of)
            }
            Some(Self::Gaps { typed, by_parts }) => {
                let Response::Gaps(gaps) = key else { return whole(false) };
                let right = gaps.iter().filter(|(gap, label)| {
                    let given = response.gap(gap);
                    given.is_some_and(|given| typed.get(*gap).map_or(given == *label, |key| key.is_met(given)))
                });
                let (right, of) = (count(right.count()), count(gaps.len()));
                if *by_parts { scored(right, of) } else { whole(right == of) }
            }
            Some(Self::Rubric { criteria }) => {
                let of = criteria.iter().fold(0_u32, |sum, criterion| sum.saturating_add(criterion.points));
                Worth { points: 0, of, is_pending: !response.is_blank() }
            }
        }
    }
}

fn by_parts(given: &BTreeSet<String>, key: &BTreeSet<String>) -> (u32, u32) {
    let right = given.intersection(key).count();
    let surplus = given.len().saturating_sub(key.len());
    (count(right.saturating_sub(surplus)), count(key.len()))
}

/// The parts of a response, each by a name of its own.
fn parts(response: &Response) -> BTreeSet<String> {
    match response {
        Response::Choices(labels) => labels.iter().cloned().collect(),
        Response::Order(labels) => labels.iter().enumerate().map(|(place, label)| format!("{place} {label}")).collect(),
        Response::Gaps(gaps) => gaps.iter().map(|(gap, label)| format!("{gap} {label}")).collect(),
        Response::Pairs(pairs) => pairs.iter().map(|pair| pair.join(" ")).collect(),
        Response::Text(_) => BTreeSet::new(),
    }
}

fn count(parts: usize) -> u32 {
    u32::try_from(parts).unwrap_or(u32::MAX)
}
