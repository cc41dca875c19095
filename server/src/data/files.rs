//! Files that only their owner may read, written durably, never overwritten.

use std::{
    fs::{self, File, OpenOptions},
    io::Write as _,
    path::Path,
};

use super::DataError;

fn fault(file: &Path, error: &std::io::Error) -> DataError {
    DataError::File { file: file.to_owned(), reason: error.to_string() }
}

pub(crate) fn make_private_dir(path: &Path) -> Result<(), DataError> {
    fs::create_dir_all(path).map_err(|error| fault(path, &error))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(path, fs::Permissions::from_mode(0o700)).map_err(|error| fault(path, &error))?;
    }
    Ok(())
}

pub(crate) fn write_new(path: &Path, content: &[u8]) -> Result<(), DataError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(|error| fault(path, &error))?;
    file.write_all(content).and_then(|()| file.sync_all()).map_err(|error| fault(path, &error))?;
    // The name of a new file is durable only when its directory is.
    #[cfg(unix)]
    if let Some(parent) = path.parent() {
        File::open(parent).and_then(|dir| dir.sync_all()).map_err(|error| fault(parent, &error))?;
    }
    Ok(())
}

pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, DataError> {
    fs::read(path).map_err(|error| fault(path, &error))
}

pub(super) fn read_text(path: &Path) -> Result<String, DataError> {
    fs::read_to_string(path).map_err(|error| fault(path, &error))
}

/// Puts new content in the place of a file's, so that at any time one of the two is there whole.
pub(super) fn replace(path: &Path, content: &[u8]) -> Result<(), DataError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let next = std::path::PathBuf::from(name);
    // Left by one that was cut short.
    if next.exists() {
        fs::remove_file(&next).map_err(|error| fault(&next, &error))?;
    }
    write_new(&next, content)?;
    rename(&next, path)
}

/// Renames a file, durably.
pub(super) fn rename(from: &Path, to: &Path) -> Result<(), DataError> {
    fs::rename(from, to).map_err(|error| fault(from, &error))?;
    #[cfg(unix)]
    if let Some(parent) = to.parent() {
        File::open(parent).and_then(|dir| dir.sync_all()).map_err(|error| fault(parent, &error))?;
    }
    Ok(())
}

/// Gives a file a second name; one that it has already is left.
pub(super) fn also_as(file: &Path, other: &Path) -> Result<(), DataError> {
    if other.exists() {
        return Ok(());
    }
    match fs::hard_link(file, other) {
        Ok(()) => Ok(()),
        // Not every file system has second names.
        Err(_) => write_new(other, &read_bytes(file)?),
    }
}
