//! The rules of a problem by name, each as a sentence of its author.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::problem::{Problem, Range};

/// One rule of a blueprint, as it is named when rules conflict.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case", deny_unknown_fields)]
pub enum Constraint {
    /// How many items a form has.
    Items {
        /// So many.
        items: u32,
    },
    /// How many items of a domain.
    Domain {
        /// The domain.
        domain: String,
        /// At least.
        least: u32,
        /// At most.
        most: u32,
    },
    /// How many items of a cognitive level.
    Level {
        /// The level.
        level: String,
        /// At least.
        least: u32,
        /// At most.
        most: u32,
    },
    /// How many scenario sets, and how many items of each.
    Scenarios {
        /// Sets on a form.
        sets: u32,
        /// Items of each.
        items_each: u32,
    },
    /// Enemies never stand on one form.
    Enemies,
    /// The reading load.
    Words {
        /// At least.
        least: u32,
        /// At most.
        most: u32,
    },
    /// How many items have their key at a position.
    KeyPosition {
        /// The position, counted from 1.
        position: u32,
        /// At least.
        least: u32,
        /// At most.
        most: u32,
    },
    /// Between what the expected score lies.
    ExpectedScore {
        /// At least, in thousandths of a point.
        least: u32,
        /// At most.
        most: u32,
    },
    /// How often an item may be used.
    MaxUses {
        /// Forms, earlier ones included.
        uses: u32,
    },
    /// On how many of these forms a scored item may stand.
    MaxForms {
        /// Forms of this set.
        forms: u32,
    },
    /// What two forms may share.
    Overlap {
        /// Items.
        items: u32,
    },
    /// What two forms may share of scenarios.
    SharedSets {
        /// Scenario sets.
        sets: u32,
    },
}

impl Constraint {
    /// Every rule of a problem, in the order in which a blueprint states them.
    pub fn all(problem: &Problem) -> Vec<Self> {
        let blueprint = &problem.blueprint;
        let mut all = vec![Self::Items { items: blueprint.items }];
        all.extend(blueprint.domains.iter().map(|quota| Self::Domain {
            domain: quota.name.clone(),
            least: quota.least,
            most: quota.most,
        }));
        all.extend(blueprint.levels.iter().map(|quota| Self::Level {
            level: quota.name.clone(),
            least: quota.least,
            most: quota.most,
        }));
        if let Some(scenarios) = blueprint.scenarios {
            all.push(Self::Scenarios { sets: scenarios.sets, items_each: scenarios.items_each });
        }
        if problem.items.iter().any(|item| !item.enemies.is_empty()) {
            all.push(Self::Enemies);
        }
        if let Some(Range { least, most }) = blueprint.words {
            all.push(Self::Words { least, most });
        }
        if let Some(Range { least, most }) = blueprint.key_positions {
            let positions = key_positions(problem);
            all.extend(positions.into_iter().map(|position| Self::KeyPosition { position, least, most }));
        }
        if let Some(Range { least, most }) = blueprint.expected_score {
            all.push(Self::ExpectedScore { least, most });
        }
        if let Some(uses) = blueprint.max_uses {
            all.push(Self::MaxUses { uses });
        }
        if let Some(forms) = blueprint.max_forms {
            all.push(Self::MaxForms { forms });
        }
        if let Some(items) = blueprint.overlap.filter(|_| problem.forms > 1) {
            all.push(Self::Overlap { items });
        }
        if let Some(sets) = blueprint.shared_sets.filter(|_| problem.forms > 1) {
            all.push(Self::SharedSets { sets });
        }
        all
    }
}

/// Every position at which a key of the pool stands, ascending.
pub(crate) fn key_positions(problem: &Problem) -> Vec<u32> {
    let mut positions: Vec<u32> = problem.items.iter().filter_map(|item| item.key).collect();
    positions.sort_unstable();
    positions.dedup();
    positions
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Items { items } => write!(f, "a form has {}", counted(*items, "item")),
            Self::Domain { domain, least, most } => write!(f, "a form has {} of domain {domain}", span(*least, *most)),
            Self::Level { level, least, most } => write!(f, "a form has {} of level {level}", span(*least, *most)),
            Self::Scenarios { sets, items_each } => {
                write!(
                    f,
                    "a form has {}, with {} of each",
                    counted(*sets, "scenario set"),
                    counted(*items_each, "item")
                )
            }
            Self::Enemies => f.write_str("items that are enemies never stand on one form"),
            Self::Words { least, most } => write!(f, "a form has {least} to {most} words to read"),
            Self::KeyPosition { position, least, most } => {
                write!(f, "the key of {} of a form stands at position {position}", span(*least, *most))
            }
            Self::ExpectedScore { least, most } => {
                write!(f, "the expected score of a form is {} to {} points", Thousandths(*least), Thousandths(*most))
            }
            Self::MaxUses { uses } => write!(f, "no item is used by more than {}", counted(*uses, "form")),
            Self::MaxForms { forms } => {
                write!(f, "no scored item is on more than {} of this set", counted(*forms, "form"))
            }
            Self::Overlap { items } => write!(f, "no two forms share more than {}", counted(*items, "item")),
            Self::SharedSets { sets: 0 } => f.write_str("no two forms share a scenario set"),
            Self::SharedSets { sets } => write!(f, "no two forms share more than {}", counted(*sets, "scenario set")),
        }
    }
}

fn counted(count: u32, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn span(least: u32, most: u32) -> String {
    match (least, most) {
        (least, most) if least == most => counted(most, "item"),
        (0, most) => format!("at most {}", counted(most, "item")),
        (least, u32::MAX) => format!("at least {}", counted(least, "item")),
        (least, most) => format!("{least} to {}", counted(most, "item")),
    }
}

/// A number in thousandths, written with its fraction: 52,300 is 52.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Thousandths(pub(crate) u32);

impl fmt::Display for Thousandths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 1_000, self.0 % 1_000);
        let digits = format!("{rest:03}");
        let digits = digits.trim_end_matches('0');
        if digits.is_empty() { write!(f, "{whole}") } else { write!(f, "{whole}.{digits}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousandths_are_written_without_idle_zeros() {
        let written: Vec<String> = [0, 52_300, 7, 1_000].map(|n| Thousandths(n).to_string()).into();
        assert_eq!(written, ["0", "52.3", "0.007", "1"]);
    }

    #[test]
    fn a_rule_is_a_sentence() {
        let exact = Constraint::Domain { domain: "D2".into(), least: 20, most: 20 };
        let upper = Constraint::Level { level: "comprehension".into(), least: 0, most: 1 };
        assert_eq!(exact.to_string(), "a form has 20 items of domain D2");
        assert_eq!(upper.to_string(), "a form has at most 1 item of level comprehension");
    }
}
