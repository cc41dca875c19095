//! A log as a folder of files, which any web server can serve.

use std::{fs, io, path::Path};

use signing::tlog::tile::{Tile, WIDTH};

use super::durable;
use crate::{engine::Engine, failure::Failure};

impl Engine {
    /// Writes checkpoint and tiles into a folder, the checkpoint last; full tiles that are there already are left alone. Gives
    /// how many entries the log has.
    ///
    /// # Errors
    /// Faults of the database and of the folder, in words.
    pub async fn export_log(&self, folder: &Path) -> Result<u64, String> {
        let words = |failure: Failure| match failure {
            Failure::Fault(what) => what,
            Failure::Problem(problem) => problem.detail,
        };
        self.bring_log_up().await.map_err(words)?;
        let Some(checkpoint) = self.published_checkpoint().await.map_err(words)? else {
            return Err("the log has no entry yet".into());
        };
        for tile in Tile::all(checkpoint.size) {
            let path = folder.join(tile.path());
            if u64::from(tile.width) == WIDTH && path.exists() {
                continue;
            }
            let bytes = self.tile(tile).await.map_err(words)?;
            let bytes = bytes.ok_or_else(|| format!("the log's {tile} is missing in the database"))?;
            write(&path, &bytes).map_err(|error| format!("{}: {error}", path.display()))?;
        }
        let path = folder.join("checkpoint");
        write(&path, checkpoint.note.as_bytes()).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(checkpoint.size)
    }
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    durable::replace(path, bytes)
}
