//! A form: the items one candidate gets, in order, options shuffled and relabelled.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Interaction, RichText};

/// An item's name within one form: `q01`, `q02`, … in the order of the form. It says nothing about the bank.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemId(String);

impl ItemId {
    /// The name of the item at a position, counted from 1.
    pub fn at_position(position: usize) -> Self {
        Self(format!("q{position:02}"))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ItemId {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Base direction of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Left to right.
    #[default]
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// The value of HTML's `dir` attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// One candidate's form. It carries no answer key, bank identifier, domain or level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Always `invigil-form`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// Shared stimuli of scenario sets, in order of first use.
    pub stimuli: Vec<Stimulus>,
    /// The items in the order of the form.
    pub items: Vec<FormItem>,
}

impl Form {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-form";
    /// The `version` of a form whose items are single choice and multiple response alone.
    pub const VERSION: u32 = 1;
    /// The `version` of a form with other items or with tables or images.
    pub const VERSION_OF_MORE_KINDS: u32 = 2;

    /// A form of these items, in the lowest version that can hold them.
    pub fn new(stimuli: Vec<Stimulus>, items: Vec<FormItem>) -> Self {
        let mut texts = stimuli.iter().map(|stimulus| &stimulus.content).chain(items.iter().flat_map(|item| {
            std::iter::once(&item.stem).chain(item.interaction.choices().iter().map(|choice| &choice.content))
        }));
        let is_plain = texts.all(RichText::is_of_version_1) && items.iter().all(|item| item.interaction.is_choice());
        let version = if is_plain { Self::VERSION } else { Self::VERSION_OF_MORE_KINDS };
        Self { format: Self::FORMAT.into(), version, stimuli, items }
    }
}

/// A text that several items share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stimulus {
    /// Its name within the form: `s1`, `s2`, …
    pub id: String,
    /// A short title.
    pub title: String,
    /// BCP 47 language tag.
    pub lang: String,
    /// Base direction.
    pub dir: Direction,
    /// The text.
    pub content: RichText,
}

/// One item of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormItem {
    /// Its name within the form.
    pub id: ItemId,
    /// BCP 47 language tag.
    pub lang: String,
    /// Base direction.
    pub dir: Direction,
    /// The stimulus it belongs to, if it is part of a scenario set.
    pub stimulus: Option<String>,
    /// The question.
    pub stem: RichText,
    /// What the candidate does.
    pub interaction: Interaction,
}
