//! A bank in numbers: what there is, where, and whether it is enough for its blueprint.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::bank::{Bank, Item, Kind, Level, Named as _, Status, SubjectKind};

/// Items by cognitive level, in the order of [`Level`].
pub type Levels = BTreeMap<Level, usize>;

/// A bank in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Always `invigil-bank-stats`.
    pub format: &'static str,
    /// Version of this document's format.
    pub version: u32,
    /// The day (UTC) by which dates are judged.
    pub on: NaiveDate,
    /// Items, those of scenario sets included.
    pub items: usize,
    /// Scenario sets.
    pub scenarios: usize,
    /// Items of scenario sets.
    pub in_scenarios: usize,
    /// Items by status.
    pub statuses: BTreeMap<Status, usize>,
    /// Items by kind.
    pub kinds: BTreeMap<Kind, usize>,
    /// Items by cognitive level.
    pub levels: Levels,
    /// By domain, in the order of the blueprint.
    pub domains: Vec<DomainStats>,
    /// By subject of the syllabus, in its order.
    pub subjects: Vec<SubjectStats>,
    /// Items that no subject names, if there is a syllabus.
    pub without_subject: Vec<String>,
    /// Items that judges have rated.
    pub rated: usize,
    /// The first day on which a reference has to be looked at again.
    pub next_review: Option<NaiveDate>,
}

/// A domain in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DomainStats {
    /// Short name.
    pub id: String,
    /// Full name.
    pub title: String,
    /// Items of it on a form.
    pub quota: u32,
    /// Items of it.
    pub items: usize,
    /// Of these, how many stand in scenario sets.
    pub in_scenarios: usize,
    /// By cognitive level.
    pub levels: Levels,
    /// How likely a minimally competent candidate is to answer one of them, in thousandths, as judges estimate it.
    pub difficulty: Option<u32>,
}

/// A subject in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SubjectStats {
    /// Short name.
    pub id: String,
    /// Full name.
    pub title: String,
    /// What it is.
    pub kind: SubjectKind,
    /// Items about it.
    pub items: usize,
    /// By domain and cognitive level.
    pub by_domain: BTreeMap<String, Levels>,
}

impl Stats {
    /// Counts.
    pub fn of(bank: &Bank, on: NaiveDate) -> Self {
        let items = || bank.items.values();
        let domains = bank.scheme.iter().flat_map(|scheme| &scheme.domains).map(|domain| {
            let of: Vec<&Item> = items().filter(|item| item.domain == domain.id).collect();
            let rated: Vec<u32> = of.iter().filter_map(|item| bank.difficulties.get(&item.id)).copied().collect();
            let sum: u64 = rated.iter().map(|rating| u64::from(*rating)).sum();
            DomainStats {
                id: domain.id.clone(),
                title: domain.title.value.clone(),
                quota: domain.items.value,
                items: of.len(),
                in_scenarios: of.iter().filter(|item| item.scenario.is_some()).count(),
                levels: levels(of.iter().copied()),
                difficulty: sum.checked_div(rated.len() as u64).and_then(|mean| u32::try_from(mean).ok()),
            }
        });
        let subjects = bank.syllabus.iter().map(|subject| {
            let of = || subject.items.iter().filter_map(|id| bank.items.get(id));
            let mut by_domain: BTreeMap<String, Vec<&Item>> = BTreeMap::new();
            of().for_each(|item| by_domain.entry(item.domain.clone()).or_default().push(item));
            SubjectStats {
                id: subject.id.clone(),
                title: subject.title.clone(),
                kind: subject.kind,
                items: of().count(),
                by_domain: by_domain.into_iter().map(|(domain, items)| (domain, levels(items.into_iter()))).collect(),
            }
        });
        let is_named = |id: &&String| bank.syllabus.iter().any(|subject| subject.items.contains(id));
        let unnamed = bank.items.keys().filter(|id| !bank.syllabus.is_empty() && !is_named(id));
        Self {
            format: "invigil-bank-stats",
            version: 1,
            on,
            items: bank.items.len(),
            scenarios: bank.scenarios.len(),
            in_scenarios: items().filter(|item| item.scenario.is_some()).count(),
            statuses: count(items().map(|item| item.status)),
            kinds: count(items().map(|item| item.kind)),
            levels: levels(items()),
            domains: domains.collect(),
            subjects: subjects.collect(),
            without_subject: unnamed.cloned().collect(),
            rated: items().filter(|item| bank.difficulties.contains_key(&item.id)).count(),
            next_review: items().filter_map(Item::review_by).min(),
        }
    }
}

fn count<T: Ord>(values: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    counts
}

/// Every level, also those without items.
fn levels<'a>(items: impl Iterator<Item = &'a Item>) -> Levels {
    let mut counts: Levels = Level::ALL.iter().map(|(_, level)| (*level, 0)).collect();
    items.for_each(|item| *counts.entry(item.level).or_default() += 1);
    counts
}
