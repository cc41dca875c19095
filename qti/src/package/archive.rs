//! The files of a ZIP archive, within bounds.

use std::{
    cell::Cell,
    collections::BTreeMap,
    io::{self, Read, Seek, SeekFrom},
};

use zip::ZipArchive;

use super::{MAX_ENTRIES, MAX_FILE, MAX_PACKED, MAX_RATIO, MAX_UNPACKED, RATIO_FROM, path::is_clean};
use crate::fault::{Fault, What};

/// The most bytes that are read to find out what an archive holds: 400 for each entry.
const MAX_DIRECTORY: u64 = 8 * 1024 * 1024;

/// The most bytes that are read of an archive altogether: its content, its directory, and the heads of its entries twice.
const MAX_READ: u64 = 2 * MAX_PACKED + 2 * MAX_DIRECTORY;

/// All files of an archive by their paths.
///
/// No more memory is taken than the bounds say, whatever the archive claims.
///
/// # Errors
/// All that is wrong with the archive.
pub(super) fn unpack<R: Read + Seek>(name: &str, mut source: R) -> Result<BTreeMap<String, Vec<u8>>, Vec<Fault>> {
    let about = |what| vec![Fault { file: name.to_owned(), place: None, what }];
    let broken = |error: &dyn std::fmt::Display| about(What::Zip(error.to_string()));
    let bytes = source.seek(SeekFrom::End(0)).map_err(|error| broken(&error))?;
    if bytes > MAX_PACKED {
        return Err(about(What::TooLarge { bytes, most: MAX_PACKED }));
    }
    source.seek(SeekFrom::Start(0)).map_err(|error| broken(&error))?;
    let budget = Cell::new(MAX_DIRECTORY);
    let bounded = Bounded { source, left: &budget };
    let mut archive = ZipArchive::new(bounded).map_err(|error| broken(&error))?;
    budget.set(MAX_READ);
    if archive.len() > MAX_ENTRIES {
        return Err(about(What::TooMany { what: "entries", most: MAX_ENTRIES }));
    }
    if archive.has_duplicate_names() {
        return Err(about(What::DuplicateEntry));
    }
    if archive.has_overlapping_entries().map_err(|error| broken(&error))? {
        return Err(about(What::Overlap));
    }
    let (mut files, mut faults) = (BTreeMap::new(), Vec::new());
    let mut left = MAX_UNPACKED;
    for at in 0..archive.len() {
        match entry(&mut archive, at, left) {
            Ok(None) => {}
            Ok(Some((path, content))) => {
                left = left.saturating_sub(content.len() as u64);
                files.insert(path, content);
            }
            Err((path, what)) => {
                let over = matches!(what, What::TooLarge { most: MAX_UNPACKED, .. });
                faults.push(Fault { file: path, place: None, what });
                if over {
                    break;
                }
            }
        }
    }
    if faults.is_empty() { Ok(files) } else { Err(faults) }
}

/// A path, and what is there.
type File = (String, Vec<u8>);

/// An entry with its content; `None` of a folder.
fn entry<R: Read + Seek>(
    archive: &mut ZipArchive<Bounded<'_, R>>,
    at: usize,
    left: u64,
) -> Result<Option<File>, (String, What)> {
    let broken = |error: &dyn std::fmt::Display| What::Zip(error.to_string());
    // Looked at raw first: an entry that is encrypted, or packed in a way that is not read, has a name all the same.
    let (path, packed, size) = {
        let raw = archive.by_index_raw(at).map_err(|error| (format!("entry {at}"), broken(&error)))?;
        let path = raw.name().map_err(|error| (format!("entry {at}"), broken(&error)))?.into_owned();
        if !is_clean(path.strip_suffix('/').unwrap_or(&path)) {
            return Err((path.clone(), What::Path(path)));
        }
        // Anything but a plain file or folder: links, devices, pipes.
        let special = raw.unix_mode().is_some_and(|mode| !matches!(mode & 0o170_000, 0 | 0o100_000 | 0o040_000));
        if raw.is_symlink() || special {
            return Err((path, What::NotAFile));
        }
        if raw.encrypted() {
            return Err((path, What::Encrypted));
        }
        if raw.is_dir() {
            return Ok(None);
        }
        (path, raw.compressed_size(), raw.size())
    };
    let most = MAX_FILE.min(packed.saturating_mul(MAX_RATIO).max(RATIO_FROM));
    let too_large = |bytes: u64| match () {
        () if bytes > MAX_FILE => What::TooLarge { bytes, most: MAX_FILE },
        () if bytes > left => What::TooLarge { bytes: MAX_UNPACKED - left + bytes, most: MAX_UNPACKED },
        () => What::Ratio { most: MAX_RATIO },
    };
    if size > most.min(left) {
        return Err((path, too_large(size)));
    }
    let file = archive.by_index(at).map_err(|error| (path.clone(), broken(&error)))?;
    let mut content = Vec::new();
    // The sizes are claims; what is read is not.
    let read = file.take(most.min(left) + 1).read_to_end(&mut content);
    match read {
        Err(error) => Err((path, broken(&error))),
        Ok(bytes) if bytes as u64 > most.min(left) => Err((path, too_large(bytes as u64))),
        Ok(_) => Ok(Some((path, content))),
    }
}

/// A source that gives up once what is read to open an archive is more than a directory can be.
struct Bounded<'b, R> {
    source: R,
    left: &'b Cell<u64>,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        let left = self.left.get().checked_sub(read as u64);
        self.left.set(left.ok_or_else(|| io::Error::other("its directory is larger than that of any package"))?);
        Ok(read)
    }
}

impl<R: Seek> Seek for Bounded<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.source.seek(to)
    }
}
