//! What commands print: results on stdout, one line of error on stderr.

#![expect(clippy::print_stderr, reason = "what cannot be written to stdout, and warnings, are told on stderr")]

use std::io::{ErrorKind, Write as _};

use serde::Serialize;

/// Why a command failed.
#[derive(Debug)]
pub struct Fault {
    /// One line for stderr.
    pub text: String,
    /// The exit code: 1, unless the command says otherwise.
    pub code: u8,
}

impl<E: std::error::Error> From<E> for Fault {
    fn from(error: E) -> Self {
        Self::new(error.to_string())
    }
}

impl Fault {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), code: 1 }
    }

    /// A failure of the engine in words.
    pub(super) fn of(failure: crate::failure::Failure) -> Self {
        match failure {
            crate::failure::Failure::Problem(problem) => Self::new(problem.detail),
            crate::failure::Failure::Fault(what) => Self::new(what),
        }
    }
}

/// Prints a line. A reader that has gone away is no reason to stop: a server goes on serving.
pub(super) fn line(text: impl AsRef<str>) {
    match writeln!(std::io::stdout(), "{}", text.as_ref()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => eprintln!("invigil: cannot print: {error}"),
        _ => {}
    }
}

/// Prints a document as indented JSON.
pub(super) fn json<T: Serialize>(value: &T) -> Result<(), Fault> {
    line(serde_json::to_string_pretty(value)?);
    Ok(())
}

/// Tells on stderr what should be changed, but holds nothing up.
pub(super) fn warning(text: impl AsRef<str>) {
    eprintln!("invigil: warning: {}", text.as_ref());
}
