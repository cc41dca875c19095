//! Opening data directories whose private files are locked.

use std::{
    io::IsTerminal as _,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use signing::keys::locked::Passphrase;

use super::{Fault, output};
use crate::data::{self, DataDir, PassphraseFiles};

/// What `--passphrase-file` named, for the whole process.
static OPTION: OnceLock<Option<PathBuf>> = OnceLock::new();

pub(super) fn remember(option: Option<PathBuf>) {
    let _ = OPTION.set(option);
}

fn files() -> PassphraseFiles {
    let prompt: fn() -> Result<String, String> = || typed("Passphrase of the private files: ");
    let prompt = std::io::stdin().is_terminal().then_some(prompt);
    PassphraseFiles { option: OPTION.get().cloned().flatten(), prompt }
}

/// Asks at the terminal, without showing what is typed.
pub(super) fn typed(question: &str) -> Result<String, String> {
    rpassword::prompt_password(question).map_err(|error| format!("needs a passphrase, but none can be typed ({error})"))
}

/// Opens a data directory; says which private files are not locked.
pub(super) fn open(path: &Path) -> Result<DataDir, Fault> {
    let data = DataDir::open_with(path, &files())?;
    warn(&data);
    Ok(data)
}

/// The same, without a word about what is not locked.
pub(super) fn open_quietly(path: &Path) -> Result<DataDir, Fault> {
    Ok(DataDir::open_with(path, &files())?)
}

fn warn(data: &DataDir) {
    if data.clear.is_empty() {
        return;
    }
    let names: Vec<String> = data.clear.iter().map(|file| file.display().to_string()).collect();
    output::warning(format!(
        "{} in clear: whoever copies them has them; lock them with «invigil key encrypt --data {}»",
        if let [one] = names.as_slice() { format!("{one} is") } else { format!("{} are", names.join(", ")) },
        data.path.display()
    ));
}

/// The passphrase that opened a data directory; of one in clear, a new one.
pub(super) fn of(data: &DataDir) -> Result<Passphrase, Fault> {
    data.passphrase.clone().map_or_else(new, Ok)
}

/// A passphrase for files that are not there yet: from the file that an option or the environment names, or typed twice.
pub(super) fn new() -> Result<Passphrase, Fault> {
    let files = files();
    if let Some(file) = files.file(None) {
        return data::read_passphrase(&file).map_err(Fault::new);
    }
    if files.prompt.is_none() {
        return Err(Fault::new(format!(
            "the private files need a passphrase: name a file that holds it, by --passphrase-file or {}",
            data::PASSPHRASE_VARIABLE
        )));
    }
    typed_twice("the private files")
}

/// A new passphrase, typed twice.
pub(super) fn typed_twice(what: &str) -> Result<Passphrase, Fault> {
    let first = typed(&format!("New passphrase of {what}: ")).map_err(Fault::new)?;
    let second = typed("The same again: ").map_err(Fault::new)?;
    if first != second {
        return Err(Fault::new("the two passphrases differ; nothing was made"));
    }
    Ok(Passphrase::new(&first)?)
}
