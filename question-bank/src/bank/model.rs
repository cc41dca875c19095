//! The bank in memory.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

use chrono::NaiveDate;
use item::{Direction, RichText};
use serde::{Deserialize, Serialize};

use super::{fields::Named, syllabus::Subject, task::Task};
use crate::{LintConfig, Scheme, lint::Waiver};

/// A bank: its scheme, its items with keys, its scenario sets. Only what was read without a fault is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bank {
    /// Blueprint and rules; `None` if `scheme.toml` is missing or at fault.
    pub scheme: Option<Scheme>,
    /// All items, those of scenario sets included, by id.
    pub items: BTreeMap<String, Item>,
    /// The scenario sets by id.
    pub scenarios: BTreeMap<String, Scenario>,
    /// Of items by id: how likely a minimally competent candidate is to answer it, in thousandths, as judges estimate it.
    pub difficulties: BTreeMap<String, u32>,
    /// What it is to cover, and which items do.
    pub syllabus: Vec<Subject>,
    /// What `lint.toml` says.
    pub lint: LintConfig,
    /// Its images by path: their bytes in base64, the same allocations that its texts hold.
    pub images: BTreeMap<String, Arc<str>>,
    /// There is a history, which every status must agree with (docs/LIFECYCLE.md).
    pub has_history: bool,
}

/// One item with its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Unique in the bank, never reused.
    pub id: String,
    /// Of the item, or of the scenario set it belongs to.
    pub revision: u32,
    /// Where it stands in its life.
    pub status: Status,
    /// A domain of the scheme.
    pub domain: String,
    /// Cognitive level.
    pub level: Level,
    /// Free text, for coverage tables.
    pub topic: String,
    /// BCP 47 language tag.
    pub lang: String,
    /// Base direction.
    pub dir: Direction,
    /// Items and scenario sets this item names as enemies. [`Bank::enemies`] gives the symmetric closure.
    pub enemies: Vec<String>,
    /// The item or set that it was made from by small changes.
    pub clone_of: Option<String>,
    /// Rules that do not count for it, and why.
    pub waivers: Vec<Waiver>,
    /// How it is answered.
    pub kind: Kind,
    /// The question.
    pub stem: RichText,
    /// Options in file order: what is chosen from, put in order, assigned to rows, or filled into gaps. None where gaps have
    /// their own, or where a text is written.
    pub options: Vec<BankOption>,
    /// What its kind has besides.
    pub task: Task,
    /// What a response that is partly right is worth.
    pub credit: Credit,
    /// What it rests on.
    pub references: Vec<Reference>,
    /// How it came about.
    pub authoring: Authoring,
    /// The scenario set it is part of.
    pub scenario: Option<ScenarioPlace>,
    /// Where it was read.
    pub origin: Origin,
}

impl Item {
    /// The keys' positions in file order.
    pub fn key_positions(&self) -> impl Iterator<Item = usize> + '_ {
        self.options.iter().enumerate().filter(|(_, option)| option.key).map(|(at, _)| at)
    }

    /// How many things a form shows in an order of its own: what a draw shuffles.
    pub fn places(&self) -> usize {
        self.task.places(self.options.len())
    }

    /// The texts of these things, in file order.
    pub(crate) fn shuffled_texts(&self) -> Vec<String> {
        self.task.shuffled_texts(&self.options)
    }

    /// The first day on which a reference must have been looked at again; forms refuse the item after it.
    pub fn review_by(&self) -> Option<NaiveDate> {
        self.references.iter().map(|reference| reference.review_by).min()
    }
}

/// A place in a scenario set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioPlace {
    /// Id of the set.
    pub id: String,
    /// Position in the set, counted from 1.
    pub position: u32,
}

/// Items that share a stimulus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Unique in the bank.
    pub id: String,
    /// Of the set and all its items.
    pub revision: u32,
    /// Of the set and all its items.
    pub status: Status,
    /// A short title, shown with the stimulus.
    pub title: String,
    /// BCP 47 language tag.
    pub lang: String,
    /// Base direction.
    pub dir: Direction,
    /// Items and scenario sets the whole set names as enemies.
    pub enemies: Vec<String>,
    /// The item or set that it was made from by small changes.
    pub clone_of: Option<String>,
    /// Rules that do not count for the set, and why.
    pub waivers: Vec<Waiver>,
    /// The shared text.
    pub stimulus: RichText,
    /// Ids of its items in authored order.
    pub items: Vec<String>,
    /// Where it was read.
    pub origin: Origin,
}

/// One option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankOption {
    /// `a`, `b`, `c`, … in file order.
    pub id: String,
    /// The text.
    pub text: RichText,
    /// It is (part of) the key; of a word bank, it fills a gap.
    pub key: bool,
    /// Why it is right or wrong. Plain text.
    pub rationale: String,
}

/// What an item rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The document.
    pub source: String,
    /// Its edition.
    pub edition: String,
    /// The place in it.
    pub locator: String,
    /// When someone last compared the item with it.
    pub verified_on: NaiveDate,
    /// The last day (UTC) on which a form may use the item.
    pub review_by: NaiveDate,
}

/// How an item came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authoring {
    /// When it was written.
    pub authored_on: NaiveDate,
    /// Drafted with AI assistance (ISO/IEC 17024:2026, 6.5).
    pub ai_assisted: bool,
    /// A person reviewed it; otherwise no form may use it.
    pub reviewed: bool,
}

/// Where something was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// Path of the file within the bank.
    pub file: String,
    /// Line of its id, counted from 1.
    pub line: u32,
}

/// Where an item stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Being written.
    Draft,
    /// Passed by a second person.
    Reviewed,
    /// Tried out unscored.
    Pilot,
    /// In use.
    Operational,
    /// Out of use until a challenge is decided.
    Suspended,
    /// Known outside.
    Compromised,
    /// Out of use for good; kept for appeals.
    Retired,
}

impl Status {
    /// The name in files.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(_, status)| *status == self).map_or("", |(name, _)| name)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Named for Status {
    const ALL: &'static [(&'static str, Self)] = &[
        ("draft", Self::Draft),
        ("reviewed", Self::Reviewed),
        ("pilot", Self::Pilot),
        ("operational", Self::Operational),
        ("suspended", Self::Suspended),
        ("compromised", Self::Compromised),
        ("retired", Self::Retired),
    ];
}

/// Cognitive level, in PECB's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Grasping what something means.
    Comprehension,
    /// Using it in a case.
    Application,
    /// Taking a case apart.
    Analysis,
    /// Judging between defensible ways.
    Evaluation,
}

impl Named for Level {
    const ALL: &'static [(&'static str, Self)] = &[
        ("comprehension", Self::Comprehension),
        ("application", Self::Application),
        ("analysis", Self::Analysis),
        ("evaluation", Self::Evaluation),
    ];
}

/// How an item is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One option is the key.
    SingleChoice,
    /// Several options together are the key.
    MultipleResponse,
    /// The gaps of a text are filled, by choosing or by typing.
    Cloze,
    /// The gaps of a text are filled from one word bank.
    GapMatch,
    /// Rows are assigned columns.
    Match,
    /// Options are put into an order.
    Order,
    /// Regions of an image are chosen.
    Hotspot,
    /// A text is written, which people score.
    ExtendedText,
}

impl Kind {
    /// Options are chosen, one or several.
    pub fn is_choice(self) -> bool {
        matches!(self, Self::SingleChoice | Self::MultipleResponse)
    }
}

impl Named for Kind {
    const ALL: &'static [(&'static str, Self)] = &[
        ("single_choice", Self::SingleChoice),
        ("multiple_response", Self::MultipleResponse),
        ("cloze", Self::Cloze),
        ("gap_match", Self::GapMatch),
        ("match", Self::Match),
        ("order", Self::Order),
        ("hotspot", Self::Hotspot),
        ("extended_text", Self::ExtendedText),
    ];
}

/// What a response that is partly right is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Credit {
    /// Nothing: an item is right or wrong.
    AllOrNothing,
    /// One point for each part that is right.
    Partial,
}

impl Named for Credit {
    const ALL: &'static [(&'static str, Self)] = &[("all_or_nothing", Self::AllOrNothing), ("partial", Self::Partial)];
}

impl Named for Direction {
    const ALL: &'static [(&'static str, Self)] = &[("ltr", Self::Ltr), ("rtl", Self::Rtl)];
}

impl Bank {
    /// Every pair of items that must not stand in the same form, in both directions: an enemy that is a scenario set
    /// stands for all its items, and a pair counts whichever side names it.
    pub fn enemies(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut pairs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let named_by_items = self.items.values().map(|item| (vec![item.id.as_str()], &item.enemies));
        let named_by_sets =
            self.scenarios.values().map(|set| (set.items.iter().map(String::as_str).collect(), &set.enemies));
        for (ours, enemies) in named_by_items.chain(named_by_sets) {
            for theirs in enemies.iter().flat_map(|id| self.members(id)) {
                for &one in ours.iter().filter(|&&one| one != theirs) {
                    pairs.entry(one).or_default().insert(theirs);
                    pairs.entry(theirs).or_default().insert(one);
                }
            }
        }
        pairs
    }

    /// The items an id stands for: itself, or the items of the set; none if the bank has no such id.
    pub(crate) fn members<'a>(&'a self, id: &str) -> Vec<&'a str> {
        match (self.items.get_key_value(id), self.scenarios.get(id)) {
            (Some((id, _)), _) => vec![id],
            (None, Some(set)) => {
                set.items.iter().filter_map(|id| self.items.get_key_value(id)).map(|(id, _)| id.as_str()).collect()
            }
            (None, None) => Vec::new(),
        }
    }
}
