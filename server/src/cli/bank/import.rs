//! `invigil bank import`.

mod drafts;
mod formats;
mod qti;
mod report;
mod taken;

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{Fault, output};
use crate::foreign::Choices;
use report::Report;
use taken::Taken;

#[derive(Args)]
pub(in crate::cli) struct Import {
    /// Files: QTI packages (ZIP), QTI items, Moodle XML, GIFT; told by what is in them
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write drafts into this bank; all of them or, if one cannot be, none. No file is overwritten
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
    /// The domain of the drafts
    #[arg(long)]
    domain: Option<String>,
    /// The cognitive level of the drafts
    #[arg(long, value_parser = ["comprehension", "application", "analysis", "evaluation"])]
    level: Option<String>,
    /// The topic of the drafts; else their category, where they have one
    #[arg(long)]
    topic: Option<String>,
    /// Take items that give partial credit as all or nothing, rather than refusing them
    #[arg(long)]
    all_or_nothing: bool,
    /// Print JSON, with every item as it was read
    #[arg(long)]
    json: bool,
}

impl Import {
    pub(super) fn run(self) -> Result<(), Fault> {
        let Self { domain, level, topic, all_or_nothing, .. } = self;
        let choices = Choices { domain, level, topic, all_or_nothing };
        let mut report = Report::default();
        let mut taken = Taken::default();
        for file in &self.files {
            let read = formats::read(file, &choices, &mut taken, self.json).map_err(|text| Fault { text, code: 2 })?;
            report.add(read);
        }
        let written = match &self.into {
            Some(folder) => drafts::write(folder, &report).map_err(Fault::new)?,
            None => 0,
        };
        if self.json {
            output::json(&report)?;
        } else {
            report.lines().into_iter().for_each(output::line);
            if let Some(folder) = &self.into {
                output::line(format!("{written} drafts written to {}", folder.display()));
            }
        }
        match report.refused() {
            0 => Ok(()),
            refused => Err(Fault { text: format!("{refused} items or files were refused"), code: 3 }),
        }
    }
}

/// A file that has no more bytes than may be, without reading further.
///
/// # Errors
/// A sentence with the file.
pub(super) fn bounded(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let told = |error: std::io::Error| format!("{}: {error}", path.display());
    let file = open(path)?;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(told)?;
    if bytes.len() as u64 > most {
        return Err(format!("{}: more bytes than the {most} that are read; split the file", path.display()));
    }
    Ok(bytes)
}

/// A file, and nothing else: a pipe or device may have no end.
fn open(path: &Path) -> Result<File, String> {
    let told = |error: std::io::Error| format!("{}: {error}", path.display());
    if !std::fs::metadata(path).map_err(told)?.is_file() {
        return Err(format!("{}: not a file", path.display()));
    }
    File::open(path).map_err(told)
}
