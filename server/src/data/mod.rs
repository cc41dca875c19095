//! The data directory: configuration, keys and the database of one server.
//!
//! ```text
//! invigil.toml       configuration
//! MARK.png           the issuer's mark, if the configuration names one
//! fonts/             fonts for names in scripts that the program brings none for, if there are any
//! invigil.db         SQLite (with -wal and -shm beside it)
//! open-books/        the open books that packages name, SHA256.json each
//! keys/issuer.pem    Ed25519 key that signs certificates (PKCS#8)
//! keys/exam.pem      Ed25519 key that signs manifests, grants and acknowledgements (PKCS#8)
//! keys/exam.age      age identity that opens response files
//! keys/bank.secret   salts the hashes of item versions
//! keys/token.secret  signs bearer tokens
//! keys/admin.phc     Argon2id hash of the administrator's password
//! ```

mod books;
mod config;
mod files;
mod password;

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use question_bank::BankSecret;
use signing::{keys::SigningKey, sealing::Identity};
use storage_sqlite::SqliteStore;

use crate::{
    issue::{Fonts, Mark},
    random::{self, NoRandomness},
    token::TokenSecret,
};

pub use books::Books;
pub use config::{Config, IssuerConfig};
pub use password::PasswordHash;

/// Why a data directory cannot be made or used.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// A file cannot be read, written, or made sense of.
    #[error("{}: {reason}", file.display())]
    File {
        /// The file or directory.
        file: PathBuf,
        /// What is wrong with it and what to do.
        reason: String,
    },
    /// The database cannot be opened.
    #[error(transparent)]
    Store(#[from] storage::StoreError),
    /// No randomness for keys.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

/// The exam body's keys for sittings, apart from those of certificates.
pub struct ExamKeys {
    /// Signs manifests, grants and acknowledgements.
    pub signing: SigningKey,
    /// Opens response files.
    pub identity: Identity,
}

/// A data directory that was opened: all files were read and make sense.
pub struct DataDir {
    /// Where it is.
    pub path: PathBuf,
    /// The configuration.
    pub config: Config,
    /// The issuer's mark.
    pub mark: Option<Mark>,
    /// The bundled fonts with those of the folder `fonts`, if it is there.
    pub fonts: Option<Fonts>,
    /// Signs certificates.
    pub issuer_key: SigningKey,
    /// Signs what a sitting needs, and opens what comes back.
    pub exam_keys: ExamKeys,
    /// Salts item hashes.
    pub bank_secret: BankSecret,
    /// Signs tokens.
    pub token_secret: TokenSecret,
    /// The administrator's password.
    pub admin: PasswordHash,
}

impl DataDir {
    /// Makes a new directory with fresh keys; the administrator's password is drawn and returned.
    ///
    /// # Errors
    /// [`DataError`] if there is something already: nothing is ever overwritten.
    pub fn create(path: &Path, config: &Config) -> Result<String, DataError> {
        files::make_private_dir(path)?;
        files::make_private_dir(&path.join("keys"))?;
        let password = hex::encode(random::bytes::<8>()?);
        let key = SigningKey::from_seed(random::bytes()?);
        let hash = PasswordHash::of(&password, &random::bytes()?);
        files::write_new(&path.join("keys/issuer.pem"), key.to_pkcs8_pem().as_bytes())?;
        files::write_new(
            &path.join("keys/exam.pem"),
            SigningKey::from_seed(random::bytes()?).to_pkcs8_pem().as_bytes(),
        )?;
        let identity = Identity::from_bytes(&random::bytes()?).to_secret_text();
        files::write_new(&path.join("keys/exam.age"), identity.as_bytes())?;
        files::write_new(&path.join("keys/bank.secret"), hex::encode(random::bytes::<32>()?).as_bytes())?;
        files::write_new(&path.join("keys/token.secret"), hex::encode(random::bytes::<32>()?).as_bytes())?;
        files::write_new(&path.join("keys/admin.phc"), hash.as_str().as_bytes())?;
        SqliteStore::open(&path.join("invigil.db"), true)?;
        // Last, since it is what makes the directory one: a creation cut short is seen as such.
        files::write_new(&path.join("invigil.toml"), config.write().as_bytes())?;
        Ok(password)
    }

    /// Whether a directory was made here.
    pub fn exists(path: &Path) -> bool {
        path.join("invigil.toml").exists()
    }

    /// Reads configuration and keys.
    ///
    /// # Errors
    /// [`DataError`] with the first file that is missing, unreadable or damaged.
    pub fn open(path: &Path) -> Result<Self, DataError> {
        let read = |name: &str| files::read_text(&path.join(name));
        let faulty = |name: &str, reason: String| DataError::File { file: path.join(name), reason };
        if !Self::exists(path) {
            let reason = "is not a data directory (it has no invigil.toml); make one with «invigil init»".to_owned();
            return Err(DataError::File { file: path.to_owned(), reason });
        }
        let config = Config::read(&read("invigil.toml")?).map_err(|reason| faulty("invigil.toml", reason))?;
        let issuer_key = SigningKey::from_pkcs8_pem(&read("keys/issuer.pem")?)
            .map_err(|error| faulty("keys/issuer.pem", error.to_string()))?;
        let exam_keys = ExamKeys {
            signing: SigningKey::from_pkcs8_pem(&read("keys/exam.pem")?)
                .map_err(|error| faulty("keys/exam.pem", error.to_string()))?,
            identity: Identity::parse(&read("keys/exam.age")?)
                .map_err(|error| faulty("keys/exam.age", error.to_string()))?,
        };
        let mark = config.issuer.mark.as_deref().map(|name| {
            // A name only: the configuration points nowhere else.
            let plain = Path::new(name).file_name().is_some_and(|file| file == name);
            let refused =
                || faulty("invigil.toml", format!("issuer.mark is {name:?}, write the name of a file beside it"));
            let bytes = if plain { files::read_bytes(&path.join(name)) } else { Err(refused()) };
            Mark::new(bytes?).map_err(|reason| faulty(name, reason))
        });
        let secret = |name: &str| -> Result<[u8; 32], DataError> {
            let mut bytes = [0; 32];
            hex::decode_to_slice(read(name)?.trim(), &mut bytes)
                .map_err(|_| faulty(name, "must hold 64 hexadecimal digits".into()))?;
            Ok(bytes)
        };
        let admin = PasswordHash::read(&read("keys/admin.phc")?)
            .ok_or_else(|| faulty("keys/admin.phc", "is no password hash in PHC form".into()))?;
        let folder = path.join("fonts");
        let fonts = folder.is_dir().then(|| Fonts::bundled()?.with_folder(&folder));
        let fonts = fonts.transpose().map_err(|error| faulty("fonts", error.to_string()))?;
        Ok(Self {
            path: path.to_owned(),
            mark: mark.transpose()?,
            fonts,
            config,
            issuer_key,
            exam_keys,
            bank_secret: BankSecret::new(secret("keys/bank.secret")?),
            token_secret: TokenSecret::new(secret("keys/token.secret")?),
            admin,
        })
    }

    /// The open books.
    pub fn books(&self) -> Books {
        Books::of(&self.path)
    }

    /// Opens the database.
    ///
    /// # Errors
    /// [`storage::StoreError::Open`].
    pub fn store(&self) -> Result<SqliteStore, storage::StoreError> {
        SqliteStore::open(&self.path.join("invigil.db"), false)
    }

    /// Makes sure that one server at a time uses the directory; the lock ends with the file's handle.
    ///
    /// # Errors
    /// [`DataError`] if another server holds it.
    pub fn lock(&self) -> Result<File, DataError> {
        let file = self.path.join("server.lock");
        let fault = |reason: String| DataError::File { file: file.clone(), reason };
        let handle = File::create(&file).map_err(|error| fault(error.to_string()))?;
        handle.try_lock().map_err(|_| fault("another server uses this data directory".into()))?;
        Ok(handle)
    }
}
