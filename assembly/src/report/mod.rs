//! What a set of forms is like: coverage of the blueprint, expected scores, information, overlap, exposure.

mod count;
mod html;
mod page;
mod plots;
mod svg;

use serde::Serialize;

use crate::{constraint::Constraint, forms::FormSet};

/// The report of a set of forms. Scores and information are in thousandths, deviations in millionths of a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Always `invigil-form-report`.
    pub format: &'static str,
    /// Version of this document's format.
    pub version: u32,
    /// What the forms are for.
    pub title: String,
    /// Items of the pool that the blueprint can use.
    pub eligible: u32,
    /// What is not as it was asked for, each as a sentence.
    pub violations: Vec<String>,
    /// One entry a rule that counts something on each form.
    pub coverage: Vec<Coverage>,
    /// What each form is like.
    pub forms: Vec<FormRow>,
    /// The expected scores, where every item on a form is rated.
    pub score: Option<Score>,
    /// How near the forms are to what they were made alike in; none if there was nothing.
    pub targets: Option<Targets>,
    /// Test information, where items are calibrated.
    pub information: Option<Information>,
    /// How many items each two forms share.
    pub overlap: Overlap,
    /// How much the items are used.
    pub exposure: Exposure,
}

/// What the forms have of what a rule counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The rule.
    #[serde(flatten)]
    pub rule: Constraint,
    /// The rule as a sentence.
    pub sentence: String,
    /// What the form with the least has.
    pub fewest: u64,
    /// What the form with the most has.
    pub greatest: u64,
    /// Every form keeps the rule.
    pub kept: bool,
}

/// One form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormRow {
    /// Its name.
    pub name: String,
    /// How many items it has.
    pub items: u32,
    /// Its scenario sets, ascending.
    pub scenarios: Vec<String>,
    /// Words to read.
    pub words: u64,
    /// The score that is expected of a minimally competent candidate.
    pub expected_score: Option<u64>,
    /// How far it is off the worst of its targets.
    pub deviation: u64,
    /// Test information at each ability.
    pub information: Vec<u64>,
    /// The most items it shares with another form.
    pub most_shared: u32,
}

/// Expected scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Score {
    /// What they were to be.
    pub target: Option<u32>,
    /// The lowest.
    pub lowest: u64,
    /// The highest.
    pub highest: u64,
    /// The highest less the lowest.
    pub spread: u64,
}

/// How near the forms are to their targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Targets {
    /// How far the worst form is off.
    pub worst: u64,
    /// What the worst of any such forms is off at least.
    pub bound: u64,
    /// The difference: what a better set of forms could gain at most.
    pub gap: u64,
}

/// Test information.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Information {
    /// Where it is stated, in thousandths.
    pub abilities: Vec<i32>,
    /// What it was to be, where something was wanted.
    pub targets: Vec<Option<u32>>,
}

/// Overlap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overlap {
    /// What is allowed.
    pub limit: Option<u32>,
    /// The most that two forms share.
    pub most: u32,
    /// The mean over all pairs, in thousandths of an item.
    pub mean: u64,
    /// How many scenario sets two forms may share.
    pub sets_limit: Option<u32>,
    /// The most that two of them share.
    pub most_sets: u32,
    /// One row a form, one column a form; the diagonal is the form's length.
    pub matrix: Vec<Vec<u32>>,
}

/// Exposure within this set of forms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Exposure {
    /// On how many forms an item may be, earlier ones included.
    pub limit: Option<u32>,
    /// On how many of these a scored item may be.
    pub share_limit: Option<u32>,
    /// How many usable items are on no form, on one, on two …
    pub histogram: Vec<u32>,
    /// The items that are on the most forms, by id.
    pub most_used: Vec<Use>,
    /// The greatest share of forms that an item is on, in thousandths.
    pub greatest_share: u64,
}

/// An item and its uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Use {
    /// The item.
    pub item: String,
    /// On how many of these forms it stands.
    pub forms: u32,
    /// How many earlier forms have used it.
    pub earlier: u32,
}

impl Report {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-form-report";
    /// The `version` this code writes.
    pub const VERSION: u32 = 1;

    /// The report of a set of forms. It need not have passed [`FormSet::check`]: what is wrong stands in it.
    pub fn of(set: &FormSet) -> Self {
        count::report(set)
    }

    /// The report as one page of HTML, which loads nothing and runs nothing.
    pub fn html(&self) -> String {
        page::page(self)
    }
}
