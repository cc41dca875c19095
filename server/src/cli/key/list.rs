//! `invigil key list`.

use std::path::PathBuf;

use chrono::{DateTime, SecondsFormat, Utc};
use clap::Args;
use serde_json::json;
use signing::keys::{End, KeyWindows};

use super::{Fault, passphrase};
use crate::{
    cli::output,
    clock::{Clock as _, SystemClock},
};

#[derive(Args)]
pub(in crate::cli) struct List {
    /// The data directory
    #[arg(long, default_value = "data/invigil", value_name = "DIR")]
    data: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

fn day(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// What a key may do now, in a word.
fn state(known: &KeyWindows, now: DateTime<Utc>) -> &'static str {
    match &known.end {
        Some(End::Compromised { .. }) => "compromised",
        Some(End::Retired { .. }) => "retired",
        _ if known.windows.iter().all(|window| now < window.not_before) => "not yet",
        _ if known.windows.iter().all(|window| window.not_after <= now) => "over",
        _ => "current",
    }
}

impl List {
    pub(super) fn run(self) -> Result<(), Fault> {
        let data = passphrase::open(&self.data)?;
        let now = SystemClock.now();
        let Some(history) = &data.history else {
            let key = data.issuer_key.public();
            if self.json {
                return output::json(&json!({"root": null, "keys": [{"key": key.to_string(), "state": "current"}]}));
            }
            output::line(format!("{key}  current  certificate, status  (no root key; «invigil key init» makes one)"));
            return Ok(());
        };
        let keys = history.windows()?.keys();
        if self.json {
            let rows = keys.iter().map(|known| {
                let windows = known.windows.iter().map(|window| {
                    let purposes: Vec<_> = window.purposes.iter().map(|purpose| purpose.word()).collect();
                    json!({"purposes": purposes, "not_before": window.not_before, "not_after": window.not_after})
                });
                json!({
                    "key": known.key.to_string(),
                    "state": state(known, now),
                    "windows": windows.collect::<Vec<_>>(),
                    "signs_until": known.signs_until(),
                })
            });
            let keys: Vec<_> = rows.collect();
            return output::json(&json!({"root": history.root(), "head": history.head(), "keys": keys}));
        }
        output::line(format!("root key {}, {} statements", history.root(), history.statements().len()));
        for known in keys {
            output::line(format!("{}  {}", known.key, state(known, now)));
            for window in &known.windows {
                let purposes: Vec<_> = window.purposes.iter().map(|purpose| purpose.word()).collect();
                let (from, until) = (day(window.not_before), day(window.not_after));
                output::line(format!("    {} from {from} to {until}", purposes.join(", ")));
            }
            match &known.end {
                Some(End::Retired { from }) => output::line(format!("    retired from {}", day(*from))),
                Some(End::Compromised { at, because }) => {
                    output::line(format!("    compromised, stated {}: {because}", day(*at)));
                }
                None => {}
            }
        }
        Ok(())
    }
}
