//! What is to be assembled: items, and the rules for forms.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A pool of items and what its forms must be. Whole numbers only: probabilities, information and abilities are given in
/// thousandths.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// What the forms are for, such as the name of a certification.
    pub title: String,
    /// How many forms.
    pub forms: u32,
    /// What holds for each of them, and between them.
    pub blueprint: Blueprint,
    /// Abilities at which items state their information, in thousandths, ascending; empty without calibration.
    #[serde(default)]
    pub abilities: Vec<i32>,
    /// The items that may be used.
    pub items: Vec<Item>,
    /// Words of the stimuli of scenario sets, read once by whoever has items of the set; sets that are not named have none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stimuli: BTreeMap<String, u32>,
}

/// What assembly needs to know of an item; no text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Unique among the items.
    pub id: String,
    /// Its revision in the bank.
    #[serde(default)]
    pub revision: u32,
    /// Its domain. Items of domains that the blueprint does not name are not used.
    pub domain: String,
    /// Its cognitive level.
    pub level: String,
    /// The scenario set it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// Ids of items that must not stand on the same form. It is enough that one of the two names the other; names that
    /// are not in the pool are passed over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enemies: Vec<String>,
    /// The chance, in thousandths, that a minimally competent candidate answers it (Angoff, 1971).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difficulty: Option<u32>,
    /// Its information at each of [`Problem::abilities`], in thousandths ([`crate::irt`]).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub information: Vec<u32>,
    /// Words of stem and options.
    #[serde(default)]
    pub words: u32,
    /// Position of the key as authored, counted from 1; none for items that have no single key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<u32>,
    /// How many earlier forms have used it.
    #[serde(default)]
    pub used: u32,
    /// It is tried out and not scored: [`Blueprint::max_forms`] is not for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pilot: bool,
}

/// Rules for each form and between forms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blueprint {
    /// Items of a form.
    pub items: u32,
    /// Items of each domain, those in scenario sets included.
    pub domains: Vec<Quota>,
    /// Items of each cognitive level; levels that are not named are free.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Quota>,
    /// Scenario sets; without them, items of scenarios are not used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenarios: Option<Scenarios>,
    /// Words of a form, stimuli included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Range>,
    /// Items whose key stands at a position, for each position that occurs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_positions: Option<Range>,
    /// Between what the expected score lies, in thousandths of a point: the sum of the items' difficulties.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_score: Option<Range>,
    /// What the expected score is to be, in thousandths of a point. Without it, where every item is rated, the forms are
    /// made alike at what the pool gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_score: Option<u32>,
    /// What the information at some of the abilities is to be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub information: Vec<InformationTarget>,
    /// The most forms that may use an item, earlier ones included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_uses: Option<u32>,
    /// The most of these forms that a scored item may stand on, whatever earlier forms have used it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_forms: Option<u32>,
    /// The most items that two forms may share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overlap: Option<u32>,
    /// The most scenario sets that two forms may share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared_sets: Option<u32>,
}

impl Blueprint {
    /// Whether it asks the same of each form and each pair of forms as another; of how many forms there are, nothing.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let apart = |blueprint: &Self| Self { max_forms: blueprint.max_forms.map(|_| 0), ..blueprint.clone() };
        apart(self) == apart(other)
    }
}

impl Problem {
    /// The items of two problems together, by id; or the id of one that is not the same in both. Two pools may differ in what
    /// they know of enemies and earlier uses: all enemies count, and of the uses those before either set of forms.
    pub(crate) fn joined_items(&self, other: &Self) -> Result<Vec<Item>, String> {
        let mut items: BTreeMap<&str, Item> = self.items.iter().map(|item| (item.id.as_str(), item.clone())).collect();
        for item in &other.items {
            let Some(known) = items.get_mut(item.id.as_str()) else {
                items.insert(&item.id, item.clone());
                continue;
            };
            let apart = |item: &Item| Item { enemies: Vec::new(), used: 0, ..item.clone() };
            if apart(known) != apart(item) {
                return Err(item.id.clone());
            }
            known.used = known.used.min(item.used);
            known.enemies.extend(item.enemies.iter().cloned());
            known.enemies.sort_unstable();
            known.enemies.dedup();
        }
        Ok(items.into_values().collect())
    }
}

/// How many items of a kind a form holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// The domain or the level.
    pub name: String,
    /// At least so many.
    pub least: u32,
    /// At most so many.
    pub most: u32,
}

/// `sets` scenario sets of `items_each` items each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenarios {
    /// Sets on a form.
    pub sets: u32,
    /// Items of each of them.
    pub items_each: u32,
}

/// From least to most, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// At least so much.
    pub least: u32,
    /// At most so much.
    pub most: u32,
}

/// What the information of a form is to be at one ability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InformationTarget {
    /// One of [`Problem::abilities`].
    pub ability: i32,
    /// Test information, in thousandths.
    pub target: u32,
}
