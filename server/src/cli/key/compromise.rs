//! `invigil key compromise`.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;
use signing::keys::{Action, End, KeyHistory, PublicKey};

use super::{
    Fault, passphrase,
    root::{Opened, Places, Term, named, reason},
};
use crate::{
    cli::{output, serve::runtime},
    clock::SystemClock,
    data::Role,
    engine::{Engine, Reissued},
};

#[derive(Args)]
pub(in crate::cli) struct Compromise {
    /// The key, or the beginning of it
    key: String,
    #[command(flatten)]
    places: Places,
    #[command(flatten)]
    term: Term,
    /// Why; it is published
    #[arg(long, value_name = "REASON")]
    because: String,
    /// Who decided it
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Issue every certificate and CPD record anew that the key signed and that was not revoked
    #[arg(long)]
    reissue: bool,
}

impl Compromise {
    pub(super) fn run(self) -> Result<(), Fault> {
        let mut opened = self.places.open()?;
        let key = named(&opened.root.history, &self.key, &opened.data.history_file())?;
        let because = reason(&self.because)?.to_owned();
        declare(&mut opened, &key, &self.term, &because)?;
        output::line(format!("{key} is declared compromised: nothing that it signed counts any more"));
        if !self.reissue {
            output::line(
                "its certificates are issued anew by the same command with --reissue, or by «invigil key reissue»",
            );
            return Ok(());
        }
        // With the keys and statements as they are now; the lock on the directory stays.
        issue_anew(&self.places.data, &key, &because, &self.by)?;
        drop(opened);
        Ok(())
    }
}

#[derive(Args)]
pub(in crate::cli) struct Reissue {
    /// The key, or the beginning of it; it was declared compromised before
    key: String,
    /// The data directory; its server must not run
    #[arg(long, default_value = "data/invigil", value_name = "DIR")]
    data: PathBuf,
    /// Why
    #[arg(long, value_name = "REASON")]
    because: String,
    /// Who decided it
    #[arg(long, value_name = "NAME")]
    by: String,
}

impl Reissue {
    pub(super) fn run(self) -> Result<(), Fault> {
        let data = passphrase::open_quietly(&self.data)?;
        let _lock = data.lock()?;
        let none = || Fault::new(format!("{} has no root key that could declare anything", self.data.display()));
        let history = data.history.as_ref().ok_or_else(none)?;
        let key = named(history, &self.key, &data.history_file())?;
        if !is_compromised(history, &key)? {
            return Err(Fault::new(format!("{key} was not declared compromised; «invigil key compromise» does that")));
        }
        issue_anew(&self.data, &key, reason(&self.because)?, &self.by)
    }
}

fn issue_anew(data: &Path, key: &PublicKey, because: &str, by: &str) -> Result<(), Fault> {
    let engine = Engine::new(passphrase::open_quietly(data)?, None, Arc::new(SystemClock))?;
    let reason = format!("signed by a key that may be in other hands: {because}");
    let mut progress = |done: Reissued| {
        output::line(format!("{} of {} certificates issued anew", done.reissued, done.seen));
    };
    let done = runtime()?.block_on(engine.reissue(key, &reason, by, &mut progress))?;
    output::line(format!("done: {} of {} certificates have a new instance", done.reissued, done.seen));
    Ok(())
}

fn is_compromised(history: &KeyHistory, key: &PublicKey) -> Result<bool, Fault> {
    let known = history.windows()?.of(key);
    Ok(known.is_some_and(|known| matches!(known.end, Some(End::Compromised { .. }))))
}

/// States that a key is compromised, if that was not stated before. Where it is the one that signs, another takes its place
/// in the same breath.
fn declare(opened: &mut Opened, key: &PublicKey, term: &Term, because: &str) -> Result<(), Fault> {
    let stated = is_compromised(&opened.root.history, key)?;
    let roles = [Role::Issuer, Role::Status, Role::Log];
    let mut statements = Vec::new();
    let mut taken_over = Vec::new();
    for role in roles {
        let current = opened.data.key(role, &opened.passphrase)?;
        if current.is_some_and(|current| current.public() == *key) {
            let next = opened.data.next_key(role, &opened.passphrase)?.public();
            if !opened.is_certified(role, &next) {
                statements.push((next, opened.certify(role, opened.now, term)));
            }
            taken_over.push(role);
        }
    }
    if !stated {
        statements.push((*key, Action::Compromise {}));
    }
    opened.state(statements, because)?;
    taken_over.into_iter().try_for_each(|role| Ok(opened.data.take_over(role, &opened.passphrase)?))
}
