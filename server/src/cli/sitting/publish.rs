//! `invigil sitting publish`.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use clap::Args;
use question_bank::{CandidateSecret, IssuedDraw};
use storage::{NewAttempt, SittingRecord};

use super::{Fault, Places, engine, output, runtime, sitting_and_roster, write};
use crate::{clock::from_ms, engine::scheme};

#[derive(Args)]
pub(in crate::cli) struct Publish {
    #[command(flatten)]
    places: Places,
    /// The sitting
    #[arg(long)]
    sitting: String,
    /// The folder to write
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Publish {
    pub(super) fn run(self) -> Result<(), Fault> {
        let engine = engine(&self.places)?;
        let runtime = runtime()?;
        let (sitting, roster) = runtime.block_on(sitting_and_roster(&engine, &self.sitting))?;
        std::fs::create_dir_all(&self.out)?;
        beforehand(&sitting, &self.out)?;
        // A candidate may start in the last second, and then has the whole time with all that was approved and granted, and that
        // codes can add.
        let mut last = sitting.closes_at_ms;
        for attempt in &roster {
            let longest_ms = runtime.block_on(engine.longest_ms(attempt)).map_err(Fault::of)?;
            last = last.max(sitting.closes_at_ms.saturating_add_unsigned(longest_ms));
        }
        if engine.clock.now().timestamp_millis() < last {
            output::line(format!("wrote commitment, pool list and blueprint to {}", self.out.display()));
            output::line(format!(
                "the secrets stay sealed until {}, when the last attempt must be over",
                from_ms(last)
            ));
            return Ok(());
        }
        let mut reveals = Vec::new();
        let mut draws: BTreeMap<&str, IssuedDraw> = BTreeMap::new();
        for attempt in &roster {
            let NewAttempt { id, draw, draw_secret, .. } = &attempt.scheduled;
            let draw: IssuedDraw = serde_json::from_str(draw)?;
            reveals.push(draw.reveal(id, &CandidateSecret::new(*draw_secret)));
            draws.insert(id, draw);
        }
        write(&self.out, "reveals.json", signing::jcs::to_string(&reveals)?)?;
        write(&self.out, "draws.json", signing::jcs::to_string(&draws)?)?;
        output::line(format!("wrote commitment, pool list, blueprint, secrets and draws to {}", self.out.display()));
        Ok(())
    }
}

/// Writes what is published before a sitting.
pub(super) fn beforehand(sitting: &SittingRecord, folder: &Path) -> Result<(), Fault> {
    write(folder, "commitment.json", &sitting.commitment)?;
    write(folder, "pool.json", &sitting.pool)?;
    let blueprint = scheme(sitting).map_err(Fault::of)?.blueprint_text();
    write(folder, "blueprint.json", blueprint)
}
