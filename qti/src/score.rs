//! Scoring: from an item and responses to outcomes, by the item's own rules (QTI 3.0 ASI, section 2.9).

mod coerce;
mod evaluate;
mod map;
mod pattern;
mod print;
mod random;
mod rules;
mod session;
mod standard;
mod test;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Item, Value};

pub(crate) use pattern::check as check_pattern;
pub use print::{body_text, feedback_shown};
pub use test::{ItemResult, TestResults, score_test};

/// The most steps that scoring one response takes; an expression is a step.
pub const MAX_STEPS: u64 = 1_000_000;

/// How often template processing begins again for a constraint before it takes the default values.
pub const MAX_CONSTRAINT_TRIES: u32 = 100;

/// What a response comes to.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Scoring {
    /// The outcomes by name: those declared, and those that rules set without a declaration.
    pub outcomes: BTreeMap<String, Value>,
    /// The template variables by name.
    pub templates: BTreeMap<String, Value>,
    /// Why scoring ended early; the outcomes are those of that moment and are no score.
    pub fault: Option<ScoreFault>,
}

/// Why a response cannot be scored.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ScoreFault {
    /// More than [`MAX_STEPS`].
    #[error("scoring takes more than {MAX_STEPS} steps")]
    Steps,
    /// A value that a variable cannot hold.
    #[error("the value {value} cannot be put into {identifier:?}, which is declared as {declared}")]
    Type {
        /// The variable.
        identifier: String,
        /// The value as text.
        value: String,
        /// What the declaration says.
        declared: String,
    },
    /// An expression that needs the items of a test.
    #[error("<{0}> counts over the items of a test and has no meaning in an item")]
    TestOnly(&'static str),
    /// A pattern that is none.
    #[error("{pattern:?} is no pattern that can be matched: {reason}")]
    Pattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl Serialize for ScoreFault {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// Scores responses.
///
/// A response that is not given has its default value; one that is given as NULL has none. `seed` decides what template
/// processing and `random` draw: the same seed draws the same on every machine. `numAttempts` and `duration` are taken
/// from the responses, and are 1 and 0 without.
///
/// It always gives outcomes. Where [`Scoring::fault`] is set, they are no score.
pub fn score(item: &Item, responses: &BTreeMap<String, Value>, seed: u32) -> Scoring {
    session::Session::new(item, seed).run(responses)
}
