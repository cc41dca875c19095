//! `invigil bank affected`.

use api::AttemptState;
use clap::Args;

use super::{Fault, output};
use crate::{
    bank_files,
    cli::{Places, serve::runtime, sitting::engine},
    engine::AffectedAttempt,
};

#[derive(Args)]
pub(in crate::cli) struct Affected {
    #[command(flatten)]
    places: Places,
    /// An item or scenario set; may be given several times. Without one, all that are compromised
    #[arg(long = "item", value_name = "ITEM")]
    items: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Affected {
    pub(super) fn run(self) -> Result<(), Fault> {
        let (bank, _) = bank_files::load(&self.places.bank)?;
        let known = |id: &str| bank.items.contains_key(id) || bank.scenarios.contains_key(id);
        if let Some(item) = self.items.iter().find(|item| !known(item)) {
            return Err(Fault::new(format!("the bank has no usable item or scenario set {item:?}")));
        }
        let tainted = match self.items.as_slice() {
            [] => bank.tainted(),
            items => bank.tainted_by(items.iter().map(String::as_str)),
        };
        let engine = engine(&self.places)?;
        let affected = runtime()?.block_on(engine.affected(&tainted)).map_err(Fault::of)?;
        if self.json {
            return output::json(&affected);
        }
        for attempt in &affected {
            print(attempt);
        }
        let mut open: Vec<&str> = affected
            .iter()
            .filter(|attempt| attempt.state == AttemptState::Ready && !attempt.reserve)
            .map(|attempt| attempt.sitting.as_str())
            .collect();
        open.dedup();
        output::line(format!("{} attempts have a form with {} items taken out", affected.len(), tainted.len()));
        for sitting in open {
            output::line(format!(
                "not begun: draw other forms with «invigil sitting reserve --sitting {sitting}», and hand out its codes instead"
            ));
        }
        Ok(())
    }
}

fn print(attempt: &AffectedAttempt) {
    let state = match attempt.state {
        AttemptState::Ready => "not begun, as far as the server knows",
        AttemptState::Sitting => "begun",
        AttemptState::Submitted => "handed in",
    };
    output::line(format!("{}  {}  {}: {state}", attempt.sitting, attempt.attempt, attempt.candidate));
    for item in &attempt.items {
        let (number, id, revision, taint) = (item.number, &item.item, item.revision, &item.taint);
        output::line(format!("  question {number}, {id} revision {revision}: {taint}"));
    }
}
