//! `invigil key export`.

use std::{path::PathBuf, sync::Arc};

use clap::Args;

use super::{Fault, passphrase};
use crate::{cli::output, clock::SystemClock, engine::Engine};

#[derive(Args)]
pub(in crate::cli) struct Export {
    /// The data directory
    #[arg(long, default_value = "data/invigil", value_name = "DIR")]
    data: PathBuf,
    /// The folder to write did.json and invigil-keys.json to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Export {
    pub(super) fn run(self) -> Result<(), Fault> {
        let engine = Engine::new(passphrase::open(&self.data)?, None, Arc::new(SystemClock))?;
        std::fs::create_dir_all(&self.out)?;
        let write = |name: &str, content: Vec<u8>| {
            let file = self.out.join(name);
            std::fs::write(&file, content).map_err(|error| Fault::new(format!("{}: {error}", file.display())))
        };
        write("did.json", serde_json::to_vec_pretty(engine.issuer.did_document())?)?;
        let Some(history) = engine.issuer.history() else {
            output::line(format!("wrote did.json to {}; there is no root key", self.out.display()));
            return Ok(());
        };
        write("invigil-keys.json", serde_json::to_vec_pretty(history)?)?;
        output::line(format!("wrote did.json and invigil-keys.json to {}", self.out.display()));
        Ok(())
    }
}
