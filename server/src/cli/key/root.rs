//! A data directory and the folder of its root key, opened together.

use std::{
    io::IsTerminal as _,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Duration, Utc};
use clap::Args;
use signing::{
    did::DidWeb,
    keys::{Action, KeyHistory, PublicKey, locked::Passphrase},
};

use super::{Fault, passphrase};
use crate::{
    clock::{Clock as _, SystemClock},
    data::{self, DataDir, Role, RootFolder},
};

/// Which root key, and whose keys.
#[derive(Args)]
pub(super) struct Places {
    /// The data directory; its server must not run
    #[arg(long, default_value = "data/invigil", value_name = "DIR")]
    pub(super) data: PathBuf,
    /// The folder of the root key, on something that is put away afterwards
    #[arg(long, value_name = "DIR")]
    pub(super) root: PathBuf,
    /// A file with the root key's passphrase; named twice, each with its part, so that nobody alone has it
    #[arg(long, value_name = "FILE")]
    root_passphrase_file: Vec<PathBuf>,
}

/// For how long a key may sign.
#[derive(Args)]
pub(super) struct Term {
    /// For how many days the new key may sign
    #[arg(long, default_value_t = 365, value_parser = clap::value_parser!(u32).range(1..=3_660), value_name = "DAYS")]
    pub(super) days: u32,
}

/// Both, opened; no server uses the directory meanwhile.
pub(super) struct Opened {
    pub(super) data: DataDir,
    pub(super) root: RootFolder,
    pub(super) passphrase: Passphrase,
    pub(super) now: DateTime<Utc>,
    _lock: std::fs::File,
}

impl Places {
    pub(super) fn of_demonstration(data: &Path, root: &Path) -> Self {
        let passphrase = vec![data.join("passphrase")];
        Self { data: data.to_owned(), root: root.to_owned(), root_passphrase_file: passphrase }
    }

    fn root_passphrase(&self, new: bool) -> Result<Passphrase, Fault> {
        if self.root_passphrase_file.is_empty() {
            if !std::io::stdin().is_terminal() {
                return Err(Fault::new("the root key needs a passphrase: name a file by --root-passphrase-file"));
            }
            if new {
                return passphrase::typed_twice("the root key");
            }
            let typed = passphrase::typed("Passphrase of the root key: ").map_err(Fault::new)?;
            return Ok(Passphrase::new(&typed)?);
        }
        let mut whole = String::new();
        for file in &self.root_passphrase_file {
            let part =
                std::fs::read_to_string(file).map_err(|error| Fault::new(format!("{}: {error}", file.display())))?;
            whole.push_str(part.lines().next().unwrap_or_default());
        }
        Ok(Passphrase::new(&whole)?)
    }

    fn did(data: &DataDir) -> Result<DidWeb, Fault> {
        Ok(DidWeb::from_host(&data.config.issuer.did_host)?)
    }

    fn opened(&self, data: DataDir, root: RootFolder) -> Result<Opened, Fault> {
        let lock = data.lock()?;
        let passphrase = passphrase::of(&data)?;
        Ok(Opened { data, root, passphrase, now: SystemClock.now(), _lock: lock })
    }

    /// Opens both. The root key's folder knows every statement; what the data directory lacks of them it gets.
    pub(super) fn open(&self) -> Result<Opened, Fault> {
        let data = passphrase::open_quietly(&self.data)?;
        if !RootFolder::exists(&self.root) {
            return Err(Fault::new(format!("{} holds no root key (root.pem)", self.root.display())));
        }
        let root = RootFolder::open(&self.root, &Self::did(&data)?, &self.root_passphrase(false)?)?;
        let mut opened = self.opened(data, root)?;
        opened.agree()?;
        Ok(opened)
    }

    /// Makes a root key for a data directory that has none; opens what a creation that was cut short left.
    pub(super) fn create(&self) -> Result<Opened, Fault> {
        let data = passphrase::open_quietly(&self.data)?;
        if data.history.as_ref().is_some_and(|history| !history.statements().is_empty()) {
            return Err(Fault::new(format!(
                "{} has a root key already; «invigil key rotate» changes the keys that it certifies",
                self.data.display()
            )));
        }
        let (did, there) = (Self::did(&data)?, RootFolder::exists(&self.root));
        let passphrase = self.root_passphrase(!there)?;
        let root = if there {
            RootFolder::open(&self.root, &did, &passphrase)?
        } else {
            RootFolder::create(&self.root, &did, &passphrase)?
        };
        if !root.history.statements().is_empty() && data.history.is_none() {
            // Cut short after the statements were made: the folder knows them.
            let mut opened = self.opened(data, root)?;
            opened.agree()?;
            return Ok(opened);
        }
        self.opened(data, root)
    }
}

impl Opened {
    fn agree(&mut self) -> Result<(), Fault> {
        let known = self.data.history.as_ref();
        match known {
            Some(known) if !self.root.history.extends(known) => Err(Fault::new(format!(
                "{} and {} hold different statements; the root key's folder is another body's, or an old copy",
                self.data.history_file().display(),
                self.root.path.display()
            ))),
            Some(known) if *known == self.root.history => Ok(()),
            _ => self.publish(),
        }
    }

    fn publish(&mut self) -> Result<(), Fault> {
        data::write_history(&self.data.history_file(), &self.root.history)?;
        self.data.history = Some(self.root.history.clone());
        Ok(())
    }

    /// States several things at once: kept in the root key's folder first, then with the data directory.
    pub(super) fn state(&mut self, statements: Vec<(PublicKey, Action)>, because: &str) -> Result<(), Fault> {
        let mut history: KeyHistory = self.root.history.clone();
        for (key, action) in statements {
            history = history.append(&key, action, because, self.now, &self.root.key)?;
        }
        self.root.keep(history)?;
        self.publish()
    }

    /// A statement that certifies a key for a role from a moment on.
    pub(super) fn certify(&self, role: Role, from: DateTime<Utc>, term: &Term) -> Action {
        Action::Certify {
            purposes: role.purposes(),
            not_before: from,
            not_after: self.now + Duration::days(i64::from(term.days)),
        }
    }

    /// A statement that retires a key. Signatures say when they were made in whole seconds: those of this one still count.
    pub(super) fn retire(&self) -> Action {
        Action::Retire { from: self.now + Duration::seconds(1) }
    }

    /// Whether a key was ever stated to sign for the purposes of a role, and has not ended.
    pub(super) fn is_certified(&self, role: Role, key: &PublicKey) -> bool {
        let windows = self.root.history.windows().ok();
        let known = windows.and_then(|windows| windows.of(key));
        known.is_some_and(|known| known.end.is_none() && role.purposes().iter().all(|purpose| known.is_for(*purpose)))
    }
}

/// The statements' file of a folder may be missing; a reason may not.
pub(super) fn reason(because: &str) -> Result<&str, Fault> {
    let because = because.trim();
    if because.is_empty() { Err(Fault::new("say a reason (--because); it is published")) } else { Ok(because) }
}

/// The key that a text names: the whole of it, or so much of its beginning that no other is meant.
pub(super) fn named(history: &KeyHistory, text: &str, file: &Path) -> Result<PublicKey, Fault> {
    let windows = history.windows()?;
    let mut fitting = windows.keys().iter().filter(|known| text.len() >= 8 && known.key.to_string().starts_with(text));
    match (fitting.next(), fitting.next()) {
        (Some(known), None) => Ok(known.key),
        (Some(_), Some(_)) => Err(Fault::new(format!("{text}: several keys begin like this; write more of it"))),
        (None, _) => PublicKey::from_multikey(text).map_err(|_| {
            Fault::new(format!("{text}: no key of {} begins like this; see «invigil key list»", file.display()))
        }),
    }
}
