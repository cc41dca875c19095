//! `invigil sitting`.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use question_bank::{CandidateSecret, Draw, Reveal};
use storage::{NewAttempt, SittingRecord};

use super::{Fault, Places, output, serve::runtime};
use crate::{
    bank_files,
    clock::{SystemClock, from_ms},
    data::DataDir,
    engine::{Engine, Place, scheme},
    toml_fault,
};

/// Sittings.
#[derive(Subcommand)]
pub(super) enum Sitting {
    /// Draw every candidate's form and print the admission codes and the commitment
    Schedule(Schedule),
    /// List sittings and where their attempts stand
    List(List),
    /// Write what outsiders need to check the draws; secrets only once the sitting is over
    Publish(Publish),
    /// Let a started attempt go on on another device, with the journal held here
    Release(Release),
    /// Decide on an attempt whose candidate never handed in, with the answers that are held
    Score(Score),
}

#[derive(Args)]
pub(super) struct Schedule {
    #[command(flatten)]
    places: Places,
    /// The roster: a TOML file with one [[place]] a candidate (candidate, name, last_name, attempt, first_attempt, extra_minutes)
    #[arg(long, value_name = "FILE")]
    roster: PathBuf,
    /// The sitting's title
    #[arg(long)]
    title: String,
    /// From when it may be started (RFC 3339)
    #[arg(long, value_name = "TIME")]
    opens: DateTime<Utc>,
    /// Until when
    #[arg(long, value_name = "TIME")]
    closes: DateTime<Utc>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Roster {
    place: Vec<Place>,
}

#[derive(Args)]
pub(super) struct List {
    #[command(flatten)]
    places: Places,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub(super) struct Publish {
    #[command(flatten)]
    places: Places,
    /// The sitting
    #[arg(long)]
    sitting: String,
    /// The folder to write
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

#[derive(Args)]
pub(super) struct Score {
    #[command(flatten)]
    places: Places,
    /// The attempt
    #[arg(long)]
    attempt: String,
}

#[derive(Args)]
pub(super) struct Release {
    #[command(flatten)]
    places: Places,
    /// The attempt
    #[arg(long)]
    attempt: String,
}

impl Sitting {
    pub(super) fn run(self) -> Result<(), Fault> {
        match self {
            Self::Schedule(schedule) => schedule.run(),
            Self::List(list) => list.run(),
            Self::Publish(publish) => publish.run(),
            Self::Release(release) => release.run(),
            Self::Score(score) => score.run(),
        }
    }
}

/// An engine over a data directory and a bank.
pub(super) fn engine(places: &Places) -> Result<Engine, Fault> {
    let data = DataDir::open(&places.data)?;
    let bank = bank_files::hashed(&places.bank, &data.bank_secret)?;
    Ok(Engine::new(data, bank, Arc::new(SystemClock))?)
}

impl Schedule {
    fn run(self) -> Result<(), Fault> {
        let fault = |what: String| Fault::new(format!("{}: {what}", self.roster.display()));
        let text = std::fs::read_to_string(&self.roster).map_err(|error| fault(error.to_string()))?;
        let roster: Roster = toml::from_str(&text).map_err(|error| fault(toml_fault::in_a_line(&text, &error)))?;
        let engine = engine(&self.places)?;
        let scheduled = engine.schedule(&self.title, self.opens, self.closes, &roster.place);
        output::json(&runtime()?.block_on(scheduled)?)
    }
}

impl List {
    fn run(self) -> Result<(), Fault> {
        let rows = runtime()?.block_on(engine(&self.places)?.overview()).map_err(Fault::of)?;
        if self.json {
            return output::json(&rows);
        }
        for sitting in rows {
            output::line(format!("{}  {} to {}  {}", sitting.id, sitting.opens_at, sitting.closes_at, sitting.title));
            for attempt in sitting.attempts {
                let score = attempt.raw_score.map(|raw| format!(", {raw} correct")).unwrap_or_default();
                let outcome = attempt.outcome.map(|outcome| format!(", {outcome:?}")).unwrap_or_default();
                let lines = attempt.journal_count;
                let (id, name, state) = (attempt.attempt, attempt.candidate, attempt.state);
                output::line(format!("  {id}  {name}: {state:?}, {lines} journal lines{score}{outcome}"));
            }
        }
        Ok(())
    }
}

impl Publish {
    fn run(self) -> Result<(), Fault> {
        let engine = engine(&self.places)?;
        let runtime = runtime()?;
        let gone = || Fault::new(format!("there is no sitting {}", self.sitting));
        let sitting = runtime.block_on(engine.store.sitting(&engine.tenant, &self.sitting))?.ok_or_else(gone)?;
        let roster = runtime.block_on(engine.store.roster(&engine.tenant, &self.sitting))?;
        std::fs::create_dir_all(&self.out)?;
        self.write("commitment.json", &sitting.commitment)?;
        self.write("pool.json", &sitting.pool)?;
        let blueprint = scheme(&sitting).map_err(Fault::of)?.blueprint();
        self.write("blueprint.json", &signing::jcs::to_string(&blueprint)?)?;
        // A candidate may start in the last second and then has the whole time.
        let last =
            roster.iter().map(|attempt| last_use(&sitting, &attempt.scheduled.manifest)).max().unwrap_or_default();
        if engine.clock.now().timestamp_millis() < last {
            output::line(format!("wrote commitment, pool list and blueprint to {}", self.out.display()));
            output::line(format!(
                "the secrets stay sealed until {}, when the last attempt must be over",
                from_ms(last)
            ));
            return Ok(());
        }
        let mut reveals = Vec::new();
        let mut draws: BTreeMap<&str, Draw> = BTreeMap::new();
        for attempt in &roster {
            let NewAttempt { id, draw, draw_secret, .. } = &attempt.scheduled;
            draws.insert(id, serde_json::from_str(draw)?);
            reveals.push(Reveal::new(id, &CandidateSecret::new(*draw_secret)));
        }
        self.write("reveals.json", &signing::jcs::to_string(&reveals)?)?;
        self.write("draws.json", &signing::jcs::to_string(&draws)?)?;
        output::line(format!("wrote commitment, pool list, blueprint, secrets and draws to {}", self.out.display()));
        Ok(())
    }

    fn write(&self, name: &str, text: &str) -> Result<(), Fault> {
        let file = self.out.join(name);
        std::fs::write(&file, text).map_err(|error| Fault::new(format!("{}: {error}", file.display())))
    }
}

fn last_use(sitting: &SittingRecord, manifest: &str) -> i64 {
    let duration = serde_json::from_str::<sitting::Manifest>(manifest).map_or(0, |manifest| manifest.duration_ms);
    sitting.closes_at_ms.saturating_add(i64::try_from(duration).unwrap_or(i64::MAX))
}

impl Release {
    fn run(self) -> Result<(), Fault> {
        let engine = engine(&self.places)?;
        runtime()?.block_on(engine.release_device(&self.attempt)).map_err(Fault::of)?;
        output::line("released: the candidate's code opens the attempt on the next device");
        Ok(())
    }
}

impl Score {
    fn run(self) -> Result<(), Fault> {
        let decided = runtime()?.block_on(engine(&self.places)?.close(&self.attempt)).map_err(Fault::of)?;
        output::json(&serde_json::from_str::<serde_json::Value>(&decided.record)?)
    }
}
