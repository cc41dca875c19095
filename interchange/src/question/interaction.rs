//! What candidates do to answer, and what is right.

use serde::Serialize;

use super::{Gap, GapMatch, TextPattern};
use crate::{Content, Decimal};

/// What the candidate does, and what is right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Interaction {
    /// Nothing is asked; the text prepares for what follows.
    Information,
    /// One statement is true or false. Which words stand for the two is for whoever shows it.
    TrueFalse(TrueFalse),
    /// Options are chosen from a list.
    Choice(Choice),
    /// A short text is typed.
    TextEntry(TextEntry),
    /// A number is typed.
    Numeric(Numeric),
    /// Each premise is given one of the answers.
    Match(Match),
    /// Entries are put in order; here they stand in the right one.
    Order {
        /// Entries in the right order.
        entries: Vec<Content>,
    },
    /// Gaps in the stem are filled, each by itself.
    Gaps {
        /// Gaps by number: the first has number 1.
        gaps: Vec<Gap>,
    },
    /// Tiles are put into gaps of the stem.
    GapMatch(GapMatch),
    /// A text is written, which people score.
    ExtendedText(ExtendedText),
}

/// A statement that is true or false.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrueFalse {
    /// Whether it is true.
    pub key: bool,
    /// For who says that it is true.
    pub feedback_true: Content,
    /// For who says that it is false.
    pub feedback_false: Content,
}

/// Options to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Whether one option is chosen rather than any number. Several may still be right, each by itself.
    pub single: bool,
    /// Whether the options may be shown in any order; `None` where the format does not say.
    pub shuffle: Option<bool>,
    /// Options in authored order.
    pub options: Vec<ChoiceOption>,
}

/// An option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChoiceOption {
    /// Its text.
    pub content: Content,
    /// What choosing it is worth, as a percentage of the full mark, from -100 to 100.
    pub fraction: Decimal,
    /// For who chose it.
    pub feedback: Content,
}

/// A short text, compared with what is accepted: the first that fits decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TextEntry {
    /// Whether capitals matter.
    pub case_sensitive: bool,
    /// What is accepted, in authored order.
    pub accepted: Vec<AcceptedText>,
}

/// A text that is worth something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AcceptedText {
    /// What the answer has to look like.
    pub pattern: TextPattern,
    /// What it is worth, as a percentage of the full mark; zero for a wrong answer with feedback of its own.
    pub fraction: Decimal,
    /// For who wrote it.
    pub feedback: Content,
}

/// A number, compared with what is accepted: the first that fits decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Numeric {
    /// What is accepted, in authored order.
    pub accepted: Vec<AcceptedNumber>,
}

/// Numbers that are worth something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AcceptedNumber {
    /// Which numbers.
    pub range: NumberRange,
    /// What they are worth, as a percentage of the full mark; zero for wrong answers with feedback of their own.
    pub fraction: Decimal,
    /// For who wrote one of them.
    pub feedback: Content,
}

/// A set of numbers, its ends included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum NumberRange {
    /// A number and those near it.
    Near {
        /// The number.
        value: Decimal,
        /// How far off others may be; not negative.
        tolerance: Decimal,
    },
    /// From one number to another.
    Between {
        /// The lowest.
        low: Decimal,
        /// The highest, not below it.
        high: Decimal,
    },
    /// Whatever was typed.
    Any,
}

/// Premises and answers to be matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Match {
    /// Whether premises may be shown in any order; `None` where the format does not say.
    pub shuffle: Option<bool>,
    /// What belongs together. Equal answers are one answer.
    pub pairs: Vec<Pair>,
    /// Answers that belong to no premise.
    pub distractors: Vec<String>,
}

/// A premise and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// The premise.
    pub premise: Content,
    /// The answer, which is plain text.
    pub answer: String,
}

/// A text that people score.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ExtendedText {
    /// Fewest words.
    pub min_words: Option<u32>,
    /// Most words.
    pub max_words: Option<u32>,
    /// Height of the field.
    pub lines: Option<u32>,
    /// For those who score.
    pub rubric: Content,
}
