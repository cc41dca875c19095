//! What a bank and its scheme do not say about parallel forms, as a file says it.

use std::{collections::BTreeMap, path::Path};

use assembly::{InformationTarget, Range, irt::Parameters};
use serde::Deserialize;

use super::Fault;
use crate::toml_fault;

/// `rules.toml` (docs/ASSEMBLY.md). Every table may be left out.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Rules {
    pub(super) levels: BTreeMap<String, Range>,
    pub(super) words: Option<Range>,
    pub(super) key_positions: Option<Range>,
    pub(super) expected_score: Option<Range>,
    pub(super) target_score: Option<u32>,
    pub(super) max_uses: Option<u32>,
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
        let text = std::fs::read_to_string(file).map_err(|error| Fault::new(format!("{name}: {error}")))?;
        let parsed: Result<Self, _> = toml::from_str(&text);
        let rules = parsed.map_err(|error| Fault::new(format!("{name}: {}", toml_fault::in_a_line(&text, &error))))?;
        for (id, estimates) in &rules.ratings {
            if estimates.is_empty() || estimates.iter().any(|percent| *percent > 100) {
                return Err(Fault::new(format!(
                    "{name}: the estimates of {id} are {estimates:?}: give percents, at least one"
                )));
            }
        }
        Ok(rules)
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
