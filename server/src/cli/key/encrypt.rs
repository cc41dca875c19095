//! `invigil key encrypt`.

use std::path::PathBuf;

use clap::Args;

use super::{Fault, passphrase};
use crate::cli::output;

#[derive(Args)]
pub(in crate::cli) struct Encrypt {
    /// The data directory
    #[arg(long, default_value = "data/invigil", value_name = "DIR")]
    data: PathBuf,
}

impl Encrypt {
    pub(super) fn run(self) -> Result<(), Fault> {
        let data = passphrase::open_quietly(&self.data)?;
        if data.clear.is_empty() {
            output::line(format!("every private file of {} is locked already", self.data.display()));
            return Ok(());
        }
        let _lock = data.lock()?;
        for file in data.lock_private_files(&passphrase::new()?)? {
            output::line(format!("locked {}", file.display()));
        }
        output::line(
            "copies of these files, and what the disk remembers of them, are as they were: destroy old copies",
        );
        Ok(())
    }
}
