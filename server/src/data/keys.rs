//! The keys of a data directory and what its root key states about them (docs/KEYS.md).

use std::path::{Path, PathBuf};

use signing::keys::{KeyHistory, KeyPurpose, SigningKey, locked::Passphrase};

use super::{DataDir, DataError, files, secrets};

/// The published statements.
pub(super) const HISTORY: &str = "keys/history.json";

/// What a key is in the data directory for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Certificates and, where there is no key for them alone, status lists.
    Issuer,
    /// Status lists.
    Status,
    /// Checkpoints of the log.
    Log,
    /// Packages, grants, acknowledgements.
    Exam,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Issuer, Self::Status, Self::Log, Self::Exam];

    /// Its file.
    pub fn file(self) -> &'static str {
        match self {
            Self::Issuer => "keys/issuer.pem",
            Self::Status => "keys/status.pem",
            Self::Log => "keys/log.pem",
            Self::Exam => "keys/exam.pem",
        }
    }

    /// What the root key certifies it for.
    pub fn purposes(self) -> Vec<KeyPurpose> {
        match self {
            Self::Issuer => vec![KeyPurpose::Certificate, KeyPurpose::Status],
            Self::Status => vec![KeyPurpose::Status],
            Self::Log => vec![KeyPurpose::Checkpoint],
            Self::Exam => vec![KeyPurpose::Exam],
        }
    }
}

/// Reads a history of keys; `None` if there is no such file.
///
/// # Errors
/// [`DataError`] for one that does not hold.
pub fn read_history(file: &Path) -> Result<Option<KeyHistory>, DataError> {
    if !file.exists() {
        return Ok(None);
    }
    let fault = |reason: String| DataError::File { file: file.to_owned(), reason };
    let history: KeyHistory = serde_json::from_str(&files::read_text(file)?)
        .map_err(|error| fault(format!("is no history of keys ({error})")))?;
    history.windows().map_err(|error| fault(error.to_string()))?;
    Ok(Some(history))
}

/// Writes a history of keys in the place of one that it continues.
///
/// # Errors
/// [`DataError`] where another history lies.
pub fn write_history(file: &Path, history: &KeyHistory) -> Result<(), DataError> {
    let fault = |reason: String| DataError::File { file: file.to_owned(), reason };
    if read_history(file)?.is_some_and(|before| !history.extends(&before)) {
        return Err(fault(
            "holds another history of keys than the one that would be written; nothing was changed".into(),
        ));
    }
    let text = serde_json::to_string_pretty(history).map_err(|error| fault(error.to_string()))?;
    files::replace(file, text.as_bytes())
}

impl DataDir {
    /// The history's file.
    pub fn history_file(&self) -> PathBuf {
        self.path.join(HISTORY)
    }

    /// The key of a role, if there is one.
    ///
    /// # Errors
    /// [`DataError`] for a file that cannot be read or does not open.
    pub fn key(&self, role: Role, passphrase: &Passphrase) -> Result<Option<SigningKey>, DataError> {
        self.key_in(role.file(), passphrase)
    }

    fn key_in(&self, name: &str, passphrase: &Passphrase) -> Result<Option<SigningKey>, DataError> {
        if !self.path.join(name).exists() {
            return Ok(None);
        }
        secrets::Secrets::of(&self.path, passphrase, None).key(name).map(Some)
    }

    fn next_file(role: Role) -> String {
        role.file().replace(".pem", "-next.pem")
    }

    /// The key that will take over a role, made now or, if that was cut short before, then.
    ///
    /// # Errors
    /// [`DataError`].
    pub fn next_key(&self, role: Role, passphrase: &Passphrase) -> Result<SigningKey, DataError> {
        let name = Self::next_file(role);
        if let Some(begun) = self.key_in(&name, passphrase)? {
            return Ok(begun);
        }
        let key = SigningKey::from_seed(crate::random::bytes()?);
        secrets::write_key(&self.path.join(&name), &key, passphrase)?;
        Ok(key)
    }

    /// Whether a key waits to take over a role: a rotation was cut short.
    pub fn has_next(&self, role: Role) -> bool {
        self.path.join(Self::next_file(role)).exists()
    }

    /// Puts the next key in the place of the one that had the role. That one's file stays, under the key's name.
    ///
    /// # Errors
    /// [`DataError`].
    pub fn take_over(&self, role: Role, passphrase: &Passphrase) -> Result<(), DataError> {
        let (file, next) = (self.path.join(role.file()), self.path.join(Self::next_file(role)));
        if let Some(before) = self.key(role, passphrase)? {
            let aside = self.path.join(format!("keys/former-{}.pem", before.public()));
            files::also_as(&file, &aside)?;
        }
        // One or the other is there at any time.
        files::rename(&next, &file)
    }
}
