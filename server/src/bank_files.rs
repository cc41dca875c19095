//! Reading a bank's folder.

use std::{
    collections::BTreeMap,
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
};

use chrono::{NaiveDate, Utc};
use item::OpenBook;
use question_bank::{
    Bank, BankSecret, Finding, HashedBank, SourceFile,
    bank::{MAX_FILE_BYTES, MAX_FILES, Status, read_open_book},
    lifecycle::{Broken, History},
    lint,
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
    /// Sections of an open book are at fault.
    #[error("the open book {} has {count} faults that forbid its use, first {first}; «invigil bank lint --open-book» lists all", path.display())]
    Book {
        /// The book's folder.
        path: PathBuf,
        /// How many.
        count: usize,
        /// The first of them.
        first: String,
    },
    /// A history does not hold.
    #[error("{file}:{}: {broken}", broken.line)]
    History {
        /// Path within the bank.
        file: String,
        /// Where and why.
        broken: Broken,
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
            let file = File::open(&path).map_err(|error| io(&path, error))?;
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

/// A bank as if it had no history, with all its other faults: for who continues the histories.
pub(crate) fn load_without_history(files: &[SourceFile]) -> (Bank, Vec<Finding>) {
    let files: Vec<SourceFile> = files.iter().filter(|file| Histories::item_of(file).is_none()).cloned().collect();
    Bank::load(&files, today())
}

/// The histories among a bank's files.
pub(crate) struct Histories<'a>(BTreeMap<&'a str, &'a SourceFile>);

impl<'a> Histories<'a> {
    /// Finds them.
    pub(crate) fn of(files: &'a [SourceFile]) -> Self {
        Self(files.iter().filter_map(|file| Some((Self::item_of(file)?, file))).collect())
    }

    fn item_of(file: &SourceFile) -> Option<&str> {
        file.path.strip_prefix("history/")?.strip_suffix(".jsonl")
    }

    /// Ids of the items that have one.
    pub(crate) fn items(&self) -> impl Iterator<Item = &str> {
        self.0.keys().copied()
    }

    /// Whether an item has one.
    pub(crate) fn has(&self, item: &str) -> bool {
        self.0.contains_key(item)
    }

    /// An item's history; empty if it has none.
    ///
    /// # Errors
    /// [`BankError::History`] with the first line that does not hold.
    pub(crate) fn history(&self, item: &str) -> Result<History, BankError> {
        let Some(file) = self.0.get(item) else { return Ok(History::default()) };
        let text = String::from_utf8_lossy(&file.content);
        History::read(item, &text).map_err(|broken| BankError::History { file: file.path.clone(), broken })
    }
}

/// Keeps others from continuing a bank's histories, as long as the handle lives.
///
/// # Errors
/// [`BankError::Io`] if the bank has no `scheme.toml`, which is what is locked.
pub(crate) fn lock(folder: &Path) -> Result<File, BankError> {
    let path = folder.join("scheme.toml");
    let locked = File::open(&path).and_then(|file| file.lock().map(|()| file));
    locked.map_err(|reason| BankError::Io { path, reason })
}

/// Appends a line to a file of a bank, on disk when it returns.
///
/// # Errors
/// [`BankError::Io`].
pub(crate) fn append(folder: &Path, name: &str, line: &str) -> Result<(), BankError> {
    let path = folder.join(name);
    let write = || {
        path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        let mut file = File::options().create(true).append(true).open(&path)?;
        file.write_all(format!("{line}\n").as_bytes())?;
        file.sync_all()
    };
    write().map_err(|reason| BankError::Io { path: path.clone(), reason })
}

/// Puts a text in the place of a bank's file, whole or not at all.
///
/// # Errors
/// [`BankError::Io`].
pub(crate) fn replace(folder: &Path, name: &str, text: &str) -> Result<(), BankError> {
    let path = folder.join(name);
    let new = path.with_extension("new");
    let write = || {
        let mut file = File::create(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&new, &path)
    };
    write().map_err(|reason| BankError::Io { path: path.clone(), reason })
}

/// An open book with all its faults; without a book if one of them forbids that.
///
/// # Errors
/// [`BankError::Io`].
pub(crate) fn open_book(folder: &Path) -> Result<(Option<OpenBook>, Vec<Finding>), BankError> {
    Ok(read_open_book(&read(folder)?))
}

/// An open book ready for use.
///
/// # Errors
/// [`BankError::Io`], or [`BankError::Book`] with the first fault.
pub(crate) fn sound_open_book(folder: &Path) -> Result<OpenBook, BankError> {
    let (book, findings) = open_book(folder)?;
    let mut faults = findings.iter().filter(|finding| finding.is_error());
    let first = faults.next().map(|fault| format!("{}:{}: {}", fault.file, fault.line, fault.message));
    book.ok_or_else(|| BankError::Book {
        path: folder.to_owned(),
        count: 1 + faults.count(),
        first: first.unwrap_or_default(),
    })
}

/// A bank ready for use.
///
/// # Errors
/// [`BankError`]; a bank with structural faults is refused as a whole.
pub(crate) fn hashed(folder: &Path, secret: &BankSecret) -> Result<HashedBank, BankError> {
    let (bank, findings) = load(folder)?;
    let faults = findings.iter().filter(|finding| finding.blocks_use());
    let faults = faults.map(|fault| format!("{}:{}: {}", fault.file, fault.line, fault.message));
    // Flaws of a draft are its author's business; of anything else they are errors.
    let flaws = lint::open_errors(&bank, today()).into_iter().filter(|flaw| !is_draft(&bank, flaw.item.as_deref()));
    let flaws = flaws.map(|flaw| format!("{}:{}: {}", flaw.file, flaw.line, flaw.message));
    let mut blocking = faults.chain(flaws);
    if let Some(first) = blocking.next() {
        return Err(BankError::Faults { path: folder.to_owned(), count: 1 + blocking.count(), first });
    }
    drop(blocking);
    HashedBank::new(bank, secret).map_err(|_| BankError::NoScheme { path: folder.to_owned() })
}

fn is_draft(bank: &Bank, item: Option<&str>) -> bool {
    item.and_then(|id| bank.items.get(id)).is_some_and(|item| item.status == Status::Draft)
}
