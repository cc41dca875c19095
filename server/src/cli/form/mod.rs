//! `invigil form`.

mod assemble;
mod files;
mod origin;
mod pick;
mod problem;
mod progress;
mod report;
mod rules;
mod solver;

use std::{collections::BTreeMap, path::PathBuf};

use clap::{Args, Subcommand};
use question_bank::{
    AuditStep, CandidateSecret, Commitment, Outcome, Reveal, audit, audit2, draw,
    draw2::{self, Earlier, Prepared},
};
use serde::de::DeserializeOwned;

use super::{Fault, output};

/// Forms and their draws.
#[derive(Subcommand)]
pub(super) enum Form {
    /// Make one draw from a published pool list and blueprint
    Draw(DrawForm),
    /// Re-derive every draw of a sitting from what was published
    Audit(Audit),
    /// Have parallel forms made by mixed-integer programming, and check them
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
    /// What the candidate met before: `earlier` of a reveal; by «invigil-draw-2» only
    #[arg(long, value_name = "FILE")]
    earlier: Option<PathBuf>,
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
        let secret = CandidateSecret::from_hex(&self.secret)?;
        if !is_second(&self.pool)? {
            return output::json(&draw(
                &read_json(&self.pool)?,
                &read_json(&self.blueprint)?,
                &secret,
                &self.pseudonym,
            )?);
        }
        let earlier: Earlier = self.earlier.as_ref().map(read_json).transpose()?.unwrap_or_default();
        let (pool, blueprint): (draw2::Pool, _) = (read_json(&self.pool)?, read_json(&self.blueprint)?);
        let prepared = Prepared::new(&pool, &blueprint, &earlier)?;
        output::json(&prepared.draw(&secret, &self.pseudonym)?)
    }
}

impl Audit {
    /// The steps of the audit by the procedure whose pool list lies there.
    fn steps(&self) -> Result<Vec<AuditStep>, Fault> {
        let file = |name: &str| self.folder.join(name);
        let commitment: Commitment = read_json(&file("commitment.json"))?;
        let reveals: Vec<Reveal> = if_there(&file("reveals.json"))?;
        let (pool, blueprint) = (file("pool.json"), file("blueprint.json"));
        Ok(if is_second(&pool)? {
            let issued: BTreeMap<_, _> = if_there(&file("draws.json"))?;
            audit2(&commitment, &read_json(&pool)?, &read_json(&blueprint)?, &reveals, &issued)
        } else {
            let issued: BTreeMap<_, _> = if_there(&file("draws.json"))?;
            audit(&commitment, &read_json(&pool)?, &read_json(&blueprint)?, &reveals, &issued)
        })
    }

    fn run(self) -> Result<(), Fault> {
        let steps = self.steps()?;
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

/// Whether a pool list is one of `invigil-draw-2`.
fn is_second(pool: &PathBuf) -> Result<bool, Fault> {
    Ok(read_json::<serde_json::Value>(pool)?["version"] == draw2::Pool::VERSION)
}

/// A document in a file; an empty one if there is no such file.
fn if_there<T: DeserializeOwned + Default>(file: &PathBuf) -> Result<T, Fault> {
    if file.exists() { read_json(file) } else { Ok(T::default()) }
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
