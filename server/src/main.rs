//! The binary `invigil`.

use std::process::ExitCode;

use clap::Parser as _;
use server::cli::Cli;

#[expect(clippy::print_stderr, reason = "errors of a command line go to stderr, one line each")]
fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("invigil: {}", fault.text);
            ExitCode::from(fault.code)
        }
    }
}
