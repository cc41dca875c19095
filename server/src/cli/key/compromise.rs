//! `invigil key compromise`.

use std::sync::Arc;

use clap::Args;
use signing::keys::{Action, End, PublicKey};

use super::{
    Fault, passphrase,
    root::{Opened, Places, Term, named, reason},
};
use crate::{
    cli::{output, serve::runtime},
    clock::SystemClock,
    data::Role,
    engine::Engine,
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
        if self.reissue {
            self.issue_anew(opened, &key, &because)
        } else {
            output::line("its certificates are issued anew by the same command with --reissue");
            Ok(())
        }
    }

    fn issue_anew(&self, opened: Opened, key: &PublicKey, because: &str) -> Result<(), Fault> {
        // With the keys and statements as they are now; the lock on the directory stays.
        let engine = Engine::new(passphrase::open_quietly(&self.places.data)?, None, Arc::new(SystemClock))?;
        let reason = format!("signed by a key that may be in other hands: {because}");
        let mut progress = |done: crate::engine::Reissued| {
            output::line(format!("{} of {} certificates issued anew", done.reissued, done.seen));
        };
        let done = runtime()?.block_on(engine.reissue(key, &reason, &self.by, &mut progress))?;
        output::line(format!("done: {} of {} certificates have a new instance", done.reissued, done.seen));
        drop(opened);
        Ok(())
    }
}

/// States that a key is compromised, if that was not stated before. Where it is the one that signs, another takes its place
/// in the same breath.
fn declare(opened: &mut Opened, key: &PublicKey, term: &Term, because: &str) -> Result<(), Fault> {
    let windows = opened.root.history.windows()?;
    let stated = windows.of(key).is_some_and(|known| matches!(known.end, Some(End::Compromised { .. })));
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
