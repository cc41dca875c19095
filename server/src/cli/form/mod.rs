//! `invigil form`.

mod assemble;
mod pick;
mod report;
mod rules;

use std::{collections::BTreeMap, path::PathBuf};

use clap::{Args, Subcommand};
use question_bank::{Blueprint, CandidateSecret, Commitment, Outcome, Pool, Reveal, audit, draw};
use serde::de::DeserializeOwned;

use super::{Fault, output};

/// Forms and their draws.
#[derive(Subcommand)]
pub(super) enum Form {
    /// Make one draw from a published pool list and blueprint
    Draw(DrawForm),
    /// Re-derive every draw of a sitting from what was published
    Audit(Audit),
    /// Make parallel forms by mixed-integer programming
    Assemble(assemble::Assemble),
    /// Show what assembled forms are like: coverage, expected scores, information, overlap, exposure
    Report(report::Report),
    /// Draw one of the assembled forms for a candidate
    Pick(pick::Pick),
}

#[derive(Args)]
pub(super) struct DrawForm {
    /// The pool list
    #[arg(long, value_name = "FILE")]
    pool: PathBuf,
    /// The blueprint
    #[arg(long, value_name = "FILE")]
    blueprint: PathBuf,
    /// The candidate's secret, 64 hexadecimal digits
    #[arg(long, value_name = "HEX")]
    secret: String,
    /// The attempt's pseudonym
    #[arg(long)]
    pseudonym: String,
}

#[derive(Args)]
pub(super) struct Audit {
    /// The folder that «invigil sitting publish» wrote
    folder: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Form {
    pub(super) fn run(self) -> Result<(), Fault> {
        match self {
            Self::Draw(draw) => draw.run(),
            Self::Audit(audit) => audit.run(),
            Self::Assemble(assemble) => assemble.run(),
            Self::Report(report) => report.run(),
            Self::Pick(pick) => pick.run(),
        }
    }
}

impl DrawForm {
    fn run(self) -> Result<(), Fault> {
        let pool: Pool = read_json(&self.pool)?;
        let blueprint: Blueprint = read_json(&self.blueprint)?;
        let secret = CandidateSecret::from_hex(&self.secret)?;
        output::json(&draw(&pool, &blueprint, &secret, &self.pseudonym)?)
    }
}

impl Audit {
    fn run(self) -> Result<(), Fault> {
        let commitment: Commitment = read_json(&self.folder.join("commitment.json"))?;
        let pool: Pool = read_json(&self.folder.join("pool.json"))?;
        let blueprint: Blueprint = read_json(&self.folder.join("blueprint.json"))?;
        let reveals_file = self.folder.join("reveals.json");
        let reveals: Vec<Reveal> = if reveals_file.exists() { read_json(&reveals_file)? } else { Vec::new() };
        let issued_file = self.folder.join("draws.json");
        let issued = if issued_file.exists() { read_json(&issued_file)? } else { BTreeMap::new() };
        let steps = audit(&commitment, &pool, &blueprint, &reveals, &issued);
        if self.json {
            output::json(&steps)?;
        } else {
            for step in &steps {
                let outcome = match step.outcome {
                    Outcome::Passed => "passed     ",
                    Outcome::Failed => "FAILED     ",
                    Outcome::NotChecked => "not checked",
                };
                let who = step.pseudonym.as_deref().map(|who| format!(" {who}")).unwrap_or_default();
                output::line(format!("{outcome} {}{who}: {}", step.step, step.detail));
            }
        }
        match steps.iter().filter(|step| step.outcome == Outcome::Failed).count() {
            0 => Ok(()),
            failed => Err(Fault::new(format!("{failed} steps of the audit failed"))),
        }
    }
}

/// A document in a file, at most 64 MiB of it.
pub(super) fn read_json<T: DeserializeOwned>(file: &PathBuf) -> Result<T, Fault> {
    let fault = |what: String| Fault::new(format!("{}: {what}", file.display()));
    let size = std::fs::metadata(file).map_err(|error| fault(error.to_string()))?.len();
    if size > 64 * 1024 * 1024 {
        return Err(fault(format!("is {size} bytes long, at most 64 MiB are read")));
    }
    let text = std::fs::read(file).map_err(|error| fault(error.to_string()))?;
    serde_json::from_slice(&text).map_err(|error| fault(error.to_string()))
}
