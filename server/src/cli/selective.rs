//! `invigil certificate selective`: a certificate of which its holder shows what he wants to.

use std::{
    fs,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::{Args, Subcommand};
use signing::{
    jose::{
        possession,
        sd_jwt::{Challenge, present},
    },
    json::MAX_BYTES,
    keys::SigningKey,
    verify::{StepOutcome, selective},
};

use super::{Fault, certificate::Trust, output, serve::runtime};
use crate::{
    clock::{Clock as _, SystemClock},
    data::DataDir,
    engine::{Engine, Selected},
    random,
};

/// A certificate of which parts can be shown, bound to a key of its holder.
#[derive(Subcommand)]
pub(super) enum Selective {
    /// For holders: make a key; it never leaves its owner
    Key(Key),
    /// For holders: prove to an issuer that you have the key
    Prove(Prove),
    /// For issuers: issue a certificate in this form, bound to the key of such a proof
    Issue(Issue),
    /// For holders: show some of it, or nothing but that you hold it, in answer to a verifier's question
    Present(Present),
    /// For verifiers: verify what is shown in answer to your question
    Verify(Verify),
}

#[derive(Args)]
pub(super) struct Key {
    /// The file to write; it must not be there
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Args)]
pub(super) struct Prove {
    /// The holder's key, as PKCS#8
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// The issuer's identifier
    #[arg(long, value_name = "DID")]
    issuer: String,
    /// What the issuer's server gave to be answered
    #[arg(long, value_name = "NONCE")]
    nonce: Option<String>,
}

#[derive(Args)]
pub(super) struct Issue {
    /// The certificate's number
    number: String,
    /// The holder's proof that he has the key: a file, or - for standard input
    #[arg(long, value_name = "FILE")]
    proof: PathBuf,
    /// The data directory
    #[arg(long, default_value = "data/invigil", value_name = "DIR")]
    data: PathBuf,
}

#[derive(Args)]
pub(super) struct Present {
    /// The certificate as it was issued
    file: PathBuf,
    /// What to show, with commas between; nothing but that you hold it if this is left out
    #[arg(long, value_name = "CLAIMS", value_delimiter = ',')]
    show: Vec<String>,
    #[command(flatten)]
    asked: Asked,
    /// The holder's key, as PKCS#8
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
}

/// A verifier's question.
#[derive(Args)]
pub(super) struct Asked {
    /// Who asks, such as the verifier's address
    #[arg(long, value_name = "NAME")]
    audience: String,
    /// What the verifier drew for this one question
    #[arg(long, value_name = "NONCE")]
    nonce: String,
}

#[derive(Args)]
pub(super) struct Verify {
    /// What was shown
    file: PathBuf,
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    trust: Trust,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Selective {
    pub(super) fn run(self) -> Result<(), Fault> {
        match self {
            Self::Key(key) => key.run(),
            Self::Prove(prove) => prove.run(),
            Self::Issue(issue) => issue.run(),
            Self::Present(present) => present.run(),
            Self::Verify(verify) => verify.run(),
        }
    }
}

/// A text of a file, or of standard input.
fn read(file: &Path) -> Result<String, Fault> {
    let fault = |error: std::io::Error| Fault::new(format!("{}: {error}", file.display()));
    // One byte more than is read tells that it is too long.
    let limit = MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().take(limit).read_to_end(&mut bytes).map_err(fault)?;
    } else {
        fs::File::open(file).map_err(fault)?.take(limit).read_to_end(&mut bytes).map_err(fault)?;
    }
    let text = String::from_utf8(bytes).map_err(|_| Fault::new(format!("{}: it is no text", file.display())))?;
    Ok(text.trim().to_owned())
}

fn holder_key(file: &Path) -> Result<SigningKey, Fault> {
    SigningKey::from_pkcs8_pem(&read(file)?).map_err(|error| Fault::new(format!("{} {error}", file.display())))
}

impl Key {
    fn run(self) -> Result<(), Fault> {
        let key = SigningKey::from_seed(random::bytes()?);
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let fault = |error: std::io::Error| Fault::new(format!("{}: {error}", self.out.display()));
        let mut file = options.open(&self.out).map_err(fault)?;
        file.write_all(key.to_pkcs8_pem().as_bytes()).and_then(|()| file.sync_all()).map_err(fault)?;
        output::line(format!("wrote {}: keep it to yourself; the certificate is shown with it", self.out.display()));
        Ok(())
    }
}

impl Prove {
    fn run(self) -> Result<(), Fault> {
        let key = holder_key(&self.key)?;
        output::line(possession::prove(&key, &self.issuer, self.nonce.as_deref(), SystemClock.now())?);
        Ok(())
    }
}

impl Issue {
    fn run(self) -> Result<(), Fault> {
        let proof = read(&self.proof)?;
        let engine = Engine::new(DataDir::open(&self.data)?, None, Arc::new(SystemClock))?;
        let issued = runtime()?.block_on(engine.issue_selective(Selected::Staff(&self.number), &proof));
        output::line(issued.map_err(Fault::of)?.credential);
        Ok(())
    }
}

impl Asked {
    fn challenge(&self) -> Challenge<'_> {
        Challenge { audience: &self.audience, nonce: &self.nonce }
    }
}

impl Present {
    fn run(self) -> Result<(), Fault> {
        let (token, key) = (read(&self.file)?, holder_key(&self.key)?);
        let show: Vec<&str> = self.show.iter().map(String::as_str).collect();
        output::line(present(&token, &show, self.asked.challenge(), &key, SystemClock.now())?.token);
        Ok(())
    }
}

impl Verify {
    fn run(self) -> Result<(), Fault> {
        let (trust, shown) = (self.trust.bundle()?, read(&self.file)?);
        let report = selective::verify(&shown, self.asked.challenge(), &trust, SystemClock.now());
        if self.json {
            output::json(&report)?;
        } else {
            for step in &report.steps {
                output::line(format!("{} {}", word(step.outcome), step.sentence));
            }
            for (name, value) in report.shown.iter().flat_map(|shown| &shown.claims) {
                // What strangers wrote may hold what a terminal takes for a command.
                let plain = value.as_str().filter(|text| !text.chars().any(char::is_control));
                let value = plain.map_or_else(|| value.to_string(), str::to_owned);
                output::line(format!("shown       {}: {value}", name.escape_debug()));
            }
            output::line(&report.summary);
        }
        if report.valid { Ok(()) } else { Err(Fault::new(report.summary)) }
    }
}

/// A step's outcome as a word of one length.
pub(super) fn word(outcome: StepOutcome) -> &'static str {
    match outcome {
        StepOutcome::Passed => "passed     ",
        StepOutcome::Failed => "FAILED     ",
        StepOutcome::NotChecked => "not checked",
        StepOutcome::Warning => "note       ",
        StepOutcome::Undetermined => "NOT KNOWN  ",
    }
}
