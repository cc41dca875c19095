//! Writing drafts into a bank.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::report::Report;

/// Writes every draft and its images; gives how many drafts there are. What is there already to the byte counts as written.
///
/// # Errors
/// A sentence on the first file that cannot be written, or that drafts hold with different content; then none of them is
/// there.
pub(super) fn write(folder: &Path, report: &Report) -> Result<usize, String> {
    let (files, drafts) = gathered(report)?;
    let mut written = Vec::new();
    for (path, bytes) in files {
        let path = folder.join(path);
        if let Err(error) = write_new(&path, bytes, &mut written) {
            // They were made a moment ago, by nobody else.
            written.iter().for_each(|path| drop(std::fs::remove_file(path)));
            return Err(format!("{}: {error}; no draft was written", path.display()));
        }
    }
    Ok(drafts)
}

/// Files by their paths in the bank.
type Files<'r> = BTreeMap<&'r str, &'r [u8]>;

/// Every file that is to be written, and how many drafts there are.
fn gathered(report: &Report) -> Result<(Files<'_>, usize), String> {
    let mut files = Files::new();
    let mut drafts = 0;
    let mut before: Option<&Arc<str>> = None;
    for native in report.natives() {
        drafts += 1;
        // The items of a set have one file with one set of images.
        if before.replace(&native.text).is_some_and(|before| Arc::ptr_eq(before, &native.text)) {
            continue;
        }
        let images = native.images.iter().map(|(path, bytes)| (path.as_str(), &**bytes));
        // Several items may show one image.
        for (path, bytes) in std::iter::once((native.path.as_str(), native.text.as_bytes())).chain(images) {
            match files.entry(path) {
                Entry::Vacant(free) => drop(free.insert(bytes)),
                Entry::Occupied(taken) if std::ptr::eq(*taken.get(), bytes) || *taken.get() == bytes => {}
                Entry::Occupied(_) => {
                    return Err(format!(
                        "«{path}»: two of the files hold different content of this name; no draft was written: import them \
                         one by one into folders of their own"
                    ));
                }
            }
        }
    }
    Ok((files, drafts))
}

fn write_new(path: &PathBuf, bytes: &[u8], written: &mut Vec<PathBuf>) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
    let mut file = match File::create_new(path) {
        Err(_) if holds(path, bytes) => return Ok(()),
        made => made?,
    };
    written.push(path.clone());
    file.write_all(bytes)?;
    file.sync_all()
}

/// Whether a file is there with this content.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    let is_as_long = std::fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() == bytes.len() as u64);
    is_as_long && std::fs::read(path).is_ok_and(|content| content == bytes)
}
