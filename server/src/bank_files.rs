//! Reading a bank's folder.

use std::path::{Path, PathBuf};

use chrono::{NaiveDate, Utc};
use question_bank::{
    Bank, BankSecret, Finding, HashedBank, SourceFile,
    bank::{MAX_FILE_BYTES, MAX_FILES},
};

/// A bank that cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BankError {
    /// A file or folder cannot be read.
    #[error("{}: {reason}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        reason: std::io::Error,
    },
    /// Items are at fault.
    #[error("the bank {} has {count} faults that forbid its use, first {first}; «invigil bank lint» lists all", path.display())]
    Faults {
        /// The bank's folder.
        path: PathBuf,
        /// How many.
        count: usize,
        /// The first of them.
        first: String,
    },
    /// No scheme.
    #[error("the bank {} has no usable scheme.toml", path.display())]
    NoScheme {
        /// The bank's folder.
        path: PathBuf,
    },
}

/// Every file of a bank's folder, two levels deep, sorted by path.
///
/// # Errors
/// [`BankError::Io`] with the place that cannot be read.
pub(crate) fn read(folder: &Path) -> Result<Vec<SourceFile>, BankError> {
    let mut files = Vec::new();
    collect(folder, "", 0, &mut files)?;
    files.sort_by(|a: &SourceFile, b| a.path.cmp(&b.path));
    Ok(files)
}

fn collect(folder: &Path, prefix: &str, depth: usize, files: &mut Vec<SourceFile>) -> Result<(), BankError> {
    let io = |path: &Path, reason| BankError::Io { path: path.to_owned(), reason };
    for entry in std::fs::read_dir(folder).map_err(|error| io(folder, error))? {
        let entry = entry.map_err(|error| io(folder, error))?;
        let path = entry.path();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let meta = std::fs::metadata(&path).map_err(|error| io(&path, error))?;
        if meta.is_dir() {
            if depth < 1 {
                collect(&path, &format!("{name}/"), depth + 1, files)?;
            }
        } else if meta.is_file() && files.len() <= MAX_FILES {
            // One byte more than is read tells the loader that the file is too long.
            let mut content = Vec::new();
            let file = std::fs::File::open(&path).map_err(|error| io(&path, error))?;
            std::io::Read::read_to_end(&mut std::io::Read::take(file, MAX_FILE_BYTES as u64 + 1), &mut content)
                .map_err(|error| io(&path, error))?;
            files.push(SourceFile::new(name, content));
        }
    }
    Ok(())
}

/// The day (UTC) that review dates are judged by.
pub(crate) fn today() -> NaiveDate {
    Utc::now().date_naive()
}

/// A bank with all its faults.
///
/// # Errors
/// [`BankError::Io`].
pub(crate) fn load(folder: &Path) -> Result<(Bank, Vec<Finding>), BankError> {
    Ok(Bank::load(&read(folder)?, today()))
}

/// A bank ready for use.
///
/// # Errors
/// [`BankError`]; a bank with structural faults is refused as a whole.
pub(crate) fn hashed(folder: &Path, secret: &BankSecret) -> Result<HashedBank, BankError> {
    let (bank, findings) = load(folder)?;
    let blocking: Vec<&Finding> = findings.iter().filter(|finding| finding.blocks_use()).collect();
    if let Some(first) = blocking.first() {
        let first = format!("{}:{}: {}", first.file, first.line, first.message);
        return Err(BankError::Faults { path: folder.to_owned(), count: blocking.len(), first });
    }
    HashedBank::new(bank, secret).map_err(|_| BankError::NoScheme { path: folder.to_owned() })
}
