//! `invigil certificate`.

use std::{io::Read as _, path::PathBuf};

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use signing::verify::{StepOutcome, TrustBundle, verify};

use super::{Fault, form::read_json, output};
use crate::{
    clock::{Clock as _, SystemClock},
    data::DataDir,
    issue::Issuer,
};

/// Certificates.
#[derive(Subcommand)]
pub(super) enum Certificate {
    /// Verify a certificate or CPD record as its named steps; fails if it is not valid
    Verify(Verify),
}

#[derive(Args)]
pub(super) struct Verify {
    /// The file
    file: PathBuf,
    #[command(flatten)]
    trust: Trust,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Whom to trust.
#[derive(Args)]
pub(super) struct Trust {
    /// Whom to trust: a trust bundle, as /api/v1/trust of an issuer's server gives it
    #[arg(long, value_name = "FILE", conflicts_with = "data")]
    trust: Option<PathBuf>,
    /// Trust the issuer of this data directory
    #[arg(long, value_name = "DIR", required_unless_present = "trust")]
    data: Option<PathBuf>,
}

impl Trust {
    pub(super) fn bundle(&self, now: DateTime<Utc>) -> Result<TrustBundle, Fault> {
        match (&self.trust, &self.data) {
            (Some(file), _) => trust_bundle(file),
            (None, Some(data)) => {
                let data = DataDir::open(data)?;
                let issuer = Issuer::new(data.issuer_key, &data.config).map_err(Fault::new)?;
                Ok(issuer.with_exam_key(data.exam_keys.signing.public()).trust_bundle(now))
            }
            (None, None) => Err(Fault::new("say whom to trust: --trust FILE or --data DIR")),
        }
    }
}

impl Certificate {
    pub(super) fn run(self) -> Result<(), Fault> {
        match self {
            Self::Verify(verify) => verify.run(),
        }
    }
}

fn trust_bundle(file: &PathBuf) -> Result<TrustBundle, Fault> {
    let bundle: TrustBundle = read_json(file)?;
    if !bundle.is_understood() {
        let (format, version) = (&bundle.format, bundle.version);
        let file = file.display();
        return Err(Fault::new(format!("{file}: it is {format:?} version {version}, no trust bundle of version 1")));
    }
    Ok(bundle)
}

impl Verify {
    fn run(self) -> Result<(), Fault> {
        let now = SystemClock.now();
        let trust = self.trust.bundle(now)?;
        let fault = |error: std::io::Error| Fault::new(format!("{}: {error}", self.file.display()));
        // One byte more than is read tells the verifier that the file is too long.
        let limit = signing::json::MAX_BYTES as u64 + 1;
        let mut bytes = Vec::new();
        std::fs::File::open(&self.file).map_err(fault)?.take(limit).read_to_end(&mut bytes).map_err(fault)?;
        let report = verify(&bytes, &trust, now);
        if self.json {
            output::json(&report)?;
        } else {
            for step in &report.steps {
                let outcome = match step.outcome {
                    StepOutcome::Passed => "passed     ",
                    StepOutcome::Failed => "FAILED     ",
                    StepOutcome::NotChecked => "not checked",
                    StepOutcome::Warning => "note       ",
                };
                output::line(format!("{outcome} {}", step.sentence));
            }
            output::line(&report.summary);
        }
        if report.valid { Ok(()) } else { Err(Fault::new(report.summary)) }
    }
}
