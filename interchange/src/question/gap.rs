//! Gaps in a stem.

use serde::Serialize;

use super::{Choice, Numeric, TextEntry};
use crate::{Content, Decimal};

/// A gap that is filled by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// Its number in the stem, from 1.
    pub number: u32,
    /// Its weight among the gaps of the question.
    pub weight: Decimal,
    /// How it is filled.
    #[serde(flatten)]
    pub kind: GapKind,
}

/// How a gap is filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum GapKind {
    /// An option is chosen from a menu within the line.
    InlineChoice(Choice),
    /// Options are chosen from a list that stands where the gap is.
    Choice(Choice),
    /// A short text is typed.
    TextEntry(TextEntry),
    /// A number is typed.
    Numeric(Numeric),
}

/// Tiles that are put into gaps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GapMatch {
    /// Whether tiles may be shown in any order.
    pub shuffle: Option<bool>,
    /// Tiles in authored order.
    pub tiles: Vec<Tile>,
    /// Gaps by number: the first has number 1.
    pub gaps: Vec<TileGap>,
}

/// What can be put into gaps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tile {
    /// What it says.
    pub content: Content,
    /// It fits gaps of the same group.
    pub group: u32,
    /// Whether it can be used any number of times rather than once.
    pub reusable: bool,
}

/// A gap and the tile that belongs there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TileGap {
    /// Its number in the stem, from 1.
    pub number: u32,
    /// It takes tiles of this group.
    pub group: u32,
    /// The right tile, as its place in the list, from 0.
    pub key: usize,
}
