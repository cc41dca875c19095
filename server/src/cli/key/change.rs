//! `invigil key init`, `rotate` and `retire`.

use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use signing::keys::PublicKey;
use storage::{Store as _, TenantId};

use super::{
    Fault,
    root::{Opened, Places, Term, named, reason},
};
use crate::{
    cli::{output, serve::runtime},
    clock::from_ms,
    data::Role,
};

#[derive(Args)]
pub(in crate::cli) struct Init {
    #[command(flatten)]
    places: Places,
    #[command(flatten)]
    term: Term,
}

#[derive(Args)]
pub(in crate::cli) struct Rotate {
    #[command(flatten)]
    places: Places,
    #[command(flatten)]
    term: Term,
    /// Which key
    #[arg(long = "key", value_enum, default_value_t = Which::Issuer, value_name = "WHICH")]
    which: Which,
    /// Why; it is published
    #[arg(long, default_value = "rotation", value_name = "REASON")]
    because: String,
}

#[derive(Args)]
pub(in crate::cli) struct Retire {
    /// The key, or the beginning of it
    key: String,
    #[command(flatten)]
    places: Places,
    /// Why; it is published
    #[arg(long, value_name = "REASON")]
    because: String,
}

/// Keys that can be put in the place of others.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Which {
    /// Signs certificates, and status lists where no other does
    Issuer,
    /// Signs status lists
    Status,
    /// Signs the log's checkpoints
    Log,
}

impl From<Which> for Role {
    fn from(which: Which) -> Self {
        match which {
            Which::Issuer => Self::Issuer,
            Which::Status => Self::Status,
            Which::Log => Self::Log,
        }
    }
}

impl Init {
    pub(super) fn run(self) -> Result<(), Fault> {
        let mut opened = self.places.create()?;
        init(&mut opened, &self.term)?;
        let (root, data) = (self.places.root.display(), self.places.data.display());
        output::line(format!("root key {}: in {root}, put it away", opened.root.key.public()));
        output::line(format!("the keys of {data} are certified for {} days; see «invigil key list»", self.term.days));
        Ok(())
    }
}

/// Certifies every key of a data directory; the issuer's from its first certificate on. Gives what was certified.
pub(super) fn init(opened: &mut Opened, term: &Term) -> Result<Vec<(Role, PublicKey)>, Fault> {
    let mut statements = Vec::new();
    let mut certified = Vec::new();
    for role in Role::ALL {
        let Some(key) = opened.data.key(role, &opened.passphrase)? else { continue };
        if opened.is_certified(role, &key.public()) {
            continue;
        }
        let from = match role {
            Role::Issuer => first_issued(opened)?.unwrap_or(opened.now).min(opened.now),
            Role::Status | Role::Log | Role::Exam => opened.now,
        };
        statements.push((key.public(), opened.certify(role, from, term)));
        certified.push((role, key.public()));
    }
    opened.state(statements, "first certification")?;
    Ok(certified)
}

/// When the first certificate of a data directory was issued.
fn first_issued(opened: &Opened) -> Result<Option<DateTime<Utc>>, Fault> {
    let (store, runtime) = (opened.data.store()?, runtime()?);
    let tenant = TenantId("demo".into());
    let (mut first, mut last) = (None, String::new());
    loop {
        let page = runtime.block_on(store.certificates_after(&tenant, &last, 500))?;
        let Some(end) = page.last() else { return Ok(first.map(from_ms)) };
        last.clone_from(&end.issued.number);
        first = page.iter().map(|record| record.issued.issued_at_ms).chain(first).min();
    }
}

impl Rotate {
    pub(super) fn run(self) -> Result<(), Fault> {
        let mut opened = self.places.open()?;
        let key = rotate(&mut opened, self.which.into(), &self.term, reason(&self.because)?)?;
        output::line(format!("{key} signs from now on, for {} days", self.term.days));
        Ok(())
    }
}

/// Makes a key, certifies it, retires the one before it, and puts it in its place. Cut short, it is done again: what was made
/// and stated is found.
pub(super) fn rotate(opened: &mut Opened, role: Role, term: &Term, because: &str) -> Result<PublicKey, Fault> {
    let next = opened.data.next_key(role, &opened.passphrase)?.public();
    let before = opened.data.key(role, &opened.passphrase)?.map(|key| key.public());
    let mut statements = Vec::new();
    if !opened.is_certified(role, &next) {
        statements.push((next, opened.certify(role, opened.now, term)));
    }
    if let Some(before) = before.filter(|before| opened.is_certified(role, before)) {
        statements.push((before, opened.retire()));
    }
    opened.state(statements, because)?;
    opened.data.take_over(role, &opened.passphrase)?;
    Ok(next)
}

impl Retire {
    pub(super) fn run(self) -> Result<(), Fault> {
        let mut opened = self.places.open()?;
        let key = named(&opened.root.history, &self.key, &opened.data.history_file())?;
        let because = reason(&self.because)?.to_owned();
        let current = opened.data.issuer_key.public() == key;
        let retire = opened.retire();
        opened.state(vec![(key, retire)], &because)?;
        output::line(format!("{key} signs no more; what it signed stands"));
        if current {
            output::line("it was the one that signs certificates: none can be issued before «invigil key rotate»");
        }
        Ok(())
    }
}
