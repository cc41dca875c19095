//! `invigil bank`.

mod affected;
mod export;
mod history;
mod import;
mod lint;
mod stats;
mod transition;
mod trying;

use clap::Subcommand;
use serde_json::Value;

use super::{DEFAULT_BANK, Fault, output};

/// Items and schemes.
#[derive(Subcommand)]
pub(super) enum Bank {
    /// List every fault and every item-writing flaw of a bank at once, with file and line; fails if one is an error
    Lint(lint::Lint),
    /// Count a bank: by domain, level, kind and status, and what it covers
    Stats(stats::Stats),
    /// Take items from one state of their life to the next, and write it into their history
    Transition(transition::Transition),
    /// Print what happened to an item, or to every item
    History(history::History),
    /// List the forms that hold an item, or its clones and enemies
    Affected(affected::Affected),
    /// Read items of other systems: QTI packages and items, Moodle XML, GIFT; say what becomes of each, and write drafts
    Import(import::Import),
    /// Write the items of a bank as a table for people, or as a QTI package
    Export(export::Export),
    /// Score responses to a QTI item by its own response processing
    Try(trying::Try),
}

impl Bank {
    pub(super) fn run(self) -> Result<(), Fault> {
        match self {
            Self::Lint(lint) => lint.run(),
            Self::Stats(stats) => stats.run(),
            Self::Transition(transition) => transition.run(),
            Self::History(history) => history.run(),
            Self::Affected(affected) => affected.run(),
            Self::Import(import) => import.run(),
            Self::Export(export) => export.run(),
            Self::Try(trying) => trying.run(),
        }
    }
}

/// The name that a value has in item files.
fn named<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}
