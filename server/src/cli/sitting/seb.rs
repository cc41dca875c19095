//! `invigil sitting seb`.

use std::path::PathBuf;

use clap::Args;
use seb::{
    Key, config_key,
    exam::{ExamConfig, quit_password_hash},
    password::Salts,
    write,
};

use super::{Fault, Places, engine, output, runtime};
use crate::{engine::SafeBrowser, random};

#[derive(Args)]
pub(in crate::cli) struct Seb {
    #[command(flatten)]
    places: Places,
    /// The sitting
    #[arg(long)]
    sitting: String,
    /// The .seb file to write
    #[arg(long, value_name = "FILE", required_unless_present = "any")]
    out: Option<PathBuf>,
    /// Encrypt the file: candidates type this password when they open it (ASCII)
    #[arg(long, value_name = "PASSWORD", requires = "out")]
    password: Option<String>,
    /// Quitting in the middle takes this password
    #[arg(long, value_name = "PASSWORD", requires = "out")]
    quit_password: Option<String>,
    /// Allow only clients with this Browser Exam Key, as SEB shows it with the exam's settings; may be given several times
    #[arg(long, value_name = "KEY", requires = "out")]
    browser_exam_key: Vec<String>,
    /// Let any browser in again
    #[arg(long, conflicts_with = "out")]
    any: bool,
}

impl Seb {
    pub(super) fn run(self) -> Result<(), Fault> {
        let engine = engine(&self.places)?;
        let runtime = runtime()?;
        let Some(out) = &self.out else {
            runtime.block_on(engine.require_browser(&self.sitting, None)).map_err(Fault::of)?;
            output::line("any browser may be used at this sitting");
            return Ok(());
        };
        let gone = || Fault::new(format!("there is no sitting {}", self.sitting));
        let sitting = runtime.block_on(engine.store.sitting(&engine.tenant, &self.sitting))?.ok_or_else(gone)?;
        let keys: Result<Vec<Key>, _> = self.browser_exam_key.iter().map(|key| key.parse()).collect();
        let config = ExamConfig {
            start_url: format!("{}/", engine.config.public_url.trim_end_matches('/')),
            quit_url: None,
            exam_title: Some(sitting.title),
            allow_quit: true,
            quit_password_hash: self.quit_password.as_deref().map(quit_password_hash),
        };
        let settings = config.settings()?;
        let file = match &self.password {
            None => write::plain(&settings)?,
            Some(password) => {
                let salts =
                    Salts { encryption: random::bytes()?, authentication: random::bytes()?, iv: random::bytes()? };
                write::encrypted(&settings, password, &salts)?
            }
        };
        std::fs::write(out, file).map_err(|error| Fault::new(format!("{}: {error}", out.display())))?;
        let required = SafeBrowser {
            format: SafeBrowser::FORMAT.into(),
            version: SafeBrowser::VERSION,
            config_key: config_key(&settings).to_string(),
            browser_exam_keys: keys?.iter().map(ToString::to_string).collect(),
        };
        runtime.block_on(engine.require_browser(&self.sitting, Some(&required))).map_err(Fault::of)?;
        output::line(format!("wrote {}", out.display()));
        output::line(format!("Config Key {}", required.config_key));
        Ok(())
    }
}
