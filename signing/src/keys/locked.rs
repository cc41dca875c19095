//! Private files under a passphrase: keys as encrypted PKCS#8 (RFC 5958, PBES2 of RFC 8018 with scrypt, RFC 7914), other
//! secrets as age files. Stock tools open both: `openssl pkey`, `age -d`.
//!
//! Not pure where the age library draws its own randomness; salts of PKCS#8 are parameters.

use std::{
    fmt,
    io::{Read as _, Write as _},
};

use age::{
    DecryptError, Decryptor, Encryptor, scrypt,
    secrecy::{ExposeSecret as _, SecretString},
};
use pkcs8::pkcs5::{pbes2::Parameters, scrypt::Params};
use pkcs8::{EncryptedPrivateKeyInfoRef, PrivateKeyInfoRef, SecretDocument, der::Decode as _};

use super::SigningKey;
use ed25519_dalek::pkcs8::{DecodePrivateKey as _, KeypairBytes, spki::der::pem::LineEnding};

/// The fewest characters of a passphrase.
pub const LEAST_CHARACTERS: usize = 12;
/// Work of PKCS#8 files: N = 2^14, r = 8, p = 5. More memory than that, OpenSSL 3 refuses.
const WORK: (u8, u32, u32) = (14, 8, 5);
/// Work of age files: N = 2^16, r = 8, p = 1.
const AGE_WORK: u8 = 16;
/// The most work that is done to read a file: about 10 seconds and a gigabyte.
const MOST_WORK: u8 = 20;
const LABEL: &str = "ENCRYPTED PRIVATE KEY";
const AGE_MAGIC: &[u8] = b"age-encryption.org/v1\n";
/// No secret that is kept is longer.
const MOST_BYTES: u64 = 64 * 1024;

/// What private files are locked with. Wiped when dropped and never shown.
#[derive(Clone)]
pub struct Passphrase {
    text: SecretString,
    drawn: bool,
}

/// Why a file stays locked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LockFault {
    /// A passphrase that is too easily guessed.
    #[error("a passphrase has at least {LEAST_CHARACTERS} characters")]
    Short,
    /// The passphrase is not this file's, or the file was changed.
    #[error("does not open with this passphrase")]
    Passphrase,
    /// No locked file, or one that was cut off.
    #[error("is no locked file that can be read ({0})")]
    Unreadable(String),
}

impl Passphrase {
    /// A passphrase.
    ///
    /// # Errors
    /// [`LockFault::Short`].
    pub fn new(text: &str) -> Result<Self, LockFault> {
        if text.chars().count() < LEAST_CHARACTERS {
            return Err(LockFault::Short);
        }
        Ok(Self { text: text.to_owned().into(), drawn: false })
    }

    /// A passphrase of 128 random bits, as 32 hexadecimal digits. Nobody guesses it however fast, so that little work is put
    /// into what is locked with it.
    pub fn drawn(bytes: &[u8; 16]) -> Self {
        Self { text: hex::encode(bytes).into(), drawn: true }
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(secret)")
    }
}

fn unreadable(error: impl fmt::Display) -> LockFault {
    LockFault::Unreadable(error.to_string())
}

/// Whether a private key's file is locked.
pub fn is_locked_pem(text: &str) -> bool {
    text.trim_start().starts_with(&format!("-----BEGIN {LABEL}-----"))
}

impl SigningKey {
    /// Writes a PKCS#8 PEM file under a passphrase. Salt and initialisation vector must come from a random generator.
    ///
    /// # Errors
    /// [`LockFault::Unreadable`] for what the library refuses.
    pub fn to_locked_pem(&self, passphrase: &Passphrase, salt: [u8; 16], iv: [u8; 16]) -> Result<String, LockFault> {
        let (log_n, r, p) = if passphrase.drawn { (4, 8, 1) } else { WORK };
        let work = Params::new(log_n, r, p).map_err(unreadable)?;
        let scheme = Parameters::generate_scrypt_aes256cbc(work, &salt, iv).map_err(unreadable)?;
        // Version 1, without the public key: OpenSSL 3.0 reads no other.
        let bytes = KeypairBytes { secret_key: self.0.to_bytes(), public_key: None };
        let plain: SecretDocument = ed25519_dalek::pkcs8::EncodePrivateKey::to_pkcs8_der(&bytes).map_err(unreadable)?;
        let info = PrivateKeyInfoRef::from_der(plain.as_bytes()).map_err(unreadable)?;
        let locked = info.encrypt_with_params(scheme, passphrase.text.expose_secret()).map_err(unreadable)?;
        Ok(locked.to_pem(LABEL, LineEnding::LF).map_err(unreadable)?.to_string())
    }

    /// Reads a PKCS#8 PEM file under a passphrase, as `openssl genpkey -algorithm ed25519 -aes-256-cbc` also writes it.
    ///
    /// # Errors
    /// [`LockFault`].
    pub fn from_locked_pem(text: &str, passphrase: &Passphrase) -> Result<Self, LockFault> {
        let (label, document) = SecretDocument::from_pem(text).map_err(unreadable)?;
        if label != LABEL {
            return Err(LockFault::Unreadable(format!("it is a {label}")));
        }
        let info = EncryptedPrivateKeyInfoRef::from_der(document.as_bytes()).map_err(unreadable)?;
        let scrypt = info.encryption_algorithm.pbes2().and_then(|scheme| scheme.kdf.scrypt());
        if scrypt.is_some_and(|work| work.cost_parameter > 1 << MOST_WORK) {
            return Err(LockFault::Unreadable("it takes too much work to open".into()));
        }
        let plain = info.decrypt(passphrase.text.expose_secret()).map_err(|_| LockFault::Passphrase)?;
        ed25519_dalek::SigningKey::from_pkcs8_der(plain.as_bytes()).map(Self).map_err(|_| LockFault::Passphrase)
    }
}

/// Whether a secret's file is locked.
pub fn is_locked(content: &[u8]) -> bool {
    content.starts_with(AGE_MAGIC)
}

/// Locks a secret as an age file under a passphrase.
///
/// # Errors
/// [`LockFault::Unreadable`] for what the library refuses.
pub fn lock(content: &[u8], passphrase: &Passphrase) -> Result<Vec<u8>, LockFault> {
    let mut recipient = scrypt::Recipient::new(passphrase.text.clone());
    recipient.set_work_factor(if passphrase.drawn { 2 } else { AGE_WORK });
    let recipients = std::iter::once(&recipient as &dyn age::Recipient);
    let encryptor = Encryptor::with_recipients(recipients).map_err(unreadable)?;
    let mut locked = Vec::new();
    let mut writer = encryptor.wrap_output(&mut locked).map_err(unreadable)?;
    writer.write_all(content).map_err(unreadable)?;
    writer.finish().map_err(unreadable)?;
    Ok(locked)
}

/// Opens what [`lock`] or `age -p` locked.
///
/// # Errors
/// [`LockFault`].
pub fn unlock(locked: &[u8], passphrase: &Passphrase) -> Result<Vec<u8>, LockFault> {
    let fault = |error: DecryptError| match error {
        DecryptError::NoMatchingKeys | DecryptError::DecryptionFailed => LockFault::Passphrase,
        other => unreadable(other),
    };
    let mut identity = scrypt::Identity::new(passphrase.text.clone());
    identity.set_max_work_factor(MOST_WORK);
    let decryptor = Decryptor::new_buffered(locked).map_err(fault)?;
    let reader = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)).map_err(fault)?;
    let mut content = Vec::new();
    reader.take(MOST_BYTES).read_to_end(&mut content).map_err(unreadable)?;
    Ok(content)
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text).unwrap()
    }

    fn key() -> SigningKey {
        SigningKey::from_seed([7; 32])
    }

    #[test]
    fn a_locked_key_opens_with_its_passphrase_and_no_other() {
        let pem = key().to_locked_pem(&passphrase("correct horse battery"), [1; 16], [2; 16]).unwrap();
        assert!(is_locked_pem(&pem) && !is_locked_pem(&key().to_pkcs8_pem()));
        let open = |text: &str| SigningKey::from_locked_pem(&pem, &passphrase(text)).map(|key| key.public());
        assert_eq!(open("correct horse battery"), Ok(key().public()));
        assert_eq!(open("correct horse batterz"), Err(LockFault::Passphrase));
        assert_eq!(Passphrase::new("short").unwrap_err(), LockFault::Short);
        for rubbish in ["", &pem[..200], &key().to_pkcs8_pem(), &pem.replace("ENCRYPTED", "DECRYPTED")] {
            let read = SigningKey::from_locked_pem(rubbish, &passphrase("correct horse battery"));
            assert!(matches!(read, Err(LockFault::Unreadable(_))), "{rubbish}");
        }
        assert!(!format!("{:?}", passphrase("correct horse battery")).contains("horse"));
    }

    /// Runs openssl; gives what it wrote.
    fn openssl(arguments: &[&str]) -> String {
        let run = Command::new("openssl").args(arguments).stdin(Stdio::null()).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).unwrap()
    }

    #[test]
    fn openssl_opens_ours_and_ours_opens_openssls() {
        if Command::new("openssl").arg("version").stdout(Stdio::null()).status().is_err() {
            assert!(std::env::var_os("CI").is_none(), "openssl does not start; `cargo xtask test` installs it");
            return;
        }
        let folder = std::env::temp_dir().join(format!("invigil-locked-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (ours, theirs) = (folder.join("ours.pem"), folder.join("theirs.pem"));
        let (ours, theirs) = (ours.to_str().unwrap(), theirs.to_str().unwrap());
        std::fs::write(ours, key().to_locked_pem(&passphrase("correct horse battery"), [1; 16], [2; 16]).unwrap())
            .unwrap();
        let secret = "pass:correct horse battery";
        let plain = openssl(&["pkey", "-in", ours, "-passin", secret]);
        assert_eq!(SigningKey::from_pkcs8_pem(&plain).unwrap().public(), key().public());
        openssl(&["genpkey", "-algorithm", "ed25519", "-aes-256-cbc", "-pass", secret, "-out", theirs]);
        let plain = openssl(&["pkey", "-in", theirs, "-passin", secret]);
        let read = SigningKey::from_locked_pem(
            &std::fs::read_to_string(theirs).unwrap(),
            &passphrase("correct horse battery"),
        );
        assert_eq!(read.unwrap().public(), SigningKey::from_pkcs8_pem(&plain).unwrap().public());
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_locked_secret_opens_with_its_passphrase_and_no_other() {
        let locked = lock(b"a secret\n", &Passphrase::drawn(&[1; 16])).unwrap();
        assert!(is_locked(&locked) && !is_locked(b"a secret"));
        assert_eq!(unlock(&locked, &passphrase(&"01".repeat(16))).unwrap(), b"a secret\n");
        assert_eq!(unlock(&locked, &Passphrase::drawn(&[2; 16])), Err(LockFault::Passphrase));
        for broken in [&locked[..40], &locked[..locked.len() - 1], b"age-encryption.org/v1\n"] {
            assert!(unlock(broken, &Passphrase::drawn(&[1; 16])).is_err());
        }
        let dear = lock(b"x", &passphrase("correct horse battery")).unwrap();
        assert!(String::from_utf8_lossy(&dear).contains(" 16\n"), "the work is in its header");
        assert_eq!(unlock(&dear, &passphrase("correct horse battery")).unwrap(), b"x");
    }
}
