//! The log of a data directory, read as others read it.

use signing::tlog::tile::Tile;
use tokio::runtime::Runtime;

use crate::{
    engine::Engine,
    failure::Failure,
    log::{Files, SourceError},
};

/// The files that a server of this data directory serves.
pub(super) struct Local<'a> {
    pub(super) engine: &'a Engine,
    pub(super) runtime: &'a Runtime,
}

impl Files for Local<'_> {
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        let fault = |failure: Failure| SourceError {
            place: path.to_owned(),
            reason: match failure {
                Failure::Fault(what) => what,
                Failure::Problem(problem) => problem.detail,
            },
        };
        if path == "checkpoint" {
            // The last of all, whoever has cosigned it: everything that is there is read.
            let last = self.runtime.block_on(self.engine.bring_log_up()).map_err(fault)?;
            return Ok(last.map(|checkpoint| checkpoint.note.into_bytes()));
        }
        match Tile::parse(path) {
            Some(tile) => self.runtime.block_on(self.engine.tile(tile)).map_err(fault),
            None => Ok(None),
        }
    }
}
