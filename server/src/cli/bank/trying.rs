//! `invigil bank try`.

use std::path::PathBuf;

use clap::Args;
use qti::{Import, Loss, cases, model::Item, read::read_item};
use serde::Serialize;

use super::{Fault, import::bounded, output};

#[derive(Args)]
pub(in crate::cli) struct Try {
    /// A QTI item
    item: PathBuf,
    /// Responses, as JSON: {"cases": [{"name": "…", "responses": {"RESPONSE": "A"}}]}
    #[arg(long, value_name = "FILE")]
    responses: PathBuf,
    /// What is drawn with, instead of the seeds in the file
    #[arg(long)]
    seed: Option<u32>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Tried<'i> {
    item: &'i str,
    losses: &'i [Loss],
    cases: Vec<cases::Answer>,
}

impl Try {
    pub(super) fn run(self) -> Result<(), Fault> {
        let unreadable = |text: String| Fault { text, code: 2 };
        let bytes = bounded(&self.item, qti::MAX_BYTES as u64).map_err(unreadable)?;
        let responses = bounded(&self.responses, cases::MAX_BYTES as u64).map_err(unreadable)?;
        let mut cases =
            cases::read(&responses).map_err(|e| unreadable(format!("{}: {e}", self.responses.display())))?;
        if let Some(seed) = self.seed {
            cases.seed = Some(seed);
            cases.cases.iter_mut().for_each(|case| case.seed = None);
        }
        let import: Import<Item> = read_item(&self.item.display().to_string(), &bytes);
        let Some(item) = import.content() else {
            let faults: Vec<String> = import.faults().iter().map(ToString::to_string).collect();
            return Err(Fault { text: format!("the item is refused: {}", faults.join("; ")), code: 3 });
        };
        let tried = Tried { item: &item.identifier, losses: import.losses(), cases: cases::answer(item, &cases) };
        if self.json {
            return output::json(&tried);
        }
        for answer in &tried.cases {
            let outcomes: Vec<String> =
                answer.outcomes.iter().map(|(name, value)| format!("{name} = {value}")).collect();
            let fault = answer.fault.as_ref().map(|fault| format!(" (no score: {fault})")).unwrap_or_default();
            output::line(format!("{}: {}{fault}", answer.name, outcomes.join(", ")));
        }
        Ok(())
    }
}
