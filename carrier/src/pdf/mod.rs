//! The attachments of a PDF (ISO 32000-1:2008, section 7.11.4), as far as they are needed to find the one credential.
//!
//! Read are tables and streams of cross-references, object streams, and the filter FlateDecode; nothing is searched for in the
//! bytes, so that what is found is what a PDF reader shows.

mod file;
mod lexer;
mod names;
mod object;
mod xref;

pub use object::MAX_DEPTH;

use crate::{CarrierError, Kind, MAX_CREDENTIAL, looks_like_credential};
use file::File;
use names::Attachment;
use object::Object;

/// The name of the attachment in PDFs that are issued here.
pub const ATTACHMENT: &str = "certificate.json";

/// What a PDF says of itself. Nobody signed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The name of the attachment.
    pub attachment: String,
    /// The title of the document.
    pub title: Option<String>,
    /// Whether it was changed after it was written first.
    pub changed: bool,
}

/// Takes the credential out of a PDF.
///
/// # Errors
/// As for [`crate::find`].
pub fn credential(bytes: &[u8]) -> Result<(Vec<u8>, About), CarrierError> {
    let mut file = File::open(bytes)?;
    let mut found = Vec::new();
    for attachment in names::attachments(&mut file)? {
        let ours = attachment.listed.as_deref() == Some(ATTACHMENT) || attachment.named == ATTACHMENT;
        match file.stream(attachment.content, MAX_CREDENTIAL) {
            Ok(content) if ours || looks_like_credential(&content) => found.push((attachment, content)),
            // Whatever else is attached may be longer, or written in any way.
            Ok(_) => {}
            Err(error) if ours => return Err(error),
            Err(_) => {}
        }
    }
    match found.len() {
        0 => return Err(CarrierError::None(Kind::Pdf)),
        1 => {}
        several => return Err(CarrierError::Several(Kind::Pdf, several)),
    }
    let (Attachment { listed, named, .. }, content) = found.remove(0);
    match listed {
        Some(listed) if listed != named => Err(CarrierError::AttachmentName { listed, named }),
        _ => Ok((content, About { attachment: named, title: title(&mut file), changed: file.changed() })),
    }
}

/// The title, where there is one that can be read.
fn title(file: &mut File<'_>) -> Option<String> {
    let info = file.trailer_entry(b"Info")?;
    let Ok(Object::Dictionary(info)) = file.resolve(info) else { return None };
    match file.resolve(info.get(b"Title".as_slice())?.clone()) {
        Ok(Object::Text(bytes)) => Some(object::text(&bytes)),
        _ => None,
    }
}

fn damaged(what: impl Into<String>) -> CarrierError {
    CarrierError::Damaged(Kind::Pdf, what.into())
}

fn unsupported(what: impl Into<String>) -> CarrierError {
    CarrierError::Unsupported(Kind::Pdf, what.into())
}
