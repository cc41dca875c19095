//! What the candidate does with an item: the interactions of QTI 3.0 (section 3) that a form can hold.

use serde::{Deserialize, Serialize};

use crate::{Accepts, Image, RichText, Shape, accepts::GapAccepts};

/// What the candidate does with an item. Labels are given after the shuffle, so that they tell nothing about the bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Interaction {
    /// Choose one.
    SingleChoice {
        /// The options as shown.
        choices: Vec<Choice>,
    },
    /// Choose a stated number.
    MultipleResponse {
        /// The options as shown.
        choices: Vec<Choice>,
        /// How many to choose.
        select: usize,
    },
    /// Fill the gaps of a text, each by choosing or by typing.
    Cloze {
        /// The text; its gaps stand where they are filled.
        text: RichText,
        /// The gaps in reading order.
        gaps: Vec<Gap>,
    },
    /// Fill the gaps of a text from one word bank.
    GapMatch {
        /// The text.
        text: RichText,
        /// The ids of its gaps in reading order.
        gaps: Vec<String>,
        /// The word bank as shown.
        choices: Vec<InlineChoice>,
        /// Whether a word may fill several gaps.
        reuse: bool,
    },
    /// Assign to each row a column, or several.
    Match {
        /// The rows as shown, labelled `1`, `2`, …
        rows: Vec<Choice>,
        /// The columns as shown, labelled `a`, `b`, …
        columns: Vec<Choice>,
        /// The most columns that a row may have.
        per_row: usize,
    },
    /// Put into an order.
    Order {
        /// What is to be ordered, as shown at first.
        choices: Vec<Choice>,
    },
    /// Choose regions of an image.
    Hotspot {
        /// The image.
        image: Image,
        /// Width of the image, in the units of the regions.
        width: u32,
        /// Its height.
        height: u32,
        /// The regions as listed.
        regions: Vec<Region>,
        /// How many to choose.
        select: usize,
    },
    /// Write a text, which people score.
    ExtendedText {
        /// The most characters (Unicode scalar values).
        max_chars: u32,
    },
}

impl Interaction {
    /// The options as shown, where there is one list of them to choose from or to order.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::SingleChoice { choices } | Self::MultipleResponse { choices, .. } | Self::Order { choices } => {
                choices
            }
            _ => &[],
        }
    }

    /// Whether a form with it needs a reader that knows more than choices: version 2 of the form, 3 of the manifest.
    pub fn is_choice(&self) -> bool {
        matches!(self, Self::SingleChoice { .. } | Self::MultipleResponse { .. })
    }

    /// What a response to it may be.
    pub fn accepts(&self) -> Accepts {
        let labels = |choices: &[Choice]| choices.iter().map(|choice| choice.id.clone()).collect::<Vec<_>>();
        let words = |choices: &[InlineChoice]| choices.iter().map(|choice| choice.id.clone()).collect::<Vec<_>>();
        match self {
            Self::SingleChoice { choices } => Accepts::Choices { labels: labels(choices), max: 1 },
            Self::MultipleResponse { choices, select } => Accepts::Choices { labels: labels(choices), max: *select },
            Self::Hotspot { regions, select, .. } => {
                Accepts::Choices { labels: regions.iter().map(|region| region.id.clone()).collect(), max: *select }
            }
            Self::Order { choices } => Accepts::Order { labels: labels(choices) },
            Self::Match { rows, columns, per_row } => {
                Accepts::Pairs { rows: labels(rows), columns: labels(columns), per_row: *per_row }
            }
            Self::Cloze { gaps, .. } => {
                let accepts = |gap: &Gap| match &gap.entry {
                    GapEntry::Choice { choices } => GapAccepts::Labels { labels: words(choices) },
                    GapEntry::Text { max_chars, .. } => GapAccepts::Text { max_chars: *max_chars },
                };
                let gaps = gaps.iter().map(|gap| (gap.id.clone(), accepts(gap))).collect();
                Accepts::Gaps { gaps, reuse: true }
            }
            Self::GapMatch { gaps, choices, reuse, .. } => {
                let accepts = || GapAccepts::Labels { labels: words(choices) };
                Accepts::Gaps { gaps: gaps.iter().map(|gap| (gap.clone(), accepts())).collect(), reuse: *reuse }
            }
            Self::ExtendedText { max_chars } => Accepts::Text { max_chars: *max_chars },
        }
    }
}

/// An option as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its label: `a`, `b`, `c`, … in the order shown; of the rows of a match `1`, `2`, `3`, …
    pub id: String,
    /// The text.
    pub content: RichText,
}

/// An option within a line of text: without structure, since it is chosen from a native list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InlineChoice {
    /// Its label: `a`, `b`, `c`, … in the order shown.
    pub id: String,
    /// The text.
    pub text: String,
}

/// A gap of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// Its name in the text: `g1`, `g2`, … in reading order.
    pub id: String,
    /// How it is filled.
    pub entry: GapEntry,
}

/// How a gap is filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum GapEntry {
    /// One of some options (QTI: inline choice).
    Choice {
        /// The options as shown.
        choices: Vec<InlineChoice>,
    },
    /// Typed (QTI: text entry).
    Text {
        /// The most characters (Unicode scalar values).
        max_chars: u32,
        /// Whether a number is asked for.
        numeric: bool,
    },
}

/// A region of an image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Its label: `a`, `b`, `c`, … in the order listed.
    pub id: String,
    /// What it is called in the list of regions.
    pub text: String,
    /// Where it is.
    pub shape: Shape,
}
