//! Encryption with a password: RNCryptor's data format, version 2.

use aes::Aes256;
use cbc::cipher::{BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _, block_padding::Pkcs7};
use hmac::{Hmac, KeyInit as _, Mac as _};
use pbkdf2::pbkdf2_hmac_array;
use sha1::Sha1;
use sha2::Sha256;

/// Version 2; keys come from a password.
const HEADER: [u8; 2] = [2, 1];
const ROUNDS: u32 = 10_000;
const SALT: usize = 8;
const IV: usize = 16;
const MAC: usize = 32;
const BLOCK: usize = 16;

/// Fresh random bytes for one encryption. With the same password they must never be used for other bytes.
#[derive(Clone, Copy, Debug)]
pub struct Salts {
    /// Goes into the key that encrypts.
    pub encryption: [u8; SALT],
    /// Goes into the key that authenticates.
    pub authentication: [u8; SALT],
    /// What the first block is mixed with.
    pub iv: [u8; IV],
}

/// Why encrypted bytes cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Another version of the format, or keys that come from no password.
    #[error("the encrypted part is not of RNCryptor's version 2 with a password (it begins with {0:02x} {1:02x})")]
    Version(u8, u8),
    /// Too few bytes, or not whole blocks.
    #[error("the encrypted part is cut short")]
    Truncated,
    /// The authentication fails. What of the two it is, cannot be known.
    #[error("the password is wrong, or the file is damaged")]
    Wrong,
}

/// The bytes that were encrypted with a password.
///
/// # Errors
/// [`PasswordError`]. Nothing is decrypted unless every byte is authentic.
pub fn decrypt(bytes: &[u8], password: &str) -> Result<Vec<u8>, PasswordError> {
    let (&header, rest) = bytes.split_first_chunk::<2>().ok_or(PasswordError::Truncated)?;
    if header != HEADER {
        return Err(PasswordError::Version(header[0], header[1]));
    }
    let (mut rest, mac) = rest.split_last_chunk::<MAC>().ok_or(PasswordError::Truncated)?;
    let mut salts = Salts { encryption: [0; SALT], authentication: [0; SALT], iv: [0; IV] };
    for field in [&mut salts.encryption[..], &mut salts.authentication[..], &mut salts.iv[..]] {
        let (taken, remaining) = rest.split_at_checked(field.len()).ok_or(PasswordError::Truncated)?;
        field.copy_from_slice(taken);
        rest = remaining;
    }
    if rest.is_empty() || rest.len() % BLOCK != 0 {
        return Err(PasswordError::Truncated);
    }
    // The comparison takes the same time wherever the first difference is.
    authenticator(password, &salts)
        .chain_update(&bytes[..bytes.len() - MAC])
        .verify_slice(mac)
        .map_err(|_| PasswordError::Wrong)?;
    cbc::Decryptor::<Aes256>::new(&key(password, &salts.encryption).into(), &salts.iv.into())
        .decrypt_padded_vec::<Pkcs7>(rest)
        .map_err(|_| PasswordError::Wrong)
}

/// Encrypts bytes with a password.
pub fn encrypt(bytes: &[u8], password: &str, salts: &Salts) -> Vec<u8> {
    let body = cbc::Encryptor::<Aes256>::new(&key(password, &salts.encryption).into(), &salts.iv.into())
        .encrypt_padded_vec::<Pkcs7>(bytes);
    let mut all = Vec::new();
    for part in [&HEADER[..], &salts.encryption, &salts.authentication, &salts.iv, &body] {
        all.extend_from_slice(part);
    }
    let mac = authenticator(password, salts).chain_update(&all).finalize().into_bytes();
    all.extend_from_slice(&mac);
    all
}

fn authenticator(password: &str, salts: &Salts) -> Hmac<Sha256> {
    Hmac::new_from_slice(&key(password, &salts.authentication)).expect("HMAC takes keys of every length")
}

fn key(password: &str, salt: &[u8; SALT]) -> [u8; 32] {
    pbkdf2_hmac_array::<Sha1, 32>(password.as_bytes(), salt, ROUNDS)
}
