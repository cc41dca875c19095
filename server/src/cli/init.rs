//! `invigil init`.

use std::path::PathBuf;

use clap::Args;

use super::{Fault, output, passphrase};
use crate::data::{Config, DataDir};

/// Make a data directory with fresh keys.
#[derive(Args)]
pub(super) struct Init {
    /// The directory to make
    #[arg(long, default_value = "data/invigil", value_name = "DIR")]
    data: PathBuf,
    /// Name of the issuing body
    #[arg(long)]
    issuer: String,
    /// Host of the issuer's did:web identifier, such as certificates.example.org
    #[arg(long)]
    did_host: String,
    /// Where people will reach the server
    #[arg(long, value_name = "URL")]
    public_url: String,
}

impl Init {
    pub(super) fn run(self) -> Result<(), Fault> {
        if DataDir::exists(&self.data) {
            return Err(Fault::new(format!(
                "{} is a data directory already; nothing was changed",
                self.data.display()
            )));
        }
        let mut config = Config::demonstration(&self.public_url);
        config.demonstration = false;
        config.issuer.name = self.issuer;
        config.issuer.did_host = self.did_host;
        signing::did::DidWeb::from_host(&config.issuer.did_host)?;
        let passphrase = passphrase::new()?;
        let password = DataDir::create(&self.data, &config, &passphrase)?;
        output::line(format!("made {}", self.data.display()));
        output::line("its private files open with the passphrase only: keep that apart from every copy of them");
        output::line(format!("administrator's password (it is stored nowhere else): {password}"));
        Ok(())
    }
}
