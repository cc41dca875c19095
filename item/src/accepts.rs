//! What a response to an item may be: enough to refuse nonsense without seeing the item.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{Response, ResponseError};

/// What a response to an item may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Accepts {
    /// Some of these labels.
    Choices {
        /// The labels.
        labels: Vec<String>,
        /// The most of them.
        max: usize,
    },
    /// All of these labels, in any order.
    Order {
        /// The labels.
        labels: Vec<String>,
    },
    /// What fills some of these gaps.
    Gaps {
        /// What each gap takes.
        gaps: BTreeMap<String, GapAccepts>,
        /// Whether a label may fill several gaps.
        reuse: bool,
    },
    /// Pairs of a row and a column.
    Pairs {
        /// Labels of the rows.
        rows: Vec<String>,
        /// Labels of the columns.
        columns: Vec<String>,
        /// The most columns that a row may have.
        per_row: usize,
    },
    /// A text.
    Text {
        /// The most characters (Unicode scalar values).
        max_chars: u32,
    },
}

/// What a gap takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum GapAccepts {
    /// One of these labels.
    Labels {
        /// The labels.
        labels: Vec<String>,
    },
    /// A line of text.
    Text {
        /// The most characters (Unicode scalar values).
        max_chars: u32,
    },
}

impl Accepts {
    /// Checks a response. An unfinished one is allowed, and so is an empty one.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn check(&self, response: &Response) -> Result<(), ResponseError> {
        if response == &Response::default() {
            return Ok(());
        }
        match (self, response) {
            (Self::Choices { labels, max }, Response::Choices(chosen)) => check_choices(labels, *max, chosen),
            (Self::Order { labels }, Response::Order(order)) => check_order(labels, order),
            (Self::Gaps { gaps, reuse }, Response::Gaps(filled)) => check_gaps(gaps, *reuse, filled),
            (Self::Pairs { rows, columns, per_row }, Response::Pairs(pairs)) => {
                check_pairs(rows, columns, *per_row, pairs)
            }
            (Self::Text { max_chars }, Response::Text(text)) => {
                check_text(text, *max_chars, |c| c.is_control() && !matches!(c, '\n' | '\t'))
            }
            _ => Err(ResponseError::OtherKind),
        }
    }
}

fn check_choices(labels: &[String], max: usize, chosen: &[String]) -> Result<(), ResponseError> {
    if !is_ascending(chosen) {
        return Err(ResponseError::NotCanonical);
    }
    chosen.iter().try_for_each(|label| known(labels, label))?;
    at_most(max, chosen.len())
}

fn check_order(labels: &[String], order: &[String]) -> Result<(), ResponseError> {
    order.iter().try_for_each(|label| known(labels, label))?;
    let distinct: BTreeSet<&String> = order.iter().collect();
    if distinct.len() != order.len() || order.len() != labels.len() {
        return Err(ResponseError::NotAnOrder);
    }
    Ok(())
}

fn check_gaps(
    gaps: &BTreeMap<String, GapAccepts>,
    reuse: bool,
    filled: &BTreeMap<String, String>,
) -> Result<(), ResponseError> {
    if filled.is_empty() {
        return Err(ResponseError::NotCanonical);
    }
    let mut used = BTreeSet::new();
    for (gap, value) in filled {
        match gaps.get(gap) {
            None => return Err(ResponseError::UnknownGap(gap.clone())),
            Some(GapAccepts::Labels { labels }) => {
                known(labels, value)?;
                if !reuse && !used.insert(value) {
                    return Err(ResponseError::Twice(value.clone()));
                }
            }
            Some(GapAccepts::Text { max_chars }) => check_text(value, *max_chars, char::is_control)?,
        }
    }
    Ok(())
}

fn check_pairs(
    rows: &[String],
    columns: &[String],
    per_row: usize,
    pairs: &[[String; 2]],
) -> Result<(), ResponseError> {
    if pairs.is_empty() || !is_ascending(pairs) {
        return Err(ResponseError::NotCanonical);
    }
    for [row, column] in pairs {
        known(rows, row)?;
        known(columns, column)?;
        at_most(per_row, pairs.iter().filter(|[other, _]| other == row).count())?;
    }
    Ok(())
}

fn check_text(text: &str, max: u32, is_refused: impl Fn(char) -> bool) -> Result<(), ResponseError> {
    let got = text.chars().count();
    if got == 0 {
        return Err(ResponseError::NotCanonical);
    }
    if got > max as usize {
        return Err(ResponseError::TooLong { max, got });
    }
    match text.chars().find(|&c| is_refused(c)) {
        Some(character) => Err(ResponseError::Character(character)),
        None => Ok(()),
    }
}

fn known(labels: &[String], label: &String) -> Result<(), ResponseError> {
    if labels.contains(label) { Ok(()) } else { Err(ResponseError::UnknownChoice(label.clone())) }
}

fn at_most(max: usize, got: usize) -> Result<(), ResponseError> {
    if got > max { Err(ResponseError::TooMany { max, got }) } else { Ok(()) }
}

fn is_ascending<T: PartialOrd>(list: &[T]) -> bool {
    list.windows(2).all(|pair| pair[0] < pair[1])
}
