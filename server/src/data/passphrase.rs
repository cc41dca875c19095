//! Where the passphrase of the private files comes from.

use std::path::{Path, PathBuf};

use signing::keys::locked::Passphrase;

/// Names the file that holds the passphrase, where no option does.
pub const PASSPHRASE_VARIABLE: &str = "INVIGIL_PASSPHRASE_FILE";

/// Gives the passphrase when a locked file is met; asked at most once for a data directory.
pub trait Passphrases {
    /// The passphrase; `configured` is the file that the data directory's configuration names.
    ///
    /// # Errors
    /// Why there is none, and what to do.
    fn passphrase(&self, configured: Option<&Path>) -> Result<Passphrase, String>;
}

impl Passphrases for Passphrase {
    fn passphrase(&self, _configured: Option<&Path>) -> Result<Passphrase, String> {
        Ok(self.clone())
    }
}

/// From the file that an option names, else a variable, else the configuration; else somebody is asked.
#[derive(Clone, Debug, Default)]
pub struct PassphraseFiles {
    /// The file that an option names.
    pub option: Option<PathBuf>,
    /// Asks a person.
    pub prompt: Option<fn() -> Result<String, String>>,
}

impl PassphraseFiles {
    /// The file, if one is named anywhere.
    pub fn file(&self, configured: Option<&Path>) -> Option<PathBuf> {
        let named = self.option.clone().or_else(|| std::env::var_os(PASSPHRASE_VARIABLE).map(PathBuf::from));
        named.or_else(|| configured.map(Path::to_owned))
    }
}

impl Passphrases for PassphraseFiles {
    fn passphrase(&self, configured: Option<&Path>) -> Result<Passphrase, String> {
        if let Some(file) = self.file(configured) {
            return read(&file);
        }
        let nowhere =
            format!("needs a passphrase: name a file that holds it, by --passphrase-file or {PASSPHRASE_VARIABLE}");
        let asked = self.prompt.ok_or(nowhere)?()?;
        Passphrase::new(&asked).map_err(|fault| fault.to_string())
    }
}

/// Reads a passphrase: the first line of a file.
///
/// # Errors
/// Why it cannot be read.
pub fn read(file: &Path) -> Result<Passphrase, String> {
    let fault = |reason: String| format!("needs a passphrase, but {}: {reason}", file.display());
    let text = std::fs::read_to_string(file).map_err(|error| fault(error.to_string()))?;
    Passphrase::new(text.lines().next().unwrap_or_default()).map_err(|error| fault(error.to_string()))
}
