//! How far a solver is, on a terminal.

use std::io::{self, IsTerminal as _, Write as _};

/// The line that says how far it is. It goes away with this.
pub(super) struct Progress {
    terminal: bool,
    shown: bool,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self { terminal: io::stderr().is_terminal(), shown: false }
    }

    /// Shows some words in the place of those before. Only people on a terminal want them.
    pub(super) fn show(&mut self, words: &str) {
        if self.terminal {
            self.shown = true;
            // One who does not see it misses nothing else.
            let _ = write!(io::stderr(), "\r\x1b[K{words}");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
