//! A candidate's response to one item.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A response as it stands. Not answered is spelt in one way, whatever the item: no choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// All labels of an order, first to last.
    Order(Vec<String>),
    /// For each filled gap, the label or the text in it.
    Gaps(BTreeMap<String, String>),
    /// Pairs of a row and a column, ascending and without repeats.
    Pairs(Vec<[String; 2]>),
    /// A text.
    Text(String),
    /// The chosen labels, ascending and without repeats.
    #[serde(untagged)]
    Choices(Vec<String>),
}

/// Why a response does not fit its item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponseError {
    /// It answers another kind of item.
    OtherKind,
    /// The item has no such option.
    UnknownChoice(String),
    /// The item has no such gap.
    UnknownGap(String),
    /// More options are chosen than the item allows.
    TooMany {
        /// The most the item allows.
        max: usize,
        /// How many there were.
        got: usize,
    },
    /// An option that fills several gaps, and must not.
    Twice(String),
    /// Not every option stands once.
    NotAnOrder,
    /// A text is too long, in characters.
    TooLong {
        /// The most the item allows.
        max: u32,
        /// How many there were.
        got: usize,
    },
    /// A text has a control character.
    Character(char),
    /// The parts are not in ascending order, one stands twice, or what is empty is not left out.
    NotCanonical,
}

impl std::fmt::Display for ResponseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OtherKind => f.write_str("it answers another kind of question"),
            Self::UnknownChoice(id) => write!(f, "there is no option {id:?}"),
            Self::UnknownGap(id) => write!(f, "there is no gap {id:?}"),
            Self::TooMany { max, got } => write!(f, "{got} options chosen, at most {max} allowed"),
            Self::Twice(id) => write!(f, "option {id:?} fills several gaps, and may fill one"),
            Self::NotAnOrder => f.write_str("an order has every option once"),
            Self::TooLong { max, got } => write!(f, "the text has {got} characters, at most {max} allowed"),
            Self::Character(character) => write!(f, "the text has the control character {character:?}"),
            Self::NotCanonical => f.write_str("options must be sorted and stand once"),
        }
    }
}

impl std::error::Error for ResponseError {}

impl Default for Response {
    fn default() -> Self {
        Self::Choices(Vec::new())
    }
}

impl Response {
    /// A response of these options, sorted, repeats removed.
    pub fn new(choices: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let mut choices: Vec<String> = choices.into_iter().map(Into::into).collect();
        choices.sort();
        choices.dedup();
        Self::Choices(choices)
    }

    /// Gaps and what fills them; what is blank is left out.
    pub fn gaps(filled: impl IntoIterator<Item = (String, String)>) -> Self {
        let filled: BTreeMap<_, _> = filled.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect();
        if filled.is_empty() { Self::default() } else { Self::Gaps(filled) }
    }

    /// Pairs of a row and a column, sorted, repeats removed.
    pub fn pairs(pairs: impl IntoIterator<Item = [String; 2]>) -> Self {
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        pairs.sort();
        pairs.dedup();
        if pairs.is_empty() { Self::default() } else { Self::Pairs(pairs) }
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::default() } else { Self::Text(text) }
    }

    /// The chosen options, ascending; none if the response is of another kind.
    pub fn choices(&self) -> &[String] {
        match self {
            Self::Choices(choices) => choices,
            _ => &[],
        }
    }

    /// What fills a gap.
    pub fn gap(&self, gap: &str) -> Option<&str> {
        match self {
            Self::Gaps(gaps) => gaps.get(gap).map(String::as_str),
            _ => None,
        }
    }

    /// The text; empty if the response is of another kind.
    pub fn as_text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }

    /// There is no response.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Choices(list) | Self::Order(list) => list.is_empty(),
            Self::Gaps(gaps) => gaps.is_empty(),
            Self::Pairs(pairs) => pairs.is_empty(),
            Self::Text(text) => text.is_empty(),
        }
    }

    /// There is nothing to read in it: it is empty, or blanks alone.
    pub fn is_blank(&self) -> bool {
        self.is_empty() || matches!(self, Self::Text(text) if text.trim().is_empty())
    }

    /// Whether this option is chosen.
    pub fn contains(&self, choice: &str) -> bool {
        self.choices().iter().any(|c| c == choice)
    }

    /// Whether this row has this column.
    pub fn has_pair(&self, row: &str, column: &str) -> bool {
        matches!(self, Self::Pairs(pairs) if pairs.iter().any(|[r, c]| r == row && c == column))
    }
}
