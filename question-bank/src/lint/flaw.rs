//! What the rules find.

use std::fmt;

use serde::Serialize;

use super::{Rule, Waiver, view::View};
use crate::{
    Severity,
    bank::{Origin, Scenario},
};

/// One flaw of an item, a scenario set or the bank.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Flaw {
    /// Path of the file within the bank; `.` for the bank as a whole.
    pub file: String,
    /// Line of the item's or set's id, counted from 1.
    pub line: u32,
    /// How bad it is.
    pub severity: Severity,
    /// The rule that is broken.
    pub code: Rule,
    /// The item or set; `None` for the bank as a whole.
    pub item: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// Why it stands all the same.
    pub waived: Option<Waiver>,
}

impl Flaw {
    /// An error that nobody has waived.
    pub fn is_open_error(&self) -> bool {
        self.severity == Severity::Error && self.waived.is_none()
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, severity, code, message, .. } = self;
        match &self.waived {
            None => write!(f, "{file}:{line}: {severity}[{code}]: {message}; {}", self.help),
            Some(waiver) => {
                let Waiver { reason, by, on, .. } = waiver;
                write!(f, "{file}:{line}: waived {severity}[{code}]: {message}; {by} on {on}: {reason}")
            }
        }
    }
}

/// Collects flaws.
#[derive(Default)]
pub(super) struct Flaws(pub(super) Vec<Flaw>);

impl Flaws {
    pub(super) fn item(&mut self, view: &View<'_>, rule: Rule, message: impl Into<String>, help: impl Into<String>) {
        self.push(&view.item.origin, Some(&view.item.id), rule, message.into(), help.into());
    }

    pub(super) fn set(&mut self, set: &Scenario, rule: Rule, message: impl Into<String>, help: impl Into<String>) {
        self.push(&set.origin, Some(&set.id), rule, message.into(), help.into());
    }

    pub(super) fn bank(&mut self, rule: Rule, message: impl Into<String>, help: impl Into<String>) {
        self.push(&Origin { file: ".".into(), line: 1 }, None, rule, message.into(), help.into());
    }

    pub(super) fn push(&mut self, at: &Origin, item: Option<&str>, code: Rule, message: String, help: String) {
        self.0.push(Flaw {
            file: at.file.clone(),
            line: at.line,
            severity: code.severity(),
            code,
            item: item.map(str::to_owned),
            message,
            help,
            waived: None,
        });
    }
}
