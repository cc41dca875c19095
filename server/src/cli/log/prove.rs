//! `invigil log prove`.

use std::path::PathBuf;

use clap::Args;
use signing::code::CertificateNumber;

use super::Data;
use crate::{
    cli::{Fault, output, serve::runtime},
    log::Subject,
};

#[derive(Args)]
pub(in crate::cli) struct Prove {
    /// The certificate's number
    #[arg(required_unless_present = "sitting")]
    number: Option<String>,
    /// Of the CPD record that came with the certificate
    #[arg(long, requires = "number")]
    cpd_record: bool,
    /// Of the revocation of what else is named
    #[arg(long, requires = "number")]
    revocation: bool,
    /// Of the draw commitment of this sitting
    #[arg(long, value_name = "ID", conflicts_with = "number")]
    sitting: Option<String>,
    /// The file to write; without it, the proof is printed
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    data: Data,
}

impl Prove {
    pub(in crate::cli) fn run(self) -> Result<(), Fault> {
        let (engine, runtime) = (self.data.engine()?, runtime()?);
        let subject = match (&self.number, &self.sitting) {
            (_, Some(sitting)) => Subject::Draw(sitting.clone()),
            (number, None) => {
                let number = CertificateNumber::parse(number.as_deref().unwrap_or_default())?.to_string();
                let document = if self.cpd_record { "cpd_record" } else { "certificate" };
                if self.revocation {
                    let revoked = runtime.block_on(engine.store.revocations_of(&engine.tenant, &number))?;
                    let revoked = revoked.into_iter().find(|revocation| revocation.document == document);
                    let what = document.replace('_', " ");
                    let not = || Fault::new(format!("the {what} {number} was not revoked"));
                    let revoked = revoked.ok_or_else(not)?;
                    Subject::Status(revoked.list, revoked.entry)
                } else if self.cpd_record {
                    Subject::CpdRecord(number)
                } else {
                    Subject::Certificate(number)
                }
            }
        };
        let proof = runtime.block_on(engine.log_proof(&subject)).map_err(Fault::of)?;
        let proof = proof.ok_or_else(|| Fault::new("nothing of this name is in the log"))?.to_string();
        match &self.out {
            Some(file) => {
                super::write(file, proof.as_bytes())?;
                output::line(format!("wrote {}", file.display()));
            }
            None => output::line(proof.trim_end()),
        }
        Ok(())
    }
}
