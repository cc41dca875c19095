//! `invigil certificate`.

use std::{io::Read as _, path::PathBuf, sync::Arc};

use chrono::SecondsFormat;
use clap::{Args, Subcommand, ValueEnum};
use signing::{credential::Kind, tlog::proof::MAX_TLOG_PROOF, verify::TrustBundle};

use super::{
    Fault,
    form::read_json,
    output, passphrase,
    selective::{Selective, word},
    serve::runtime,
};
use crate::{
    clock::{Clock as _, SystemClock, from_ms},
    engine::Engine,
};

/// Certificates.
#[derive(Subcommand)]
pub(super) enum Certificate {
    /// Verify a certificate, CPD record or badge as its named steps; fails if it is not valid, or if that is not known
    Verify(Verify),
    /// Revoke a certificate, its CPD record, or both: from now on verifiers see it on the issuer's status list
    Revoke(Revoke),
    /// Suspend a certificate: verifiers see it as revoked until it is reinstated
    Suspend(Decide),
    /// End a suspension: a successor is issued under the same number
    Reinstate(Decide),
    /// Write the documents that are live under a number, or with --all every instance
    Export(Export),
    /// Certificates of which their holders show what they want to
    #[command(subcommand)]
    Selective(Selective),
}

/// Something that is decided about a certificate.
#[derive(Args)]
pub(super) struct Decide {
    /// The certificate's number
    number: String,
    /// Why
    #[arg(long, value_name = "REASON")]
    because: String,
    /// Who decided it
    #[arg(long, value_name = "NAME")]
    by: String,
    /// The data directory
    #[arg(long, default_value = "data/invigil", value_name = "DIR")]
    data: PathBuf,
}

impl Decide {
    fn run(&self, suspend: bool) -> Result<(), Fault> {
        let engine = Engine::new(passphrase::open(&self.data)?, None, Arc::new(SystemClock))?;
        let runtime = runtime()?;
        let live = if suspend {
            runtime.block_on(engine.suspend(&self.number, &self.because, &self.by))?
        } else {
            runtime.block_on(engine.reinstate(&self.number, &self.because, &self.by))?
        };
        let (number, instance) = (&live.issued.number, live.instance);
        output::line(format!("certificate {number}: instance {instance} is {}", live.state.as_str()));
        Ok(())
    }
}

#[derive(Args)]
pub(super) struct Export {
    /// The certificate's number
    number: String,
    /// The folder to write
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Every instance, not only the live one
    #[arg(long)]
    all: bool,
    /// The data directory
    #[arg(long, default_value = "data/invigil", value_name = "DIR")]
    data: PathBuf,
}

impl Export {
    fn run(&self) -> Result<(), Fault> {
        let engine = Engine::new(passphrase::open(&self.data)?, None, Arc::new(SystemClock))?;
        let number = signing::code::CertificateNumber::parse(&self.number)?.to_string();
        let mut instances = runtime()?.block_on(engine.store.instances(&engine.tenant, &number))?;
        let live = instances.last().map(|live| live.instance);
        let live = live.ok_or_else(|| Fault::new(format!("no certificate {number} was issued here")))?;
        if !self.all {
            instances.retain(|record| record.instance == live);
        }
        std::fs::create_dir_all(&self.out)?;
        for record in &instances {
            let documents = [("certificate", &record.issued.certificate), ("cpd-record", &record.issued.cpd_record)];
            for (name, content) in documents {
                let file = self.out.join(format!("{name}-{number}-{}.json", record.instance));
                std::fs::write(&file, content).map_err(|error| Fault::new(format!("{}: {error}", file.display())))?;
            }
            let (instance, state) = (record.instance, record.state.as_str());
            output::line(format!("instance {instance} of {number}, {state}: in {}", self.out.display()));
        }
        Ok(())
    }
}

#[derive(Args)]
pub(super) struct Revoke {
    /// The certificate's number
    number: String,
    /// Why
    #[arg(long, value_name = "REASON")]
    because: String,
    /// Who decided it
    #[arg(long, value_name = "NAME")]
    by: String,
    /// What of it; both if nothing is said
    #[arg(long, value_enum)]
    only: Option<Only>,
    /// The data directory
    #[arg(long, default_value = "data/invigil", value_name = "DIR")]
    data: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Only {
    /// The certificate; the credits stand
    Certificate,
    /// The CPD record; the certificate stands
    CpdRecord,
}

impl Revoke {
    fn run(self) -> Result<(), Fault> {
        let kinds: &[Kind] = match self.only {
            None => &[Kind::Certificate, Kind::CpdRecord],
            Some(Only::Certificate) => &[Kind::Certificate],
            Some(Only::CpdRecord) => &[Kind::CpdRecord],
        };
        let engine = Engine::new(passphrase::open(&self.data)?, None, Arc::new(SystemClock))?;
        let revoked = engine.revoke(&self.number, kinds, &self.because, &self.by);
        let revoked = runtime()?.block_on(revoked)?;
        for revocation in revoked {
            let at = from_ms(revocation.revoked_at_ms).to_rfc3339_opts(SecondsFormat::Secs, true);
            let what = revocation.document.replace('_', " ");
            output::line(format!(
                "{what} {}: revoked at {at} by {}: {} (status list {}, number {})",
                revocation.number, revocation.decided_by, revocation.reason, revocation.list, revocation.entry
            ));
        }
        Ok(())
    }
}

#[derive(Args)]
pub(super) struct Verify {
    /// The file: JSON, or a PDF, PNG, SVG or the text of a QR code that carries it
    file: PathBuf,
    /// The proof that it is in its issuer's log: the .tlog-proof that came with it
    #[arg(long, value_name = "FILE")]
    log_proof: Option<PathBuf>,
    #[command(flatten)]
    trust: Trust,
    /// Whether a badge without a name is that of this holder
    #[arg(long, value_name = "NAME", requires = "salt")]
    holder: Option<String>,
    /// The salt that the holder of the badge told
    #[arg(long, value_name = "TEXT", requires = "holder")]
    salt: Option<String>,
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
    pub(super) fn bundle(&self) -> Result<TrustBundle, Fault> {
        match (&self.trust, &self.data) {
            (Some(file), _) => trust_bundle(file),
            (None, Some(data)) => {
                let engine = Engine::new(passphrase::open(data)?, None, Arc::new(SystemClock))?;
                runtime()?.block_on(engine.trust_bundle()).map_err(Fault::of)
            }
            (None, None) => Err(Fault::new("say whom to trust: --trust FILE or --data DIR")),
        }
    }
}

impl Certificate {
    pub(super) fn run(self) -> Result<(), Fault> {
        match self {
            Self::Verify(verify) => verify.run(),
            Self::Revoke(revoke) => revoke.run(),
            Self::Suspend(decide) => decide.run(true),
            Self::Reinstate(decide) => decide.run(false),
            Self::Export(export) => export.run(),
            Self::Selective(selective) => selective.run(),
        }
    }
}

fn trust_bundle(file: &PathBuf) -> Result<TrustBundle, Fault> {
    let bundle: TrustBundle = read_json(file)?;
    if !bundle.is_understood() {
        let (format, version) = (&bundle.format, bundle.version);
        let file = file.display();
        return Err(Fault::new(format!(
            "{file}: it is {format:?} version {version}, no trust bundle of version 1 to 3"
        )));
    }
    Ok(bundle)
}

/// One byte more than is read tells the verifier that the file is too long.
fn read(file: &PathBuf, most: usize) -> Result<Vec<u8>, Fault> {
    let fault = |error: std::io::Error| Fault::new(format!("{}: {error}", file.display()));
    let mut bytes = Vec::new();
    std::fs::File::open(file).map_err(fault)?.take(most as u64 + 1).read_to_end(&mut bytes).map_err(fault)?;
    Ok(bytes)
}

impl Verify {
    fn run(self) -> Result<(), Fault> {
        let now = SystemClock.now();
        let trust = self.trust.bundle()?;
        let bytes = read(&self.file, carrier::MAX_BYTES)?;
        let proof = self.log_proof.as_ref().map(|file| read(file, MAX_TLOG_PROOF)).transpose()?;
        let report = carrier::verify_logged(&bytes, proof.as_deref(), &trust, now);
        let is_of = self.holder.as_deref().zip(self.salt.as_deref());
        let is_of = is_of.zip(report.facts.as_ref()).and_then(|((name, salt), facts)| facts.is_of(name, salt));
        if self.json {
            output::json(&report)?;
        } else {
            for step in &report.steps {
                output::line(format!("{} {}", word(step.outcome), step.sentence));
            }
            output::line(&report.summary);
        }
        match (self.holder, is_of) {
            (Some(name), Some(true)) if !self.json => output::line(format!("It is the badge of {name}.")),
            (Some(name), Some(false)) => {
                return Err(Fault::new(format!("It is not the badge of {name}, or the salt is another")));
            }
            (Some(_), None) if report.valid => {
                return Err(Fault::new("It is no badge without a name: there is nothing to compare a name with"));
            }
            _ => {}
        }
        if report.valid { Ok(()) } else { Err(Fault::new(report.summary)) }
    }
}
