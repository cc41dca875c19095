//! `invigil form assemble`.

use std::path::{Path, PathBuf};

use assembly::{FormSet, Problem, report::Report, solver::Request};
use clap::Args;
use question_bank::BankSecret;

use super::{super::DEFAULT_BANK, Fault, output, problem::Source, rules::Rules, solver};
use crate::{bank_files, random};

#[derive(Args)]
pub(in crate::cli) struct Assemble {
    /// The question bank
    #[arg(long, default_value = DEFAULT_BANK, value_name = "DIR")]
    bank: PathBuf,
    /// How many forms
    #[arg(long, value_name = "N")]
    forms: u32,
    /// How much of a form two of them may share, in percent; without it, as little as is found
    #[arg(long, value_name = "PCT", value_parser = clap::value_parser!(u32).range(0..=100))]
    overlap: Option<u32>,
    /// Rules that the scheme does not state (docs/ASSEMBLY.md)
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// 64 hexadecimal digits; the same seed gives the same forms. Without it, one is drawn and stands in the forms
    #[arg(long, value_name = "HEX")]
    seed: Option<String>,
    /// The folder to write
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The program that makes the forms; without it, INVIGIL_ASSEMBLE says which, else it is invigil-assemble beside this
    /// program or on PATH
    #[arg(long, value_name = "FILE")]
    solver: Option<PathBuf>,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

impl Assemble {
    pub(super) fn run(self) -> Result<(), Fault> {
        let seed = match &self.seed {
            None => random::bytes()?,
            Some(text) => {
                let mut seed = [0; 32];
                hex::decode_to_slice(text, &mut seed)
                    .map_err(|_| Fault::new(format!("the seed {text:?} is not 64 hexadecimal digits")))?;
                seed
            }
        };
        let program = solver::find(self.solver.as_deref())?;
        // Forms name items by id; the hashes that this secret salts are not used.
        let bank = bank_files::hashed(&self.bank, &BankSecret::new([0; 32]))?;
        let source = Source::new(&bank, bank_files::today());
        let overlap = self.overlap.map(|percent| source.length() * percent / 100);
        let rules = self.rules.as_deref().map(Rules::read).transpose()?.unwrap_or_default();
        let problem = source.problem(&rules, self.forms, overlap)?;
        if !self.json {
            let (usable, left_out) = (problem.items.len(), source.ineligible.len());
            output::line(format!("{usable} items may stand on forms, {left_out} of the bank may not"));
        }
        let set = made(&program, problem, seed)?;
        for form in &set.forms {
            source.check(&form.name, &form.items)?;
        }
        self.write(&set)
    }

    fn write(&self, set: &FormSet) -> Result<(), Fault> {
        std::fs::create_dir_all(&self.out).map_err(|error| Fault::new(format!("{}: {error}", self.out.display())))?;
        let report = Report::of(set);
        write(&self.out.join("forms.json"), &serde_json::to_string_pretty(set)?)?;
        write(&self.out.join("report.json"), &serde_json::to_string_pretty(&report)?)?;
        write(&self.out.join("report.html"), &report.html())?;
        if self.json {
            return output::json(&report);
        }
        super::report::summary(&report);
        output::line(format!("wrote forms.json, report.json and report.html to {}", self.out.display()));
        Ok(())
    }
}

pub(super) fn write(file: &Path, content: &str) -> Result<(), Fault> {
    std::fs::write(file, content).map_err(|error| Fault::new(format!("{}: {error}", file.display())))
}

/// The forms that the solver makes of a problem, each counted again.
fn made(program: &Path, problem: Problem, seed: [u8; 32]) -> Result<FormSet, Fault> {
    let faults = problem.faults();
    if let Some(first) = faults.first() {
        return Err(Fault::new(format!("the problem has {} faults, first: {first}", faults.len())));
    }
    let request = Request::new(problem, seed);
    let answer = solver::ask(program, &request)?;
    answer.forms(request).map_err(|fault| Fault::new(solver::one_line(&fault.to_string())))
}
