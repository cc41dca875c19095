//! Files about forms: the exam body's, and nobody else's before the forms are sat. Each is written whole or not at all, for
//! its owner alone.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use super::Fault;

fn fault(path: &Path, error: &io::Error) -> Fault {
    Fault::new(format!("{}: {error}", path.display()))
}

/// Makes a folder, for its owner alone, and those above it. One that is there stays as it is.
pub(super) fn make_folder(path: &Path) -> Result<(), Fault> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| fault(path, &error))
}

/// Writes a file in the place of the one that is there, if there is one.
pub(super) fn write(path: &Path, content: &str) -> Result<(), Fault> {
    let new = beside(path, content)?;
    fs::rename(&new, path).and_then(|()| folder_of(path)).map_err(|error| {
        // What is not put in its place is of no use to anybody.
        let _ = fs::remove_file(&new);
        fault(path, &error)
    })
}

/// Writes a file where there is none.
pub(super) fn write_new(path: &Path, content: &str) -> Result<(), Fault> {
    let new = beside(path, content)?;
    // A second name is refused where there is such a file, which a change of name would put out of the way.
    let linked = match fs::hard_link(&new, path) {
        // Not every file system has them.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists && !path.exists() => fs::rename(&new, path),
        linked => linked,
    };
    let _ = fs::remove_file(&new);
    linked.and_then(|()| folder_of(path)).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => already(path),
        _ => fault(path, &error),
    })
}

/// What is said where forms lie already.
pub(super) fn already(path: &Path) -> Fault {
    Fault::new(format!(
        "{} is there already, and candidates may have been given its forms: name another folder with --out, or give it up \
         with --replace",
        path.display()
    ))
}

/// Writes a file under another name in the same folder, onto the disk.
fn beside(path: &Path, content: &str) -> Result<PathBuf, Fault> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let new = path.with_file_name(name);
    // One that an earlier attempt left may be anybody's to read.
    match fs::remove_file(&new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(fault(&new, &error)),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written =
        options.open(&new).and_then(|mut file| file.write_all(content.as_bytes()).and_then(|()| file.sync_all()));
    written.map_err(|error| fault(&new, &error))?;
    Ok(new)
}

/// The name of a new file is durable only when its folder is.
fn folder_of(path: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}
