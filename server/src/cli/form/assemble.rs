//! `invigil form assemble`.

use std::path::{Path, PathBuf};

use assembly::{
    FormSet, Problem,
    report::Report,
    solver::{NoForms, Request},
};
use clap::Args;
use question_bank::BankSecret;

use super::{
    super::DEFAULT_BANK,
    Fault, files,
    origin::Origins,
    output,
    problem::{Asked, Source},
    progress::Progress,
    rules::Rules,
    solver::{self, Minutes},
};
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
    /// How many scenario sets two of them may share: with 0, whoever failed one finds others without its scenarios
    #[arg(long, value_name = "N")]
    shared_sets: Option<u32>,
    /// Rules that the scheme does not state (docs/ASSEMBLY.md)
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// 64 hexadecimal digits; the same seed gives the same forms. Without it, one is drawn and stands in the forms
    #[arg(long, value_name = "HEX")]
    seed: Option<String>,
    /// The folder to write
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Put the forms in the place of those that lie there
    #[arg(long)]
    replace: bool,
    /// How long the solver may take; the best forms that it has until then are taken
    #[arg(long, default_value = "30", value_name = "N", value_parser = Minutes::parse)]
    minutes: Minutes,
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
        // Before anybody waits for forms that would not be written.
        self.refuse_to_replace()?;
        // Forms name items by id; the hashes that this secret salts are not used.
        let bank = bank_files::hashed(&self.bank, &BankSecret::new([0; 32]))?;
        let source = Source::new(&bank, bank_files::today());
        let asked = Asked {
            overlap: self.overlap.map(|percent| source.length() * percent / 100),
            shared_sets: self.shared_sets,
        };
        let rules = self.rules.as_deref().map(Rules::read).transpose()?.unwrap_or_default();
        let problem = source.problem(&rules, self.forms, asked)?;
        if !self.json {
            let (usable, left_out) = (problem.items.len(), source.ineligible.len());
            output::line(format!("{usable} items may stand on forms, {left_out} of the bank may not"));
        }
        let set = self.made(&program, problem, seed, &source.origins(&rules, asked))?;
        for form in &set.forms {
            source.check(&form.name, &form.items)?;
        }
        self.write(&set)
    }

    /// The forms that the solver makes of a problem, each counted again.
    fn made(&self, program: &Path, problem: Problem, seed: [u8; 32], origins: &Origins<'_>) -> Result<FormSet, Fault> {
        let faults = problem.faults();
        if let Some(first) = faults.first() {
            return Err(Fault::new(format!("the problem has {} faults, first: {first}", faults.len())));
        }
        let request = Request::new(problem, seed);
        let answered = {
            let mut progress = Progress::new();
            solver::ask(program, &request, self.minutes, &mut |words| progress.show(words))?
        };
        let set = answered.answer.forms(request).map_err(|fault| {
            Fault::new(solver::one_line(&match fault {
                NoForms::Conflict(conflict) => conflict.told(|rule| origins.of(rule)),
                other => other.to_string(),
            }))
        })?;
        if answered.stopped && !self.json {
            output::line(format!(
                "the solver was stopped after {}: these are the best forms that it had until then, and the seed alone does \
                 not give them again",
                self.minutes
            ));
        }
        Ok(set)
    }

    fn forms_file(&self) -> PathBuf {
        self.out.join("forms.json")
    }

    /// A set of forms that lies there is not put out of the way by chance.
    fn refuse_to_replace(&self) -> Result<(), Fault> {
        let file = self.forms_file();
        if self.replace || !file.exists() { Ok(()) } else { Err(files::already(&file)) }
    }

    fn write(&self, set: &FormSet) -> Result<(), Fault> {
        files::make_folder(&self.out)?;
        let report = Report::of(set);
        let forms = serde_json::to_string_pretty(set)?;
        let file = self.forms_file();
        self.refuse_to_replace()?;
        files::write(&self.out.join("report.json"), &serde_json::to_string_pretty(&report)?)?;
        files::write(&self.out.join("report.html"), &report.html())?;
        // Last, so that where forms lie, all that belongs to them does.
        if self.replace { files::write(&file, &forms) } else { files::write_new(&file, &forms) }?;
        if self.json {
            return output::json(&report);
        }
        super::report::summary(&report);
        output::line(format!("wrote forms.json, report.json and report.html to {}", self.out.display()));
        Ok(())
    }
}
