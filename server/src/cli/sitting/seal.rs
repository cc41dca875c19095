//! `invigil sitting seal` and `release-key`.

use std::path::PathBuf;

use clap::Args;
use signing::{code::Code80, sealing::Identity};

use super::{Fault, Places, engine, output, publish::beforehand, runtime, sitting_and_roster, write};

#[derive(Args)]
pub(in crate::cli) struct Seal {
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
pub(in crate::cli) struct ReleaseKey {
    #[command(flatten)]
    places: Places,
    /// The sitting
    #[arg(long)]
    sitting: String,
    /// One of its attempts
    #[arg(long, requires = "admission")]
    attempt: Option<String>,
    /// The admission code of that attempt
    #[arg(long, value_name = "CODE", requires = "attempt")]
    admission: Option<String>,
}

impl Seal {
    pub(super) fn run(self) -> Result<(), Fault> {
        let engine = engine(&self.places)?;
        let runtime = runtime()?;
        let (sitting, roster) = runtime.block_on(sitting_and_roster(&engine, &self.sitting))?;
        let packages = self.out.join("packages");
        std::fs::create_dir_all(&packages)?;
        beforehand(&sitting, &self.out)?;
        for attempt in &roster {
            let id = &attempt.scheduled.id;
            let package = runtime.block_on(engine.package(id)).map_err(Fault::of)?;
            write(&packages, &format!("{id}.invigil-package"), package)?;
        }
        let books = runtime.block_on(engine.books_of(&self.sitting)).map_err(Fault::of)?;
        for book in &books {
            let document = engine.open_book(&book.sha256).map_err(Fault::of)?;
            // The name tells books apart that lie in one folder; what is in it is held to the whole hash.
            let short = book.sha256.get(..12).unwrap_or_default();
            write(&packages, &format!("open-book-{short}.invigil-open-book"), document)?;
        }
        let (count, out) = (roster.len(), self.out.display());
        let book = if books.is_empty() { "" } else { "the open book, " };
        output::line(format!("wrote {count} sealed packages, {book}commitment, pool list and blueprint to {out}"));
        Ok(())
    }
}

impl ReleaseKey {
    pub(super) fn run(self) -> Result<(), Fault> {
        let engine = engine(&self.places)?;
        let (sitting, roster) = runtime()?.block_on(sitting_and_roster(&engine, &self.sitting))?;
        let (Some(attempt), Some(admission)) = (self.attempt, self.admission) else {
            output::line(sitting.release_code);
            return Ok(());
        };
        if !roster.iter().any(|held| held.scheduled.id == attempt) {
            return Err(Fault::new(format!("attempt {attempt} is not on the roster of this sitting")));
        }
        let identity =
            Identity::of_package(&Code80::parse(&sitting.release_code)?, &Code80::parse(&admission)?, &attempt);
        output::line(identity.to_secret_text());
        Ok(())
    }
}
