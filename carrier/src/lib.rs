//! What a credential is carried in: a PDF's attachment, a baked PNG or SVG, the text of a QR code (docs/CARRIERS.md).
//!
//! The crate is pure: bytes in, bytes out. Whatever comes from outside is bounded in size, depth and count, and never a panic.
//! Finding a credential says nothing about whether it is genuine: that is for [`signing::verify`], which [`verify`] hands it to.

mod error;
mod inflate;
pub mod pdf;
pub mod png;
pub mod qr;
pub mod svg;
mod verify;

pub use error::CarrierError;
pub use verify::{verify, verify_logged};

/// The longest file that is looked into, in bytes.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;
/// The longest credential that is taken out of a file, in bytes.
pub const MAX_CREDENTIAL: usize = signing::json::MAX_BYTES;

/// The kinds of file that a credential is carried in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The file is the credential itself, or something that is not known here.
    Itself,
    /// An attachment of a PDF.
    Pdf,
    /// A text chunk of a PNG picture.
    Png,
    /// An element of an SVG picture.
    Svg,
    /// The text of a QR code.
    Qr,
}

/// A credential as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it was carried in.
    pub kind: Kind,
    /// Its bytes: JSON, or a compact JWT.
    pub credential: Vec<u8>,
    /// What the PDF says of itself, which nobody signed.
    pub pdf: Option<pdf::About>,
}

/// Finds the one credential in a file, by what the file is and not by its name.
///
/// A file of no kind that is known here is given back as it is: its reader says what is wrong with it.
///
/// # Errors
/// [`CarrierError`]: no credential or more than one, a file that is damaged, cut off or too long, or one that unpacks to more
/// than a credential has.
pub fn find(bytes: &[u8]) -> Result<Found, CarrierError> {
    if bytes.len() > MAX_BYTES {
        return Err(CarrierError::TooLong(bytes.len()));
    }
    let kind = kind(bytes);
    let found = |credential| Found { kind, credential, pdf: None };
    match kind {
        Kind::Itself if bytes.starts_with(b"\xff\xd8\xff") => Err(CarrierError::Jpeg),
        Kind::Itself => Ok(found(bytes.to_vec())),
        Kind::Pdf => pdf::credential(bytes).map(|(credential, about)| Found { pdf: Some(about), ..found(credential) }),
        Kind::Png => png::credential(bytes).map(found),
        Kind::Svg => svg::credential(bytes).map(found),
        Kind::Qr => qr::credential(text(bytes).unwrap_or_default()).map(found),
    }
}

/// What a file is, by its first bytes.
pub fn kind(bytes: &[u8]) -> Kind {
    if bytes.starts_with(b"%PDF-") {
        return Kind::Pdf;
    }
    if bytes.starts_with(&png::SIGNATURE) {
        return Kind::Png;
    }
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if start.first() == Some(&b'<') {
        return Kind::Svg;
    }
    if text(bytes).is_some_and(qr::is_likely) { Kind::Qr } else { Kind::Itself }
}

/// The bytes as text, if they are short enough for a QR code's.
fn text(bytes: &[u8]) -> Option<&str> {
    (bytes.len() <= qr::MAX_TEXT).then(|| std::str::from_utf8(bytes).ok()).flatten()
}

/// Whether bytes look like a credential, signed or not: a JSON object with a context, or a compact JWT.
fn looks_like_credential(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii();
    let has = |what: &[u8]| start.windows(what.len()).any(|window| window == what);
    match start.first() {
        Some(b'{') => has(b"\"@context\""),
        Some(b'e') => start.starts_with(b"eyJ") && start.iter().filter(|byte| **byte == b'.').count() == 2,
        _ => false,
    }
}
