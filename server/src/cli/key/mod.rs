//! `invigil key`: the root key, the keys that it certifies, and what becomes of them (docs/KEYS.md).

mod ceremony;
mod change;
mod compromise;
mod encrypt;
mod export;
mod list;
mod root;

use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::{Fault, passphrase};

/// Keys: the root key, those that it certifies, their windows
#[derive(Subcommand)]
pub(super) enum Key {
    /// Make a root key in a folder of its own and certify the keys of a data directory
    Init(change::Init),
    /// Put a new key in the place of the current one, which is retired and stays listed
    Rotate(change::Rotate),
    /// End a key: it signs no more, what it signed stands
    Retire(change::Retire),
    /// Declare that a key may be in other hands: nothing that it signed counts any more
    Compromise(compromise::Compromise),
    /// Issue anew what a key signed that was declared compromised elsewhere; the root key is not needed
    Reissue(compromise::Reissue),
    /// Do `init`, or later `rotate`, with two people, and write a transcript
    Ceremony(ceremony::Ceremony),
    /// Write the did document and the statements as files, to be published elsewhere
    Export(export::Export),
    /// Show the keys and their windows
    List(list::List),
    /// Lock private files that earlier versions left in clear
    Encrypt(encrypt::Encrypt),
}

/// Gives a demonstration a root key in a folder inside its own, under its own passphrase, which no real body would do.
pub(super) fn demonstration(data: &Path) -> Result<PathBuf, Fault> {
    let root = data.join("root");
    change::init(&mut root::Places::of_demonstration(data, &root).create()?, &root::Term { days: 3_650 })?;
    Ok(root)
}

impl Key {
    pub(super) fn run(self) -> Result<(), Fault> {
        match self {
            Self::Init(init) => init.run(),
            Self::Rotate(rotate) => rotate.run(),
            Self::Retire(retire) => retire.run(),
            Self::Compromise(compromise) => compromise.run(),
            Self::Reissue(reissue) => reissue.run(),
            Self::Ceremony(ceremony) => ceremony.run(),
            Self::Export(export) => export.run(),
            Self::List(list) => list.run(),
            Self::Encrypt(encrypt) => encrypt.run(),
        }
    }
}
