//! What a bank and its scheme do not say about parallel forms, as a file says it, and the problem that comes of it all.

use std::{collections::BTreeMap, path::Path};

use assembly::{Blueprint, InformationTarget, Item, Problem, Quota, Range, Scenarios, irt::Parameters};
use item::RichText;
use question_bank::{
    HashedBank, SourceFile,
    bank::{Item as BankItem, Scenario},
};
use serde::Deserialize;

use super::Fault;
use crate::{bank_files, toml_fault};

/// `rules.toml` (docs/ASSEMBLY.md). Every table may be left out.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Rules {
    levels: BTreeMap<String, Range>,
    words: Option<Range>,
    key_positions: Option<Range>,
    expected_score: Option<Range>,
    target_score: Option<u32>,
    max_uses: Option<u32>,
    abilities: Vec<i32>,
    information: Vec<InformationTarget>,
    /// By item: estimates in percent.
    ratings: BTreeMap<String, Vec<u32>>,
    /// By item: parameters of the logistic model, in thousandths.
    parameters: BTreeMap<String, Model>,
    /// By item: how many earlier forms have used it.
    used: BTreeMap<String, u32>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Model {
    a: u32,
    b: i32,
    #[serde(default)]
    c: u32,
}

/// A file of estimates beside a bank, `angoff/*.toml`.
#[derive(Debug, Deserialize)]
struct Estimates {
    estimates: BTreeMap<String, Vec<u32>>,
}

impl Rules {
    /// Reads the rules, and the estimates that lie beside a bank. Estimates of the rules come first.
    pub(super) fn read(file: Option<&Path>, bank: &Path) -> Result<Self, Fault> {
        let mut rules: Self = match file {
            None => Self::default(),
            Some(file) => {
                let text = std::fs::read_to_string(file);
                let text = text.map_err(|error| Fault::new(format!("{}: {error}", file.display())))?;
                parse(&file.display().to_string(), &text)?
            }
        };
        for SourceFile { path, content } in bank_files::read(bank)? {
            if path.starts_with("angoff/") && path.ends_with(".toml") {
                let text = String::from_utf8(content).map_err(|_| Fault::new(format!("{path} is not UTF-8")))?;
                for (id, estimates) in parse::<Estimates>(&path, &text)?.estimates {
                    rules.ratings.entry(id).or_insert(estimates);
                }
            }
        }
        for (id, estimates) in &rules.ratings {
            if estimates.is_empty() || estimates.iter().any(|percent| *percent > 100) {
                return Err(Fault::new(format!(
                    "the estimates of {id} are {estimates:?}: give percents, at least one"
                )));
            }
        }
        Ok(rules)
    }

    /// The problem of `forms` forms from a bank's eligible items of today.
    pub(super) fn problem(self, bank: &HashedBank, forms: u32, overlap: Option<u32>) -> Problem {
        let scheme = bank.scheme();
        let scenarios = (scheme.scenarios.sets.value > 0)
            .then(|| Scenarios { sets: scheme.scenarios.sets.value, items_each: scheme.scenarios.items_each.value });
        let quota =
            |(name, range): (&String, &Range)| Quota { name: name.clone(), least: range.least, most: range.most };
        let blueprint = Blueprint {
            items: scheme.exam.items.value,
            domains: scheme
                .domains
                .iter()
                .map(|domain| Quota { name: domain.id.clone(), least: domain.items.value, most: domain.items.value })
                .collect(),
            levels: self.levels.iter().map(quota).collect(),
            scenarios,
            words: self.words,
            key_positions: self.key_positions,
            expected_score: self.expected_score,
            target_score: self.target_score,
            information: self.information.clone(),
            max_uses: self.max_uses,
            overlap,
        };
        let (pool, _) = bank.pool(bank_files::today());
        let enemies = bank.bank().enemies();
        let items = pool.entries.iter().filter_map(|entry| bank.by_version(&entry.item)).map(|item| {
            let stimulus = item.scenario.as_ref().and_then(|place| bank.bank().scenarios.get(&place.id));
            let named = enemies.get(item.id.as_str()).into_iter().flatten();
            Item {
                id: item.id.clone(),
                revision: item.revision,
                domain: item.domain.clone(),
                level: level(item),
                scenario: item.scenario.as_ref().map(|place| place.id.clone()),
                enemies: named.map(|id| (*id).to_owned()).collect(),
                difficulty: self.ratings.get(&item.id).map(|estimates| mean(estimates)),
                information: match self.parameters.get(&item.id) {
                    Some(Model { a, b, c }) => {
                        let model = Parameters { discrimination: *a, difficulty: *b, guessing: *c };
                        self.abilities.iter().map(|ability| model.information(*ability)).collect()
                    }
                    None => Vec::new(),
                },
                words: words(item, stimulus, scenarios),
                key: single_key(item),
                used: self.used.get(&item.id).copied().unwrap_or(0),
            }
        });
        let mut items: Vec<Item> = items.collect();
        // By id and not by the bank's hashes, so that the same items come in the same order whatever salts them.
        items.sort_by(|a, b| a.id.cmp(&b.id));
        Problem { title: scheme.title.value.clone(), forms, blueprint, abilities: self.abilities, items }
    }
}

fn parse<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> Result<T, Fault> {
    toml::from_str(text).map_err(|error| Fault::new(format!("{name}: {}", toml_fault::in_a_line(text, &error))))
}

/// The mean of some percents, in thousandths, rounded to the nearest.
fn mean(percents: &[u32]) -> u32 {
    let (sum, count) = (percents.iter().sum::<u32>(), u32::try_from(percents.len()).unwrap_or(u32::MAX));
    (sum * 20 + count) / (count * 2)
}

fn level(item: &BankItem) -> String {
    match serde_json::to_value(item.level) {
        Ok(serde_json::Value::String(level)) => level,
        _ => format!("{:?}", item.level),
    }
}

/// The words of stem and options, and the item's part of its scenario.
fn words(item: &BankItem, stimulus: Option<&Scenario>, scenarios: Option<Scenarios>) -> u32 {
    let count = |text: &RichText| u32::try_from(text.plain().split_whitespace().count()).unwrap_or(u32::MAX);
    let own: u32 = count(&item.stem) + item.options.iter().map(|option| count(&option.text)).sum::<u32>();
    let shared = stimulus.map_or(0, |scenario| count(&scenario.stimulus));
    own + shared.div_ceil(scenarios.map_or(1, |scenarios| scenarios.items_each.max(1)))
}

/// The position of the key as authored, counted from 1, if there is one alone.
fn single_key(item: &BankItem) -> Option<u32> {
    let mut keys = item.key_positions();
    let first = keys.next()?;
    if keys.next().is_some() { None } else { u32::try_from(first + 1).ok() }
}
