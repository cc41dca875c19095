//! `invigil log monitor`.

use std::{io::ErrorKind, path::PathBuf, time::Duration};

use clap::Args;

use super::Whose;
use crate::{
    cli::{Fault, output},
    log::{Files as _, FollowError, Seen, Source, follow},
};

/// The exit code for a log that contradicts itself.
const MISBEHAVES: u8 = 3;

#[derive(Args)]
pub(in crate::cli) struct Monitor {
    /// The log: an address such as https://HOST/log, or a folder
    place: String,
    #[command(flatten)]
    whose: Whose,
    /// What was seen at the last look; made at the first
    #[arg(long, value_name = "FILE")]
    state: PathBuf,
    /// Look again after so many seconds, until something is wrong
    #[arg(long, value_name = "SECONDS")]
    every: Option<u64>,
}

impl Monitor {
    pub(in crate::cli) fn run(self) -> Result<(), Fault> {
        let policy = self.whose.policy()?;
        let source = Source::new(&self.place)?;
        let mut seen = self.seen(&policy.origin)?;
        loop {
            match follow(&source, &policy, &seen) {
                Ok(followed) => {
                    let size = followed.vouched.checkpoint.size;
                    if followed.read > 0 || seen.checkpoint.is_empty() {
                        seen = Seen { size, checkpoint: followed.note, ..seen };
                        super::write(&self.state, &serde_json::to_vec_pretty(&seen)?)?;
                    }
                    let kinds: Vec<_> = followed
                        .kinds
                        .iter()
                        .map(|(kind, count)| format!("{count} {}", kind.replace('_', " ")))
                        .collect();
                    let of = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
                    output::line(format!(
                        "{}: {size} entries, {} new{of}; they continue what was seen before",
                        policy.origin, followed.read
                    ));
                }
                // Somebody's network: looked at again, if that was asked for.
                Err(error) if !error.is_misbehaviour() && self.every.is_some() => output::line(error.to_string()),
                Err(error) => return Err(self.fault(&source, &error)),
            }
            let Some(seconds) = self.every else { return Ok(()) };
            std::thread::sleep(Duration::from_secs(seconds.max(1)));
        }
    }

    fn seen(&self, origin: &str) -> Result<Seen, Fault> {
        let fault = |reason: String| Fault::new(format!("{}: {reason}", self.state.display()));
        let text = match std::fs::read_to_string(&self.state) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Seen::nothing(origin)),
            text => text.map_err(|error| fault(error.to_string()))?,
        };
        let seen: Seen = serde_json::from_str(&text).map_err(|error| fault(error.to_string()))?;
        if seen.format != Seen::FORMAT || seen.version != 1 {
            return Err(fault("is no state of a monitor of version 1".into()));
        }
        if seen.origin != origin {
            return Err(fault(format!("is of the log {}, not of {origin}", seen.origin)));
        }
        Ok(seen)
    }

    /// What is wrong. Two checkpoints that contradict one another prove it to everybody, so the new one is kept beside the old.
    fn fault(&self, source: &Source, error: &FollowError) -> Fault {
        if !error.is_misbehaviour() {
            return Fault::new(error.to_string());
        }
        let mut file = self.state.clone().into_os_string();
        file.push(".contradiction");
        let file = PathBuf::from(file);
        let kept = source.get("checkpoint").ok().flatten().and_then(|note| super::write(&file, &note).ok());
        let evidence = kept.map(|()| format!("; its checkpoint is kept in {}", file.display())).unwrap_or_default();
        Fault { code: MISBEHAVES, ..Fault::new(format!("{error}{evidence}")) }
    }
}
