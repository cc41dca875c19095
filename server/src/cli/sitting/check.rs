//! `invigil sitting check`.

use std::path::PathBuf;

use clap::Args;
use sitting::{Evidence, EvidenceOutcome, MAX_FILE_BYTES, check_evidence};

use super::{Fault, output};
use crate::cli::certificate::Trust;

#[derive(Args)]
pub(in crate::cli) struct Check {
    /// The files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    trust: Trust,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) fn run(self) -> Result<(), Fault> {
        let trust = self.trust.bundle()?;
        let mut documents = Vec::new();
        for file in &self.files {
            let fault = |reason: String| Fault::new(format!("{}: {reason}", file.display()));
            let size = std::fs::metadata(file).map_err(|error| fault(error.to_string()))?.len();
            if size > MAX_FILE_BYTES as u64 {
                return Err(fault(format!("it is {size} bytes long, at most {MAX_FILE_BYTES} are read")));
            }
            let bytes = std::fs::read(file).map_err(|error| fault(error.to_string()))?;
            documents.push(Evidence::read(&bytes).map_err(fault)?);
        }
        let report = check_evidence(&documents, &trust.exam_keys());
        if self.json {
            output::json(&report)?;
        } else {
            for step in &report.steps {
                let outcome = match step.outcome {
                    EvidenceOutcome::Passed => "passed",
                    EvidenceOutcome::Failed => "FAILED",
                    EvidenceOutcome::Note => "note  ",
                };
                output::line(format!("{outcome} {}", step.sentence));
            }
            report.receipt_code.iter().for_each(|code| output::line(format!("receipt code {code}")));
        }
        if report.valid { Ok(()) } else { Err(Fault::new("the documents do not hold")) }
    }
}
