//! The folder of the root key: kept apart from every server, on something that is put away.
//!
//! ```text
//! root.pem           the root key (encrypted PKCS#8)
//! history.json       everything that it has stated
//! ceremony-N.json    transcripts of ceremonies
//! ```

use std::path::{Path, PathBuf};

use signing::{
    did::DidWeb,
    keys::{KeyHistory, PublicKey, SigningKey, locked::Passphrase},
};

use super::{DataError, files, keys, secrets};
use crate::random;

/// A root key's folder that was opened.
pub struct RootFolder {
    /// Where it is.
    pub path: PathBuf,
    /// The root key.
    pub key: SigningKey,
    /// What it has stated.
    pub history: KeyHistory,
}

impl RootFolder {
    /// Whether there is a root key in this folder.
    pub fn exists(path: &Path) -> bool {
        path.join("root.pem").exists()
    }

    /// Makes a root key in a new folder, or in one without a root key.
    ///
    /// # Errors
    /// [`DataError`]; a root key is never overwritten.
    pub fn create(path: &Path, did: &DidWeb, passphrase: &Passphrase) -> Result<Self, DataError> {
        files::make_private_dir(path)?;
        let key = SigningKey::from_seed(random::bytes()?);
        let history = KeyHistory::new(did, &key.public());
        secrets::write_key(&path.join("root.pem"), &key, passphrase)?;
        keys::write_history(&path.join("history.json"), &history)?;
        Ok(Self { path: path.to_owned(), key, history })
    }

    /// Opens a folder.
    ///
    /// # Errors
    /// [`DataError`] for what is missing, does not open, or does not belong together.
    pub fn open(path: &Path, did: &DidWeb, passphrase: &Passphrase) -> Result<Self, DataError> {
        let key = secrets::Secrets::of(path, passphrase, None).key("root.pem")?;
        let file = path.join("history.json");
        // Missing where a creation was cut short: nothing was stated then.
        let history = keys::read_history(&file)?.unwrap_or_else(|| KeyHistory::new(did, &key.public()));
        let other = |what: &str| DataError::File { file: file.clone(), reason: format!("is of another {what}") };
        if PublicKey::from_multikey(history.root()) != Ok(key.public()) {
            return Err(other("root key than root.pem"));
        }
        if history.issuer() != did.as_str() {
            return Err(other("issuer"));
        }
        Ok(Self { path: path.to_owned(), key, history })
    }

    /// Keeps what was stated.
    ///
    /// # Errors
    /// [`DataError`].
    pub fn keep(&mut self, history: KeyHistory) -> Result<(), DataError> {
        keys::write_history(&self.path.join("history.json"), &history)?;
        self.history = history;
        Ok(())
    }

    /// Keeps a transcript under the next free name, which is given.
    ///
    /// # Errors
    /// [`DataError`].
    pub fn keep_transcript(&self, text: &str) -> Result<PathBuf, DataError> {
        let free = (1..).map(|number| self.path.join(format!("ceremony-{number}.json"))).find(|file| !file.exists());
        let file = free.unwrap_or_else(|| self.path.join("ceremony.json"));
        files::write_new(&file, text.as_bytes())?;
        Ok(file)
    }
}
