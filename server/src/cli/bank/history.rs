//! `invigil bank history`.

use std::path::PathBuf;

use clap::Args;
use question_bank::lifecycle::{self, Entry};

use super::{DEFAULT_BANK, Fault, output};
use crate::bank_files::{self, Histories};

#[derive(Args)]
pub(in crate::cli) struct History {
    /// The item or scenario set; all of them if it is left out
    item: Option<String>,
    /// The question bank
    #[arg(long, default_value = DEFAULT_BANK, value_name = "DIR")]
    bank: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl History {
    pub(super) fn run(self) -> Result<(), Fault> {
        let files = bank_files::read(&self.bank)?;
        let histories = Histories::of(&files);
        let items = match &self.item {
            Some(item) if !histories.has(item) => {
                return Err(Fault::new(format!(
                    "{} does not exist in {}",
                    lifecycle::path_of(item),
                    self.bank.display()
                )));
            }
            Some(item) => vec![item.clone()],
            None => histories.items().map(str::to_owned).collect(),
        };
        let mut entries: Vec<Entry> = Vec::new();
        for item in &items {
            entries.extend_from_slice(histories.history(item)?.entries());
        }
        if self.json {
            return output::json(&entries);
        }
        for entry in &entries {
            let from = entry.from.map(|from| format!("{from} → ")).unwrap_or_default();
            let Entry { at, item, revision, to, by, role, reason, .. } = entry;
            let at = at.format("%Y-%m-%dT%H:%M:%SZ");
            output::line(format!("{at}  {item} revision {revision}: {from}{to}, {by} ({role}): {reason}"));
        }
        Ok(())
    }
}
