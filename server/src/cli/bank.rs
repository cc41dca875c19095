//! `invigil bank`.

mod affected;
mod export;
mod history;
mod import;
mod lint;
mod transition;
mod trying;

use clap::Subcommand;

use super::{DEFAULT_BANK, Fault, output};

/// Items and schemes.
#[derive(Subcommand)]
pub(super) enum Bank {
    /// List every fault and every item-writing flaw of a bank at once, with file and line; fails if one is an error
    Lint(lint::Lint),
    /// Take items from one state of their life to the next, and write it into their history
    Transition(transition::Transition),
    /// Print what happened to an item, or to every item
    History(history::History),
    /// List the forms that hold an item, or its clones and enemies
    Affected(affected::Affected),
    /// Read items of other systems: QTI packages and items, Moodle XML, GIFT; say what becomes of each, and write drafts
    Import(import::Import),
    /// Write the items of a bank as a table for people
    Export(export::Export),
    /// Score responses to a QTI item by its own response processing
    Try(trying::Try),
}

impl Bank {
    pub(super) fn run(self) -> Result<(), Fault> {
        match self {
            Self::Lint(lint) => lint.run(),
            Self::Transition(transition) => transition.run(),
            Self::History(history) => history.run(),
            Self::Affected(affected) => affected.run(),
            Self::Import(import) => import.run(),
            Self::Export(export) => export.run(),
            Self::Try(trying) => trying.run(),
        }
    }
}
