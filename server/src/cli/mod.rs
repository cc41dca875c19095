//! The command line.

mod bank;
mod certificate;
mod demo;
mod demo_files;
mod form;
mod init;
mod key;
mod log;
mod output;
mod passphrase;
mod selective;
mod serve;
mod sitting;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

pub use output::Fault;

/// The CAISP demonstration bank, from the project's root.
const DEFAULT_BANK: &str = "question-bank/content/caisp";

/// Public items for rehearsals, from the project's root.
const DEFAULT_PRACTICE: &str = "question-bank/content/practice";

/// Public items with reasons, to study with, from the project's root.
const DEFAULT_PRACTICE_SET: &str = "question-bank/content/caisp-practice";

/// What may be looked up in an exam of the demonstration, from the project's root.
const DEFAULT_OPEN_BOOK: &str = "question-bank/content/caisp-open-book";

/// Certification exams: sit them, decide them, issue and verify certificates.
#[derive(Parser)]
#[command(name = "invigil", version, about, max_term_width = 100)]
pub struct Cli {
    /// A file whose first line is the passphrase of the private files; otherwise INVIGIL_PASSPHRASE_FILE names it, or the
    /// configuration, or you are asked
    #[arg(long, global = true, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a data directory with fresh keys
    Init(init::Init),
    /// Serve the API and the pages
    Serve(serve::Serve),
    /// Try it out: make a data directory if needed, open a sitting with three candidates, serve
    #[command(args_conflicts_with_subcommands = true)]
    Demo(demo::Demo),
    /// Items and schemes
    #[command(subcommand)]
    Bank(bank::Bank),
    /// Forms and their draws
    #[command(subcommand)]
    Form(form::Form),
    /// Sittings
    #[command(subcommand)]
    Sitting(sitting::Sitting),
    /// Certificates
    #[command(subcommand)]
    Certificate(certificate::Certificate),
    /// The log of what was issued: proofs, replaying, watching
    #[command(subcommand)]
    Log(log::Log),
    /// Keys
    #[command(subcommand)]
    Key(key::Key),
}

/// Where the data and the bank lie.
#[derive(Args)]
struct Places {
    /// The data directory
    #[arg(long, default_value = "data/invigil", value_name = "DIR")]
    data: PathBuf,
    /// The question bank; read only where forms are drawn
    #[arg(long, default_value = DEFAULT_BANK, value_name = "DIR")]
    bank: PathBuf,
}

impl Cli {
    /// Runs the command.
    ///
    /// # Errors
    /// One sentence on what went wrong.
    pub fn run(self) -> Result<(), Fault> {
        passphrase::remember(self.passphrase_file);
        match self.command {
            Command::Init(init) => init.run(),
            Command::Serve(serve) => serve.run(),
            Command::Demo(demo) => demo.run(),
            Command::Bank(bank) => bank.run(),
            Command::Form(form) => form.run(),
            Command::Sitting(sitting) => sitting.run(),
            Command::Certificate(certificate) => certificate.run(),
            Command::Log(log) => log.run(),
            Command::Key(key) => key.run(),
        }
    }
}
