//! What a bank and its scheme do not say about parallel forms, as a file says it.

use std::{collections::BTreeMap, path::Path};

use assembly::{InformationTarget, Range, irt::Parameters};
use question_bank::bank::{Bank, Level};
use serde::Deserialize;

use super::{Fault, problem::level_name};
use crate::toml_fault;

/// The most bytes of a file that are read.
const MAX_BYTES: u64 = 16 * 1024 * 1024;
/// Every cognitive level.
const LEVELS: [Level; 4] = [Level::Comprehension, Level::Application, Level::Analysis, Level::Evaluation];

/// `rules.toml` (docs/ASSEMBLY.md). Every table may be left out.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Rules {
    /// The file's name, for messages.
    #[serde(skip)]
    pub(super) file: String,
    pub(super) levels: BTreeMap<String, Range>,
    pub(super) words: Option<Range>,
    pub(super) key_positions: Option<Range>,
    pub(super) expected_score: Option<Range>,
    pub(super) target_score: Option<u32>,
    pub(super) max_uses: Option<u32>,
    pub(super) shared_sets: Option<u32>,
    pub(super) abilities: Vec<i32>,
    pub(super) information: Vec<InformationTarget>,
    /// Leave out scored items without a rating.
    pub(super) rated_only: bool,
    /// By item, where the bank has none: estimates in percent.
    ratings: BTreeMap<String, Vec<u32>>,
    /// By item: parameters of the logistic model, in thousandths.
    parameters: BTreeMap<String, Model>,
    /// By item: how many earlier forms have used it.
    pub(super) used: BTreeMap<String, u32>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Model {
    a: u32,
    b: i32,
    #[serde(default)]
    c: u32,
}

impl Rules {
    pub(super) fn read(file: &Path) -> Result<Self, Fault> {
        let name = file.display();
        let fault = |error: std::io::Error| Fault::new(format!("{name}: {error}"));
        let size = std::fs::metadata(file).map_err(fault)?.len();
        if size > MAX_BYTES {
            return Err(Fault::new(format!("{name}: is {size} bytes long, at most {MAX_BYTES} are read")));
        }
        let text = std::fs::read_to_string(file).map_err(fault)?;
        let parsed: Result<Self, _> = toml::from_str(&text);
        let mut rules =
            parsed.map_err(|error| Fault::new(format!("{name}: {}", toml_fault::in_a_line(&text, &error))))?;
        rules.file = name.to_string();
        for (id, estimates) in &rules.ratings {
            if estimates.is_empty() || estimates.iter().any(|percent| *percent > 100) {
                return Err(Fault::new(format!(
                    "{name}: the estimates of {id} are {estimates:?}: give percents, at least one"
                )));
            }
        }
        Ok(rules)
    }

    /// Whether the rules name only what there is: a mistyped name would otherwise change nothing, and nobody would notice.
    ///
    /// # Errors
    /// The first name that the bank does not know, or that no rule can be about.
    pub(super) fn check(&self, bank: &Bank) -> Result<(), Fault> {
        let fault = |what: String| Err(Fault::new(format!("{}: {what}", self.file)));
        let tables = [
            ("ratings", self.ratings.keys().collect::<Vec<_>>()),
            ("parameters", self.parameters.keys().collect()),
            ("used", self.used.keys().collect()),
        ];
        for (table, ids) in tables {
            if let Some(id) = ids.into_iter().find(|id| !bank.items.contains_key(*id)) {
                return fault(format!("{table} names the item {id:?}, which the bank does not have"));
            }
        }
        let levels = LEVELS.map(level_name);
        if let Some(level) = self.levels.keys().find(|level| !levels.contains(&level.as_str())) {
            return fault(format!("levels names {level:?}; there are {}", levels.join(", ")));
        }
        if let Some(wanted) = self.information.iter().find(|wanted| !self.abilities.contains(&wanted.ability)) {
            return fault(format!("information is wanted at {}, which abilities does not name", wanted.ability));
        }
        if !self.parameters.is_empty() && self.abilities.is_empty() {
            return fault("parameters say nothing without abilities at which to state information".into());
        }
        let ranges =
            [("words", self.words), ("key_positions", self.key_positions), ("expected_score", self.expected_score)];
        let levels = self.levels.iter().map(|(level, range)| (level.as_str(), Some(*range)));
        for (what, range) in ranges.into_iter().chain(levels) {
            if let Some(Range { least, most }) = range.filter(|range| range.least > range.most) {
                return fault(format!("{what} is at least {least} and at most {most}: nothing is both"));
            }
        }
        Ok(())
    }

    /// The mean of an item's estimates in thousandths, rounded down as the bank's are.
    pub(super) fn rating(&self, id: &str) -> Option<u32> {
        let estimates = self.ratings.get(id)?;
        let count = u32::try_from(estimates.len()).unwrap_or(u32::MAX);
        (estimates.iter().sum::<u32>() * 10).checked_div(count)
    }

    /// An item's information at each of the abilities; none without parameters.
    pub(super) fn information(&self, id: &str) -> Vec<u32> {
        let Some(Model { a, b, c }) = self.parameters.get(id) else { return Vec::new() };
        let model = Parameters { discrimination: *a, difficulty: *b, guessing: *c };
        self.abilities.iter().map(|ability| model.information(*ability)).collect()
    }
}
