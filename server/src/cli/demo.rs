//! `invigil demo`.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};

use super::{
    DEFAULT_BANK, Fault, demo_files, key, output, passphrase,
    serve::{Listen, runtime, serve, start_log},
};
use crate::{
    bank_files,
    clock::SystemClock,
    data::{Config, DataDir},
    engine::{Engine, Place},
};

/// Try it out.
#[derive(Args)]
pub(super) struct Demo {
    #[command(subcommand)]
    command: Option<DemoCommand>,
    /// The data directory; made if there is none
    #[arg(long, default_value = "data/demo", value_name = "DIR")]
    data: PathBuf,
    /// The question bank
    #[arg(long, default_value = DEFAULT_BANK, value_name = "DIR")]
    bank: PathBuf,
    #[command(flatten)]
    listen: Listen,
}

#[derive(Subcommand)]
enum DemoCommand {
    /// Write one of every file that is issued, good, expired and tampered, with an index.json
    Files(demo_files::Files),
}

/// What the demonstration remembers, so that a second start shows the same codes. Nothing of a real sitting is ever kept
/// like this.
#[derive(Serialize, Deserialize)]
struct Memory {
    admin_password: String,
    sitting: Option<Opened>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Opened {
    id: String,
    release_code: String,
    candidates: Vec<(String, String)>,
    /// Names and attempts.
    packages: Vec<(String, String)>,
}

impl Demo {
    pub(super) fn run(self) -> Result<(), Fault> {
        match self.command {
            Some(DemoCommand::Files(files)) => files.run(),
            None => self.serve(),
        }
    }

    fn serve(self) -> Result<(), Fault> {
        let note = self.data.join("demo.json");
        if !DataDir::exists(&self.data) {
            let config = Config::demonstration(&address(self.listen.port));
            let admin_password = DataDir::create_with_passphrase_file(&self.data, &config)?;
            remember(&note, &Memory { admin_password, sitting: None })?;
            let (root, passphrase) = (key::demonstration(&self.data)?, self.data.join("passphrase"));
            output::line(format!("made {} with fresh keys", self.data.display()));
            output::line(format!(
                "  their passphrase is in {}, the root key in {}",
                passphrase.display(),
                root.display()
            ));
        }
        let mut memory: Memory = super::form::read_json(&note)?;
        let mut data = passphrase::open(&self.data)?;
        if !data.config.demonstration {
            return Err(Fault::new(format!("{} is not a demonstration's data directory", self.data.display())));
        }
        // The address that is printed on certificates is the one of this start.
        data.config.public_url = address(self.listen.port);
        self.listen.add_witnesses(&mut data.config.log);
        let lock = data.lock()?;
        // The addresses and codes stay in sight.
        start_log("warn");
        let bank = bank_files::hashed(&self.bank, &data.bank_secret)?;
        let practice = self.listen.practice(&data.bank_secret)?;
        let set = self.listen.practice_set(&data.bank_secret)?;
        let engine = Engine::new(data, bank, Arc::new(SystemClock))?.with_practice(practice);
        let engine =
            Arc::new(engine.with_practice_set(set.as_ref())?.with_open_book(self.listen.open_book()?.as_ref())?);
        let runtime = runtime()?;
        let opened = runtime.block_on(open_sitting(&engine, memory.sitting.as_ref()))?;
        memory.sitting = Some(opened.clone());
        remember(&note, &memory)?;
        let served = runtime.block_on(serve(engine, &self.listen, || {
            let address = address(self.listen.port);
            output::line(format!("\n  sit the exam   {address}/"));
            for (name, code) in &opened.candidates {
                output::line(format!("    {code}   {name}"));
            }
            output::line(
                "  the same in a room without a network: open the package's link once, then switch the network off",
            );
            output::line(format!("    {}   release code", opened.release_code));
            for (name, attempt) in &opened.packages {
                output::line(format!("    {name}: {address}/?package={attempt}"));
            }
            output::line(format!("  practise       {address}/practice"));
            output::line(format!("  verify         {address}/verify"));
            output::line(format!("  office         {address}/office"));
            output::line(format!("  API            {address}/api/v1/openapi.json"));
            output::line(format!("  administrator  {}\n", memory.admin_password));
        }));
        drop(lock);
        served
    }
}

fn address(port: u16) -> String {
    format!("http://localhost:{port}")
}

/// The open sitting of an earlier start, or a new one if that is over or everybody has handed in.
async fn open_sitting(engine: &Engine, earlier: Option<&Opened>) -> Result<Opened, Fault> {
    let now = engine.clock.now();
    for row in engine.overview().await.map_err(Fault::of)? {
        let open = row.closes_at > now && row.attempts.iter().any(|a| a.state != api::AttemptState::Submitted);
        if let Some(earlier) = earlier.filter(|earlier| open && earlier.id == row.id) {
            return Ok(earlier.clone());
        }
    }
    let title = "CAISP demonstration sitting";
    let scheduled = engine.schedule(title, now, now + Duration::from_secs(14 * 86_400), &places()?).await?;
    let packages = scheduled.admissions.iter().map(|a| (a.name.clone(), a.attempt.clone())).collect();
    let candidates = scheduled.admissions.into_iter().map(|admission| (admission.name, admission.code)).collect();
    Ok(Opened { id: scheduled.sitting, release_code: scheduled.release_code, candidates, packages })
}

/// Three invented candidates: one ordinary, one with extra time, a break and letters beyond ASCII, one with a single name. Each
/// sitting has new people, since nobody earns the same award twice.
fn places() -> Result<Vec<Place>, Fault> {
    let place = |name: &str, last_name: &str, extra_minutes, break_minutes| -> Result<Place, Fault> {
        Ok(Place {
            candidate: format!("demo-{}", hex::encode(crate::random::bytes::<6>()?)),
            name: name.into(),
            last_name: last_name.into(),
            attempt: 1,
            first_attempt: None,
            extra_minutes,
            break_minutes,
        })
    };
    Ok(vec![
        place("Alex Sample", "Sample", 0, 0)?,
        place("Zoë Muster-Łęcka", "Muster-Łęcka", 30, 15)?,
        place("Example", "Example", 0, 0)?,
    ])
}

fn remember(file: &Path, memory: &Memory) -> Result<(), Fault> {
    let fault = |error: std::io::Error| Fault::new(format!("{}: {error}", file.display()));
    let next = file.with_extension("json.new");
    std::fs::write(&next, serde_json::to_string_pretty(memory)?).map_err(fault)?;
    std::fs::rename(&next, file).map_err(fault)
}
