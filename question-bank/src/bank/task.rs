//! What the kinds of items have besides stem and options.

use item::{Image, RichText, Shape};

use scoring::{Criterion, TextKey};

use super::model::BankOption;

/// What an item of a kind has besides stem and options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Nothing: some options are the key, all together or one.
    Choice,
    /// Nothing: the options stand in the order that is right.
    Order,
    /// An image; the options are regions of it.
    Hotspot(Hotspot),
    /// A text with gaps; the options are the word bank.
    GapMatch(GapMatch),
    /// Rows; the options are the columns.
    Match(Match),
    /// A text whose gaps have options, or answers, of their own.
    Cloze(Cloze),
    /// A text that people score.
    ExtendedText(ExtendedText),
}

/// An image and its regions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hotspot {
    /// The image.
    pub image: Image,
    /// Its width, in the units of the shapes.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// The region of each option, in file order.
    pub shapes: Vec<Shape>,
}

/// A text and a word bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapMatch {
    /// The text; its gaps have the names of the file.
    pub text: RichText,
    /// Whether a word may fill several gaps.
    pub reuse: bool,
    /// For each gap in reading order, its name and the index of the option that belongs there.
    pub gaps: Vec<(String, usize)>,
}

/// Rows to be assigned columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The rows in file order.
    pub rows: Vec<Row>,
    /// The most columns that a row may be given.
    pub per_row: usize,
}

/// A row of a match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The text.
    pub text: RichText,
    /// Indices of the options that belong to it, ascending.
    pub key: Vec<usize>,
    /// Why. Plain text.
    pub rationale: String,
}

/// A text with gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cloze {
    /// The text; its gaps have the names of the file.
    pub text: RichText,
    /// The gaps in reading order.
    pub gaps: Vec<ClozeGap>,
}

/// A gap and what fills it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClozeGap {
    /// Its name in the text.
    pub name: String,
    /// What fills it.
    pub entry: ClozeEntry,
    /// Why. Plain text.
    pub rationale: String,
}

/// What fills a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClozeEntry {
    /// One of these texts, in file order, of which one is the key.
    Choice {
        /// The texts.
        options: Vec<String>,
        /// Index of the key.
        key: usize,
    },
    /// What is typed.
    Text {
        /// The most characters.
        max_chars: u32,
        /// What is right.
        key: TextKey,
    },
}

/// A text that people score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtendedText {
    /// The most characters.
    pub max_chars: u32,
    /// What people look for.
    pub rubric: Vec<Criterion>,
    /// What a full answer looks like. Plain text, for those who score; empty if there is none.
    pub model_answer: String,
}

impl Task {
    /// How many things a form shows in an order of its own, in all: rows before options, or the options of one gap after
    /// another.
    pub(crate) fn places(&self, options: usize) -> usize {
        match self {
            Self::Match(task) => task.rows.len() + options,
            Self::Cloze(task) => task.gaps.iter().map(|gap| gap.entry.options().len()).sum(),
            _ => options,
        }
    }

    /// Their texts.
    pub(crate) fn shuffled_texts(&self, options: &[BankOption]) -> Vec<String> {
        let options = options.iter().map(|option| option.text.plain());
        match self {
            Self::Match(task) => task.rows.iter().map(|row| row.text.plain()).chain(options).collect(),
            Self::Cloze(task) => task.gaps.iter().flat_map(|gap| gap.entry.options()).cloned().collect(),
            _ => options.collect(),
        }
    }
}

impl ClozeEntry {
    /// The options; none where it is typed.
    pub(crate) fn options(&self) -> &[String] {
        match self {
            Self::Choice { options, .. } => options,
            Self::Text { .. } => &[],
        }
    }
}
