//! `invigil log`.

mod local;
mod monitor;
mod prove;
mod verify;
mod witness;

use std::{path::PathBuf, sync::Arc};

use clap::{Args, Subcommand};
use signing::tlog::{
    checkpoint::LogPolicy,
    note::{KeyType, Verifier},
};

use super::{Fault, output, serve::runtime};
use crate::{clock::SystemClock, data::DataDir, engine::Engine, log::replace};

/// The log of what was issued.
#[derive(Subcommand)]
pub(super) enum Log {
    /// Log what waits, print the signed checkpoint; with --out, write the whole log as files that any web server can serve
    Checkpoint(Checkpoint),
    /// Write the proof that something is in the log
    Prove(prove::Prove),
    /// Read every entry and compare the root with the signed one; fails if they differ
    Verify(verify::Verify),
    /// Look whether a log continues what it was at the last look; fails with 3 if it has forked or shrunk, or was not signed
    Monitor(monitor::Monitor),
    /// Be a witness: cosign the checkpoints of others' logs that only grew
    Witness(witness::Witness),
}

#[derive(Args)]
pub(super) struct Checkpoint {
    #[command(flatten)]
    data: Data,
    /// The folder to write or to bring up
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Ask the configured witnesses first
    #[arg(long)]
    ask: bool,
    /// Print the log's verifier key instead
    #[arg(long, conflicts_with_all = ["out", "ask"])]
    key: bool,
}

/// The data directory of a command.
#[derive(Args)]
struct Data {
    /// The data directory
    #[arg(long, default_value = "data/invigil", value_name = "DIR")]
    data: PathBuf,
}

impl Data {
    fn engine(&self) -> Result<Engine, Fault> {
        Ok(Engine::new(DataDir::open(&self.data)?, None, Arc::new(SystemClock))?)
    }
}

/// Whose log it is, and who else has to have signed.
#[derive(Args)]
struct Whose {
    /// The log's verifier key, NAME+KEYID+BASE64; its name is the log's
    #[arg(long = "log", value_name = "VKEY")]
    log: String,
    /// The verifier key of a witness; may be given several times
    #[arg(long = "witness", value_name = "VKEY")]
    witnesses: Vec<String>,
    /// So many of the witnesses have to have cosigned; all, if nothing is said
    #[arg(long)]
    quorum: Option<usize>,
}

impl Whose {
    fn policy(&self) -> Result<LogPolicy, Fault> {
        let log = log_key(&self.log)?;
        let quorum = self.quorum.unwrap_or(self.witnesses.len());
        if quorum > self.witnesses.len() {
            let count = self.witnesses.len();
            return Err(Fault::new(format!("--quorum is {quorum}, but --witness names {count}")));
        }
        Ok(LogPolicy::parse(log.name(), &self.log, &self.witnesses, quorum)?)
    }
}

/// The verifier key of a log.
fn log_key(text: &str) -> Result<Verifier, Fault> {
    let key = Verifier::parse(text)?;
    if key.key_type() == KeyType::Note { Ok(key) } else { Err(Fault::new(format!("{text} is the key of a witness"))) }
}

/// Puts a file in its place, wholly or not at all.
fn write(file: &std::path::Path, content: &[u8]) -> Result<(), Fault> {
    replace(file, content).map_err(|error| Fault::new(format!("{}: {error}", file.display())))
}

impl Log {
    pub(super) fn run(self) -> Result<(), Fault> {
        match self {
            Self::Checkpoint(checkpoint) => checkpoint.run(),
            Self::Prove(prove) => prove.run(),
            Self::Verify(verify) => verify.run(),
            Self::Monitor(monitor) => monitor.run(),
            Self::Witness(witness) => witness.run(),
        }
    }
}

impl Checkpoint {
    fn run(self) -> Result<(), Fault> {
        let engine = self.data.engine()?;
        if self.key {
            output::line(engine.log.vkey());
            return Ok(());
        }
        let runtime = runtime()?;
        if self.ask {
            runtime.block_on(engine.ask_witnesses()).map_err(Fault::of)?;
        }
        if let Some(folder) = &self.out {
            runtime.block_on(engine.export_log(folder)).map_err(Fault::new)?;
        }
        runtime.block_on(engine.bring_log_up()).map_err(Fault::of)?;
        let checkpoint = runtime.block_on(engine.published_checkpoint()).map_err(Fault::of)?;
        let checkpoint = checkpoint.ok_or_else(|| Fault::new("the log has no entry yet"))?;
        output::line(checkpoint.note.trim_end());
        Ok(())
    }
}
