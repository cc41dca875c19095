//! `invigil sitting collect`.

use std::{io::Read as _, path::PathBuf};

use clap::Args;
use serde_json::json;
use sitting::MAX_FILE_BYTES;

use super::{Fault, Places, engine, output, runtime};

#[derive(Args)]
pub(in crate::cli) struct Collect {
    #[command(flatten)]
    places: Places,
    /// Response files; of folders, the files in them
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Collect {
    pub(super) fn run(self) -> Result<(), Fault> {
        let engine = engine(&self.places)?;
        let runtime = runtime()?;
        let (mut rows, mut refused) = (Vec::new(), 0);
        for file in self.files.iter().flat_map(listed) {
            let taken = match read(&file) {
                Ok(bytes) => runtime.block_on(engine.collect(&bytes)).map_err(|failure| Fault::of(failure).text),
                Err(reason) => Err(reason),
            };
            let name = file.display().to_string();
            refused += usize::from(taken.is_err());
            if self.json {
                rows.push(match taken {
                    Ok(collected) => json!({"file": name, "collected": collected}),
                    Err(reason) => json!({"file": name, "refused": reason}),
                });
                continue;
            }
            match taken {
                Ok(collected) => {
                    let outcome = serde_json::to_value(collected.outcome)?;
                    let (word, count, attempt) =
                        (outcome.as_str().unwrap_or_default(), collected.count, collected.attempt);
                    output::line(format!("{word:<8} {name}: attempt {attempt}, {count} lines held"));
                    collected.notes.iter().for_each(|note| output::line(format!("         {note}")));
                }
                Err(reason) => output::line(format!("REFUSED  {name}: {reason}")),
            }
        }
        if self.json {
            output::json(&rows)?;
        }
        match refused {
            0 => Ok(()),
            refused => Err(Fault::new(format!("{refused} files were not taken; keep them, all others are in"))),
        }
    }
}

/// A file, or those of a folder in the order of their names.
fn listed(path: &PathBuf) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(path) else { return vec![path.clone()] };
    let mut files: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// The file, if it is not longer than any response file.
fn read(file: &PathBuf) -> Result<Vec<u8>, String> {
    let handle = std::fs::File::open(file).map_err(|error| error.to_string())?;
    let size = handle.metadata().map_err(|error| error.to_string())?.len();
    if size > MAX_FILE_BYTES as u64 {
        return Err(format!("it is {size} bytes long; a response file has at most {MAX_FILE_BYTES}"));
    }
    let mut bytes = Vec::new();
    handle.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}
