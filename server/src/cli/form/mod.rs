//! `invigil form`.

mod assemble;
mod files;
mod origin;
mod problem;
mod progress;
mod report;
mod rules;
mod solver;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use clap::{Args, Subcommand};
use question_bank::{
    AuditStep, CandidateSecret, Commitment, Outcome, Reveal, audit, audit2, audit3, draw,
    draw2::{self, Earlier, Prepared},
    draw3,
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
    /// What the candidate met before: `earlier` of a reveal; not by «invigil-draw-1»
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
        }
    }
}

impl DrawForm {
    fn run(self) -> Result<(), Fault> {
        let secret = CandidateSecret::from_hex(&self.secret)?;
        let earlier: Earlier = self.earlier.as_ref().map(read_json).transpose()?.unwrap_or_default();
        match version(&self.pool)? {
            Some(draw3::Pool::VERSION) => {
                let pool = read_json(&self.pool)?;
                let drawer = draw3::Drawer::new(&pool, &BTreeSet::new(), &read_json(&self.blueprint)?)?;
                output::json(&drawer.draw(&secret, &self.pseudonym, &earlier)?)
            }
            Some(draw2::Pool::VERSION) => {
                let prepared = Prepared::new(&read_json(&self.pool)?, &read_json(&self.blueprint)?, &earlier)?;
                output::json(&prepared.draw(&secret, &self.pseudonym)?)
            }
            _ => {
                let (pool, blueprint) = (read_json(&self.pool)?, read_json(&self.blueprint)?);
                output::json(&draw(&pool, &blueprint, &secret, &self.pseudonym)?)
            }
        }
    }
}

impl Audit {
    /// The steps of the audit by the procedure whose pool list lies there.
    fn steps(&self) -> Result<Vec<AuditStep>, Fault> {
        let file = |name: &str| self.folder.join(name);
        let commitment: Commitment = read_json(&file("commitment.json"))?;
        let reveals: Vec<Reveal> = if_there(&file("reveals.json"))?;
        let (pool, blueprint) = (file("pool.json"), file("blueprint.json"));
        let draws = file("draws.json");
        Ok(match version(&pool)? {
            Some(draw3::Pool::VERSION) => {
                let issued: BTreeMap<_, _> = if_there(&draws)?;
                audit3(&commitment, &read_json(&pool)?, &read_json(&blueprint)?, &reveals, &issued)
            }
            Some(draw2::Pool::VERSION) => {
                let issued: BTreeMap<_, _> = if_there(&draws)?;
                audit2(&commitment, &read_json(&pool)?, &read_json(&blueprint)?, &reveals, &issued)
            }
            _ => {
                let issued: BTreeMap<_, _> = if_there(&draws)?;
                audit(&commitment, &read_json(&pool)?, &read_json(&blueprint)?, &reveals, &issued)
            }
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

/// The version of a pool list, which tells the procedure that draws from it.
fn version(pool: &PathBuf) -> Result<Option<u32>, Fault> {
    let version = read_json::<serde_json::Value>(pool)?["version"].as_u64();
    Ok(version.and_then(|version| u32::try_from(version).ok()))
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
