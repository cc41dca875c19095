//! What is wrong with a file that should carry a credential.

use crate::{Kind, MAX_BYTES, MAX_CREDENTIAL};

/// Why no credential was taken out of a file. The words are for people who were handed the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CarrierError {
    /// Longer than is read.
    #[error("the file is too large for a certificate ({0} bytes; at most {MAX_BYTES} are read)")]
    TooLong(usize),
    /// The end is missing.
    #[error("the {} is cut off: {}; ask for the whole file", word(*.0), .1)]
    Truncated(Kind, &'static str),
    /// Not built as its format says.
    #[error("the {} is damaged: {}", word(*.0), .1)]
    Damaged(Kind, String),
    /// Nothing in it.
    #[error("the {} carries no certificate; it may be a copy that lost it: ask for the file as it was issued", word(*.0))]
    None(Kind),
    /// More than one in it.
    #[error("the {} carries {} certificates, and which one is meant cannot be told: do not rely on it", word(*.0), .1)]
    Several(Kind, usize),
    /// An attachment that goes by two names.
    #[error("the PDF's attachment is called {listed:?} in one place and {named:?} in another: it was exchanged")]
    AttachmentName {
        /// Its name in the list of attachments.
        listed: String,
        /// Its own name.
        named: String,
    },
    /// More than a credential has.
    #[error("what the {} carries unpacks to more than {MAX_CREDENTIAL} bytes, which is no certificate", word(*.0))]
    Bomb(Kind),
    /// A PDF that needs a password, or allows less without one.
    #[error("the PDF is encrypted, which none that is issued is: ask for the file as it was issued")]
    Encrypted,
    /// A way of writing that is not read here.
    #[error("the {} is written in a way that is not read here: {}; ask for the file as it was issued", word(*.0), .1)]
    Unsupported(Kind, String),
    /// A photograph or a picture of that kind.
    #[error("a JPEG picture carries no certificate: ask for the PNG, SVG or PDF file as it was issued")]
    Jpeg,
}

impl CarrierError {
    /// Its name, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLong(_) => "carrier_too_long",
            Self::Truncated(..) => "carrier_truncated",
            Self::Damaged(..) => "carrier_damaged",
            Self::None(_) => "carrier_empty",
            Self::Several(..) => "carrier_several",
            Self::AttachmentName { .. } => "carrier_attachment_name",
            Self::Bomb(_) => "carrier_bomb",
            Self::Encrypted => "carrier_encrypted",
            Self::Unsupported(..) => "carrier_unsupported",
            Self::Jpeg => "carrier_jpeg",
        }
    }
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Itself => "file",
        Kind::Pdf => "PDF",
        Kind::Png => "PNG picture",
        Kind::Svg => "SVG picture",
        Kind::Qr => "QR code",
    }
}
