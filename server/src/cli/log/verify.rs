//! `invigil log verify`.

use clap::Args;
use serde_json::json;
use signing::tlog::{
    checkpoint::LogPolicy,
    leaf::Recorded,
    tile::{Content, Tile, WIDTH, entries},
};

use super::{Data, local::Local};
use crate::{
    cli::{Fault, output, serve::runtime},
    engine::Engine,
    log::{Followed, Seen, Source, follow, shown},
};

/// Records are compared so many at a time: those of one bundle.
const AT_A_TIME: usize = WIDTH as usize;

#[derive(Args)]
pub(in crate::cli) struct Verify {
    #[command(flatten)]
    data: Data,
    /// Read this log instead: an address, or a folder
    #[arg(long, value_name = "PLACE", requires = "log")]
    from: Option<String>,
    /// The verifier key of that log, NAME+KEYID+BASE64
    #[arg(long, value_name = "VKEY", requires = "from")]
    log: Option<String>,
    /// The verifier key of a witness that has to have cosigned; may be given several times
    #[arg(long = "witness", value_name = "VKEY", requires = "from")]
    witnesses: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub(in crate::cli) fn run(self) -> Result<(), Fault> {
        let (followed, records) = match (&self.from, &self.log) {
            (Some(from), Some(log)) => {
                let key = super::log_key(log)?;
                let policy = LogPolicy::parse(key.name(), log, &self.witnesses, self.witnesses.len())?;
                (follow(&Source::new(from)?, &policy, &Seen::nothing(key.name()))?, None)
            }
            _ => self.own()?,
        };
        self.print(&followed, records)
    }

    /// The log of the data directory, and how many records were compared with their entries.
    fn own(&self) -> Result<(Followed, Option<u64>), Fault> {
        let (engine, runtime) = (self.data.engine()?, runtime()?);
        // Who cosigned is told; that nobody has yet is no fault of the entries.
        let policy = LogPolicy { quorum: 0, ..engine.log.policy().clone() };
        let local = Local { engine: &engine, runtime: &runtime };
        let followed = follow(&local, &policy, &Seen::nothing(engine.log.origin()))?;
        let records = runtime.block_on(records(&engine, followed.vouched.checkpoint.size))?;
        Ok((followed, Some(records)))
    }

    fn print(&self, followed: &Followed, records: Option<u64>) -> Result<(), Fault> {
        let checkpoint = &followed.vouched.checkpoint;
        let root = shown(&checkpoint.root);
        if self.json {
            return output::json(&json!({
                "origin": checkpoint.origin,
                "size": checkpoint.size,
                "root": root,
                "kinds": followed.kinds,
                "cosigned": followed.vouched.cosigned.iter().map(|(name, time)| json!({"witness": name, "time": time}))
                    .collect::<Vec<_>>(),
                "records_compared": records,
            }));
        }
        output::line(format!("{}: all {} entries lead to the signed root {root}", checkpoint.origin, checkpoint.size));
        for (kind, count) in &followed.kinds {
            output::line(format!("  {count} {}", kind.replace('_', " ")));
        }
        if let Some(records) = records {
            output::line(format!("  {records} records have the digests that were logged"));
        }
        for (name, time) in &followed.vouched.cosigned {
            let time = crate::clock::from_ms(i64::try_from(*time).unwrap_or(i64::MAX).saturating_mul(1_000));
            output::line(format!("  cosigned by {name} at {}", time.format("%FT%TZ")));
        }
        Ok(())
    }
}

/// Compares every record that is kept with its entry.
async fn records(engine: &Engine, size: u64) -> Result<u64, Fault> {
    let mut compared = 0;
    for n in 0.. {
        let Some(tile) = Tile::of(Content::Entries, n, size) else { break };
        let bundle = engine.tile(tile).await.map_err(Fault::of)?.unwrap_or_default();
        let logged = entries(&bundle).unwrap_or_default();
        let leaves = engine.store.log_leaves(&engine.tenant, n * WIDTH, AT_A_TIME).await?;
        for (entry, leaf) in logged.into_iter().zip(leaves) {
            let Some(record) = &leaf.record else { continue };
            let fits = Recorded::parse(record.as_bytes()).is_ok_and(|record| record.entry == entry);
            if !fits {
                let (leaf, subject) = (leaf.leaf, leaf.subject);
                return Err(Fault::new(format!(
                    "the record of {subject} is not the one that was logged as entry {leaf}"
                )));
            }
            compared += 1;
        }
    }
    Ok(compared)
}
