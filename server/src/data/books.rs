//! Open books that packages name, each under the hash of its document: written once, never changed, never removed, since a
//! package may be opened long after it was sealed.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use question_bank::canonical::sha256_hex;

use super::DataError;

/// The folder of open books in a data directory.
#[derive(Clone, Debug)]
pub struct Books {
    folder: PathBuf,
}

impl Books {
    pub(super) fn of(data: &Path) -> Self {
        Self { folder: data.join("open-books") }
    }

    /// Keeps a document; on disk when it returns.
    ///
    /// # Errors
    /// [`DataError`] with the file that cannot be written.
    pub fn keep(&self, sha256: &str, document: &[u8]) -> Result<(), DataError> {
        let file = self.file(sha256);
        // What is damaged, or cannot be read, is written anew: the right bytes are at hand.
        if matches!(self.get(sha256), Ok(Some(_))) {
            return Ok(());
        }
        let write = || {
            if !self.folder.is_dir() {
                fs::create_dir_all(&self.folder)?;
                // The folder's own entry has to outlive a power cut as well.
                #[cfg(unix)]
                self.folder.parent().map_or(Ok(()), |data| File::open(data)?.sync_all())?;
            }
            // Each writer has a file of its own, and either puts the same in place.
            let new = self.folder.join(format!("{sha256}.{}.new", std::process::id()));
            let mut handle = File::create(&new)?;
            handle.write_all(document)?;
            handle.sync_all()?;
            fs::rename(&new, &file)?;
            #[cfg(unix)]
            File::open(&self.folder)?.sync_all()?;
            Ok(())
        };
        write().map_err(|error: io::Error| DataError::File { file: file.clone(), reason: error.to_string() })
    }

    /// The document with this hash; `None` if there is none, or the text is no hash.
    ///
    /// # Errors
    /// [`DataError`] if it cannot be read, or is damaged.
    pub fn get(&self, sha256: &str) -> Result<Option<Vec<u8>>, DataError> {
        // It comes from an address: nothing but a hash leads to a file.
        let is_hash = sha256.len() == 64 && sha256.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if !is_hash {
            return Ok(None);
        }
        let file = self.file(sha256);
        match fs::read(&file) {
            Ok(bytes) if sha256_hex(&bytes) == sha256 => Ok(Some(bytes)),
            Ok(_) => {
                let reason = "is damaged: put the open book's document back from a copy of this directory".to_owned();
                Err(DataError::File { file, reason })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(DataError::File { file, reason: error.to_string() }),
        }
    }

    fn file(&self, sha256: &str) -> PathBuf {
        self.folder.join(format!("{sha256}.json"))
    }
}
