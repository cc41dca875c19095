//! Reading settings files, which come from anywhere.
//!
//! SEB, Developer Documentation, «File Format».

use std::{borrow::Cow, fmt};

use crate::{
    Dict,
    gzip::{self, GzipError},
    password::{self, PasswordError},
    plist::{self, MAX_BYTES, PlistError},
};

/// Plain settings follow.
pub(crate) const PLAIN: &[u8; 4] = b"plnd";
/// Settings encrypted with a password follow.
pub(crate) const PASSWORD: &[u8; 4] = b"pswd";

/// Kinds of files that are understood, but not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// `pkhs`: encrypted for the holder of a certificate's key.
    PublicKey,
    /// `phsk`: the same, with a key of its own for the settings.
    PublicKeyAndSymmetricKey,
    /// `pwcc`: settings of a client, not of an exam.
    ClientConfiguration,
}

/// A place of a file that may be compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// The file itself.
    File,
    /// The settings within it.
    Settings,
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// More than [`MAX_BYTES`].
    #[error("the file has more than {MAX_BYTES} bytes: it is no settings file of Safe Exam Browser")]
    TooLarge,
    /// None of the known beginnings.
    #[error("this is no settings file of Safe Exam Browser: it is neither XML nor begins with a known prefix")]
    NotSeb,
    /// A kind that is not read.
    #[error("{0}")]
    Refused(Refused),
    /// Compressed bytes that cannot be read.
    #[error("{layer} cannot be decompressed: {error}")]
    Gzip {
        /// Which bytes.
        layer: Layer,
        /// Why.
        error: GzipError,
    },
    /// The file is encrypted and no password was given.
    #[error("the file is encrypted with a password: give it as well")]
    PasswordNeeded,
    /// The encrypted part cannot be read.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The settings themselves are at fault.
    #[error(transparent)]
    Plist(#[from] PlistError),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (prefix, what) = match self {
            Self::PublicKey => ("pkhs", "encrypted for a certificate, whose private key only the exam computers have"),
            Self::PublicKeyAndSymmetricKey => {
                ("phsk", "encrypted for a certificate, whose private key only the exam computers have")
            }
            Self::ClientConfiguration => ("pwcc", "for configuring a client, not for starting an exam"),
        };
        write!(f, "the file is {what} (prefix {prefix}); save it for starting an exam, with a password or without")
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::File => "the file",
            Self::Settings => "the settings in the file",
        })
    }
}

/// The settings of a file: XML, or what follows the prefix `plnd` or `pswd`; compressed or not.
///
/// A password that is given and not needed is not looked at.
///
/// # Errors
/// [`ReadError`].
pub fn read(bytes: &[u8], password: Option<&str>) -> Result<Dict, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge);
    }
    let bytes = decompressed(bytes, Layer::File)?;
    match bytes.split_first_chunk() {
        Some((PLAIN, rest)) => settings(rest),
        Some((PASSWORD, rest)) => settings(&password::decrypt(rest, password.ok_or(ReadError::PasswordNeeded)?)?),
        Some((b"pkhs", _)) => Err(ReadError::Refused(Refused::PublicKey)),
        Some((b"phsk", _)) => Err(ReadError::Refused(Refused::PublicKeyAndSymmetricKey)),
        Some((b"pwcc", _)) => Err(ReadError::Refused(Refused::ClientConfiguration)),
        _ => settings(&bytes),
    }
}

fn settings(bytes: &[u8]) -> Result<Dict, ReadError> {
    let xml = decompressed(bytes, Layer::Settings)?;
    let begun = xml.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&xml).trim_ascii_start();
    if begun.starts_with(b"<") { Ok(plist::read(&xml)?) } else { Err(ReadError::NotSeb) }
}

fn decompressed(bytes: &[u8], layer: Layer) -> Result<Cow<'_, [u8]>, ReadError> {
    if !gzip::is_gzip(bytes) {
        return Ok(Cow::Borrowed(bytes));
    }
    gzip::decompress(bytes).map(Cow::Owned).map_err(|error| ReadError::Gzip { layer, error })
}
