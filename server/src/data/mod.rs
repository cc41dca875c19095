//! The data directory: configuration, keys and the database of one server.
//!
//! ```text
//! invigil.toml       configuration
//! MARK.png           the issuer's mark, if the configuration names one
//! fonts/             fonts for names in scripts that the program brings none for, if there are any
//! invigil.db         SQLite (with -wal and -shm beside it)
//! open-books/        the open books that packages name, SHA256.json each
//! keys/issuer.pem    Ed25519 key that signs certificates
//! keys/status.pem    Ed25519 key that signs status lists, if the issuer's does not
//! keys/log.pem       Ed25519 key that signs checkpoints of the log
//! keys/exam.pem      Ed25519 key that signs manifests, grants and acknowledgements
//! keys/exam.age      age identity that opens response files
//! keys/bank.secret   salts the hashes of item versions
//! keys/token.secret  signs bearer tokens
//! keys/admin.phc     Argon2id hash of the administrator's password
//! keys/history.json  what the root key states about these keys; public
//! ```
//!
//! What is private in `keys/` is locked with one passphrase: `.pem` as encrypted PKCS#8, `.age` and `.secret` as age files.

mod books;
mod config;
mod files;
mod keys;
mod passphrase;
mod password;
mod root;
mod secrets;

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use question_bank::BankSecret;
use signing::{
    keys::{KeyHistory, SigningKey, locked::Passphrase},
    sealing::Identity,
};
use storage_sqlite::SqliteStore;

use crate::{
    issue::{Fonts, Mark},
    random::{self, NoRandomness},
    token::TokenSecret,
};

pub use books::Books;
pub use config::{Config, IssuerConfig};
pub(crate) use files::{make_private_dir, write_new};
pub use keys::{Role, read_history, write_history};
pub use passphrase::{PASSPHRASE_VARIABLE, PassphraseFiles, Passphrases, read as read_passphrase};
pub use password::PasswordHash;
pub use root::RootFolder;
use secrets::Secrets;

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
    /// Signs status lists, if the issuer's key does not.
    pub status_key: Option<SigningKey>,
    /// What the root key states.
    pub history: Option<KeyHistory>,
    /// Private files that are not locked, as earlier versions wrote them.
    pub clear: Vec<PathBuf>,
    /// What opened the others.
    pub passphrase: Option<Passphrase>,
    /// Signs checkpoints of the log.
    pub log_key: SigningKey,
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
    /// Makes a new directory with fresh keys, locked with a passphrase; the administrator's password is drawn and returned.
    ///
    /// # Errors
    /// [`DataError`] if there is something already: nothing is ever overwritten.
    pub fn create(path: &Path, config: &Config, passphrase: &Passphrase) -> Result<String, DataError> {
        files::make_private_dir(path)?;
        files::make_private_dir(&path.join("keys"))?;
        let password = hex::encode(random::bytes::<8>()?);
        let hash = PasswordHash::of(&password, &random::bytes()?);
        for role in [Role::Issuer, Role::Log, Role::Exam] {
            secrets::write_key(&path.join(role.file()), &SigningKey::from_seed(random::bytes()?), passphrase)?;
        }
        let identity = Identity::from_bytes(&random::bytes()?).to_secret_text();
        let write = |name: &str, text: &str| secrets::write_text(&path.join(name), text, passphrase);
        write("keys/exam.age", &identity)?;
        write("keys/bank.secret", &hex::encode(random::bytes::<32>()?))?;
        write("keys/token.secret", &hex::encode(random::bytes::<32>()?))?;
        files::write_new(&path.join("keys/admin.phc"), hash.as_str().as_bytes())?;
        SqliteStore::open(&path.join("invigil.db"), true)?;
        // Last, since it is what makes the directory one: a creation cut short is seen as such.
        files::write_new(&path.join("invigil.toml"), config.write().as_bytes())?;
        Ok(password)
    }

    /// The same with a passphrase that is drawn and kept in the file `passphrase` beside the configuration, which names it. For
    /// demonstrations: whoever has the directory has the keys.
    ///
    /// # Errors
    /// As [`Self::create`].
    pub fn create_with_passphrase_file(path: &Path, config: &Config) -> Result<String, DataError> {
        files::make_private_dir(path)?;
        let drawn = random::bytes::<16>()?;
        files::write_new(&path.join("passphrase"), format!("{}\n", hex::encode(drawn)).as_bytes())?;
        let config = Config { passphrase_file: Some("passphrase".into()), ..config.clone() };
        Self::create(path, &config, &Passphrase::drawn(&drawn))
    }

    /// Whether a directory was made here.
    pub fn exists(path: &Path) -> bool {
        path.join("invigil.toml").exists()
    }

    /// Reads configuration and keys. The passphrase is in the file that the environment or the configuration names.
    ///
    /// # Errors
    /// As [`Self::open_with`].
    pub fn open(path: &Path) -> Result<Self, DataError> {
        Self::open_with(path, &PassphraseFiles::default())
    }

    /// The configuration of a directory.
    ///
    /// # Errors
    /// [`DataError`].
    pub fn read_config(path: &Path) -> Result<Config, DataError> {
        if !Self::exists(path) {
            let reason = "is not a data directory (it has no invigil.toml); make one with «invigil init»".to_owned();
            return Err(DataError::File { file: path.to_owned(), reason });
        }
        let file = path.join("invigil.toml");
        Config::read(&files::read_text(&file)?).map_err(|reason| DataError::File { file, reason })
    }

    /// Reads configuration and keys.
    ///
    /// # Errors
    /// [`DataError`] with the first file that is missing, unreadable, damaged, or does not open.
    pub fn open_with(path: &Path, passphrases: &dyn Passphrases) -> Result<Self, DataError> {
        let read = |name: &str| files::read_text(&path.join(name));
        let faulty = |name: &str, reason: String| DataError::File { file: path.join(name), reason };
        let config = Self::read_config(path)?;
        let configured = config.passphrase_file.as_deref().map(|name| path.join(name));
        let secrets = Secrets::of(path, passphrases, configured.as_deref());
        let issuer_key = secrets.key(Role::Issuer.file())?;
        let has_status = path.join(Role::Status.file()).exists();
        let status_key = has_status.then(|| secrets.key(Role::Status.file())).transpose()?;
        // A directory from before there was a log has no key for it. Where there is a log, a checkpoint of another key stops it.
        let log_key = secrets.key_or_new(Role::Log.file())?;
        let exam_keys = ExamKeys {
            signing: secrets.key(Role::Exam.file())?,
            identity: Identity::parse(&secrets.text("keys/exam.age", "identity of age")?)
                .map_err(|error| faulty("keys/exam.age", error.to_string()))?,
        };
        let history = read_history(&path.join(keys::HISTORY))?;
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
            let text = secrets.text(name, "text of 64 hexadecimal digits")?;
            hex::decode_to_slice(text.trim(), &mut bytes)
                .map_err(|_| faulty(name, "must hold 64 hexadecimal digits".into()))?;
            Ok(bytes)
        };
        let admin = PasswordHash::read(&read("keys/admin.phc")?)
            .ok_or_else(|| faulty("keys/admin.phc", "is no password hash in PHC form".into()))?;
        let folder = path.join("fonts");
        let fonts = folder.is_dir().then(|| Fonts::bundled()?.with_folder(&folder));
        let fonts = fonts.transpose().map_err(|error| faulty("fonts", error.to_string()))?;
        let bank_secret = BankSecret::new(secret("keys/bank.secret")?);
        let token_secret = TokenSecret::new(secret("keys/token.secret")?);
        let (clear, passphrase) = secrets.met();
        Ok(Self {
            path: path.to_owned(),
            mark: mark.transpose()?,
            fonts,
            config,
            issuer_key,
            status_key,
            history,
            clear,
            passphrase,
            log_key,
            exam_keys,
            bank_secret,
            token_secret,
            admin,
        })
    }

    /// Locks the private files that are not, one after the other; gives their names. If it is cut short, every file opens, and
    /// it can be done again.
    ///
    /// # Errors
    /// [`DataError`]; the file it names is as it was.
    pub fn lock_private_files(&self, passphrase: &Passphrase) -> Result<Vec<PathBuf>, DataError> {
        self.clear.iter().try_for_each(|file| secrets::lock_in_place(file, passphrase))?;
        Ok(self.clear.clone())
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

    /// Opens the database of a directory without its keys.
    ///
    /// # Errors
    /// [`DataError`].
    pub fn store_in(path: &Path) -> Result<SqliteStore, DataError> {
        Self::read_config(path)?;
        Ok(SqliteStore::open(&path.join("invigil.db"), false)?)
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
