//! Rules of response, template and outcome processing.

use serde::Serialize;

use super::Expression;

/// What rules belong to; QTI names most of them after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Process {
    /// What becomes of responses.
    Response,
    /// What makes an item of a template.
    Template,
    /// What becomes of the outcomes of a test's items.
    Outcome,
}

impl Process {
    /// The word that its elements begin with.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::Template => "template",
            Self::Outcome => "outcome",
        }
    }

    /// What ends it early.
    pub(crate) fn exit(self) -> &'static str {
        match self {
            Self::Response => "exit-response",
            Self::Template => "exit-template",
            Self::Outcome => "exit-test",
        }
    }
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The rules of the first branch whose condition is true, or else the last.
    Condition {
        /// `if`, then `else if`; may be empty.
        branches: Vec<Branch>,
        /// `else`.
        otherwise: Vec<Rule>,
    },
    /// Sets an outcome.
    SetOutcome {
        /// Its name.
        identifier: String,
        /// To what.
        value: Expression,
    },
    /// Sets a template variable.
    SetTemplate {
        /// Its name.
        identifier: String,
        /// To what.
        value: Expression,
    },
    /// Sets a response's correct response.
    SetCorrect {
        /// The response.
        identifier: String,
        /// To what.
        value: Expression,
    },
    /// Sets a default value; without one, sets the variable to its default (not QTI).
    SetDefault {
        /// The response or outcome.
        identifier: String,
        /// To what.
        value: Option<Expression>,
    },
    /// Sets a response (not QTI).
    SetResponse {
        /// The response.
        identifier: String,
        /// To what.
        value: Expression,
    },
    /// Sets an outcome by its table.
    LookupOutcome {
        /// The outcome.
        identifier: String,
        /// What is looked up.
        source: Expression,
    },
    /// Begins the template processing again unless it is true.
    Constraint(Expression),
    /// Ends the processing.
    Exit,
    /// Rules kept together.
    Fragment(Vec<Rule>),
}

/// A condition and what follows from it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Branch {
    /// The condition; NULL is not true.
    pub condition: Expression,
    /// What is done then.
    pub rules: Vec<Rule>,
}
