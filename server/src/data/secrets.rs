//! Private files: read whether they are locked or, as earlier versions wrote them, in clear; written locked.

use std::{
    cell::{OnceCell, RefCell},
    path::{Path, PathBuf},
};

use signing::keys::{
    SigningKey,
    locked::{self, LockFault, Passphrase},
};

use super::{DataError, Passphrases, files};
use crate::random;

/// The private files of a folder.
pub(super) struct Secrets<'a> {
    folder: &'a Path,
    asks: &'a dyn Passphrases,
    configured: Option<&'a Path>,
    known: OnceCell<Passphrase>,
    /// Those met so far that are not locked.
    clear: RefCell<Vec<PathBuf>>,
}

impl<'a> Secrets<'a> {
    pub(super) fn of(folder: &'a Path, asks: &'a dyn Passphrases, configured: Option<&'a Path>) -> Self {
        Self { folder, asks, configured, known: OnceCell::new(), clear: RefCell::default() }
    }

    /// The passphrase; whoever gives it is asked once.
    fn passphrase(&self, file: &Path) -> Result<&Passphrase, DataError> {
        if let Some(known) = self.known.get() {
            return Ok(known);
        }
        let given = self.asks.passphrase(self.configured).map_err(|reason| fault(file, reason))?;
        Ok(self.known.get_or_init(|| given))
    }

    /// A private key.
    pub(super) fn key(&self, name: &str) -> Result<SigningKey, DataError> {
        let file = self.folder.join(name);
        let text = text(&file, files::read_bytes(&file)?)?;
        if locked::is_locked_pem(&text) {
            let opened = SigningKey::from_locked_pem(&text, self.passphrase(&file)?);
            return opened.map_err(|error| locked_fault(&file, "encrypted PKCS#8 key", &error));
        }
        let key = SigningKey::from_pkcs8_pem(&text).map_err(|error| fault(&file, error.to_string()))?;
        self.clear.borrow_mut().push(file);
        Ok(key)
    }

    /// The same; where there is none it is made, and locked like those met so far.
    pub(super) fn key_or_new(&self, name: &str) -> Result<SigningKey, DataError> {
        let file = self.folder.join(name);
        if file.exists() {
            return self.key(name);
        }
        let key = SigningKey::from_seed(random::bytes()?);
        match self.known.get() {
            Some(passphrase) => write_key(&file, &key, passphrase)?,
            None => {
                files::write_new(&file, key.to_pkcs8_pem().as_bytes())?;
                self.clear.borrow_mut().push(file);
            }
        }
        Ok(key)
    }

    /// A private text; `what` it must be is said where it is not.
    pub(super) fn text(&self, name: &str, what: &str) -> Result<String, DataError> {
        let file = self.folder.join(name);
        let bytes = files::read_bytes(&file)?;
        if locked::is_locked(&bytes) {
            let opened = locked::unlock(&bytes, self.passphrase(&file)?);
            return text(&file, opened.map_err(|error| locked_fault(&file, what, &error))?);
        }
        let read = text(&file, bytes)?;
        self.clear.borrow_mut().push(file);
        Ok(read)
    }

    /// The files that are not locked, and what opened the others.
    pub(super) fn met(self) -> (Vec<PathBuf>, Option<Passphrase>) {
        (self.clear.into_inner(), self.known.into_inner())
    }
}

fn fault(file: &Path, reason: impl Into<String>) -> DataError {
    DataError::File { file: file.to_owned(), reason: reason.into() }
}

fn locked_fault(file: &Path, what: &str, error: &LockFault) -> DataError {
    let reason = match error {
        LockFault::Unreadable(_) => format!("must be a locked {what}, but {error}"),
        LockFault::Passphrase | LockFault::Short => error.to_string(),
    };
    fault(file, reason)
}

fn text(file: &Path, bytes: Vec<u8>) -> Result<String, DataError> {
    String::from_utf8(bytes).map_err(|_| fault(file, "is no text in UTF-8"))
}

/// A private key's file under a passphrase.
pub(crate) fn locked_key(file: &Path, key: &SigningKey, passphrase: &Passphrase) -> Result<String, DataError> {
    let locked = key.to_locked_pem(passphrase, random::bytes()?, random::bytes()?);
    locked.map_err(|error| fault(file, error.to_string()))
}

/// Writes a new private key's file under a passphrase.
pub(crate) fn write_key(file: &Path, key: &SigningKey, passphrase: &Passphrase) -> Result<(), DataError> {
    files::write_new(file, locked_key(file, key, passphrase)?.as_bytes())
}

/// Writes a new private text's file under a passphrase.
pub(super) fn write_text(file: &Path, content: &str, passphrase: &Passphrase) -> Result<(), DataError> {
    let locked = locked::lock(content.as_bytes(), passphrase).map_err(|error| fault(file, error.to_string()))?;
    files::write_new(file, &locked)
}

/// Puts a locked file in the place of one in clear, which is still there if this is cut short. What was on the disk before may
/// still be found there by whoever has the disk.
pub(super) fn lock_in_place(file: &Path, passphrase: &Passphrase) -> Result<(), DataError> {
    let clear = files::read_bytes(file)?;
    let content = text(file, clear)?;
    let locked = if file.extension().is_some_and(|extension| extension == "pem") {
        let key = SigningKey::from_pkcs8_pem(&content).map_err(|error| fault(file, error.to_string()))?;
        let locked = locked_key(file, &key, passphrase)?;
        let back = SigningKey::from_locked_pem(&locked, passphrase).map(|back| back.public());
        if back != Ok(key.public()) {
            return Err(fault(file, "was locked, but does not open again; it is left as it was"));
        }
        locked.into_bytes()
    } else {
        let locked = locked::lock(content.as_bytes(), passphrase).map_err(|error| fault(file, error.to_string()))?;
        if locked::unlock(&locked, passphrase).as_deref() != Ok(content.as_bytes()) {
            return Err(fault(file, "was locked, but does not open again; it is left as it was"));
        }
        locked
    };
    files::replace(file, &locked)
}
