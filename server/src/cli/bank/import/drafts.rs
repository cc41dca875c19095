//! Writing drafts into a bank.

use std::{
    collections::BTreeMap,
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
};

use super::report::Report;

/// Writes every draft and its images; gives how many drafts there are.
///
/// # Errors
/// A sentence on the first file that cannot be written; then none of them is there.
pub(super) fn write(folder: &Path, report: &Report) -> Result<usize, String> {
    let mut files: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
    let mut drafts = 0;
    for native in report.natives() {
        // The items of a set lie in one file.
        files.insert(folder.join(&native.path), native.text.clone().into_bytes());
        files.extend(native.images.iter().map(|(path, bytes)| (folder.join(path), bytes.clone())));
        drafts += 1;
    }
    let mut written = Vec::new();
    for (path, bytes) in &files {
        if let Err(error) = write_new(path, bytes, &mut written) {
            // They were made a moment ago, by nobody else.
            written.iter().for_each(|path| drop(std::fs::remove_file(path)));
            return Err(format!("{}: {error}; no draft was written", path.display()));
        }
    }
    Ok(drafts)
}

fn write_new(path: &PathBuf, bytes: &[u8], written: &mut Vec<PathBuf>) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
    let mut file = File::create_new(path)?;
    written.push(path.clone());
    file.write_all(bytes)?;
    file.sync_all()
}
