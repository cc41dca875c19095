//! What reading a file gives: for each question what became of it.

use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::{FaultKind, LossKind, Position, Question};

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Import {
    /// Questions in the order of the file.
    pub records: Vec<Record>,
    /// What is wrong with the file as a whole; what follows the last of these places was not read.
    pub faults: Vec<Fault>,
}

impl Import {
    /// A file that was read to its end.
    pub(crate) fn of(records: Vec<Record>) -> Self {
        let fault = Fault { at: Position::START, kind: FaultKind::NoQuestions };
        let faults = if records.is_empty() { vec![fault] } else { Vec::new() };
        Self { records, faults }
    }
}

/// A question of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Where it begins.
    #[serde(flatten)]
    pub at: Position,
    /// What the format calls its kind, such as `multichoice`.
    pub kind: String,
    /// Its name, or the beginning of its text, so that people find it.
    pub name: String,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What became of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "class", rename_all = "snake_case")]
pub enum Outcome {
    /// All of it is in the neutral model.
    Imported {
        /// The question.
        question: Box<Question>,
    },
    /// It is in the neutral model, but for what is listed.
    ImportedWithLoss {
        /// The question.
        question: Box<Question>,
        /// What was lost, at least one thing.
        losses: Vec<Loss>,
    },
    /// It is not in the neutral model.
    Refused {
        /// Why, at least one reason.
        faults: Vec<Fault>,
    },
}

impl Outcome {
    /// The class that follows from what was found.
    pub(crate) fn of(question: Option<Question>, mut losses: Vec<Loss>, mut faults: Vec<Fault>) -> Self {
        losses.sort_by_key(|loss| loss.at);
        faults.sort_by_key(|fault| fault.at);
        match question.map(Box::new) {
            Some(question) if faults.is_empty() && losses.is_empty() => Self::Imported { question },
            Some(question) if faults.is_empty() => Self::ImportedWithLoss { question, losses },
            _ => Self::Refused { faults },
        }
    }

    /// The question, unless it was refused.
    pub fn question(&self) -> Option<&Question> {
        match self {
            Self::Imported { question } | Self::ImportedWithLoss { question, .. } => Some(question),
            Self::Refused { .. } => None,
        }
    }
}

/// Why a question or a file was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {}, column {}: {kind}", at.line, at.column)]
pub struct Fault {
    /// Where it stands.
    pub at: Position,
    /// What is wrong.
    pub kind: FaultKind,
}

/// Something of a question that the neutral model does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Where it stands.
    pub at: Position,
    /// What was lost.
    pub kind: LossKind,
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        placed(serializer, self.at, self.kind.code(), self.kind.to_string())
    }
}

impl Serialize for Loss {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        placed(serializer, self.at, self.kind.code(), self.kind.to_string())
    }
}

fn placed<S: Serializer>(serializer: S, at: Position, code: &str, message: String) -> Result<S::Ok, S::Error> {
    let mut object = serializer.serialize_struct("Placed", 4)?;
    object.serialize_field("line", &at.line)?;
    object.serialize_field("column", &at.column)?;
    object.serialize_field("code", code)?;
    object.serialize_field("message", &message)?;
    object.end()
}

/// Longest text that a message repeats, in characters.
const SHOWN: usize = 60;

/// The beginning of a text, on one line, to be shown in a message.
pub(crate) fn beginning(text: &str) -> String {
    let mut shown = String::new();
    for word in text.split_whitespace() {
        if !shown.is_empty() {
            shown.push(' ');
        }
        // No more than is shown, however long the word is.
        shown.extend(word.chars().take(SHOWN + 1));
        if shown.chars().count() > SHOWN {
            return shown.chars().take(SHOWN - 1).chain(['…']).collect();
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_is_one_short_line() {
        assert_eq!(beginning("  two\n words "), "two words");
        assert_eq!(beginning(&"ä".repeat(1_000)).chars().count(), SHOWN);
        assert_eq!(beginning(&"ab ".repeat(1_000)).chars().count(), SHOWN);
    }
}
