//! `invigil bank`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{DEFAULT_BANK, Fault, output};
use crate::bank_files;

/// Items and schemes.
#[derive(Subcommand)]
pub(super) enum Bank {
    /// List every fault of a bank at once, with file and line; fails if one is an error
    Lint(Lint),
}

#[derive(Args)]
pub(super) struct Lint {
    /// The question bank
    #[arg(long, default_value = DEFAULT_BANK, value_name = "DIR")]
    bank: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Bank {
    pub(super) fn run(self) -> Result<(), Fault> {
        match self {
            Self::Lint(lint) => lint.run(),
        }
    }
}

impl Lint {
    fn run(self) -> Result<(), Fault> {
        let (bank, findings) = bank_files::load(&self.bank)?;
        if self.json {
            output::json(&findings)?;
        } else {
            for finding in &findings {
                output::line(finding.to_string());
            }
            let (items, sets) = (bank.items.len(), bank.scenarios.len());
            output::line(format!("{items} items, {sets} scenario sets, {} findings", findings.len()));
        }
        let errors = findings.iter().filter(|finding| finding.is_error()).count();
        if errors > 0 { Err(Fault::new(format!("{errors} of the findings are errors"))) } else { Ok(()) }
    }
}
