//! The sitting with what is needed to send it in parts.

use sitting::{JournalFault, Manifest, Sitting, Stamp, checkpoint_message};

/// A sitting, and where in its lines another device took over.
pub(crate) struct Journal {
    sitting: Sitting,
    /// Numbers of the lines that say so, in order.
    moves: Vec<u64>,
}

impl Journal {
    /// The journal of these lines; what is wrong with them, and where.
    pub(crate) fn replay(manifest: Manifest, lines: &[String]) -> Result<Self, String> {
        let sitting = Sitting::new(manifest).map_err(|error| error.to_string())?;
        let mut journal = Self { sitting, moves: Vec::new() };
        lines.iter().try_for_each(|line| journal.accept(line)).map_err(|fault| fault.to_string())?;
        Ok(journal)
    }

    pub(crate) fn sitting(&self) -> &Sitting {
        &self.sitting
    }

    /// Accepts the next line.
    pub(crate) fn accept(&mut self, line: &str) -> Result<(), JournalFault> {
        let epoch = self.sitting.epoch();
        self.sitting.accept(line)?;
        if self.sitting.epoch() != epoch {
            self.moves.push(self.sitting.count());
        }
        Ok(())
    }

    /// The server's reckoning of the time spent.
    pub(crate) fn told_elapsed(&mut self, at: &Stamp, elapsed_ms: u64) {
        self.sitting.told_elapsed(at, elapsed_ms);
    }

    /// The line after which this device writes; 0 if it wrote from the beginning.
    pub(crate) fn last_move(&self) -> u64 {
        self.moves.last().copied().unwrap_or_default()
    }

    /// What a device signs to vouch for the first `count` lines; `None` if there are fewer.
    pub(crate) fn checkpoint_at(&self, count: u64) -> Option<Vec<u8>> {
        let moved = self.moves.iter().filter(|&&line| line <= count).count();
        let epoch = 1 + u32::try_from(moved).unwrap_or(u32::MAX - 1);
        checkpoint_message(&self.sitting.manifest().attempt, epoch, count, &self.sitting.head_at(count)?).ok()
    }
}
