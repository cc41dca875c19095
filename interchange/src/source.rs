//! The text of a file.

use crate::{Fault, FaultKind, Position, position::Positions};

/// The text of a file in UTF-8, without its byte order mark.
///
/// # Errors
/// A file that is too large, in another encoding, or with bytes that are not UTF-8.
pub(crate) fn utf8(bytes: &[u8], limit: usize) -> Result<&str, Fault> {
    let start = |kind| Fault { at: Position::START, kind };
    if bytes.len() > limit {
        return Err(start(FaultKind::FileTooLarge { bytes: bytes.len(), limit }));
    }
    let marks: [(&[u8], &str); 4] = [
        // Before UTF-16, whose mark it begins with.
        (b"\xff\xfe\0\0", "UTF-32"),
        (b"\0\0\xfe\xff", "UTF-32"),
        (b"\xff\xfe", "UTF-16"),
        (b"\xfe\xff", "UTF-16"),
    ];
    if let Some((_, name)) = marks.into_iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Err(start(FaultKind::Encoding { name: name.to_owned() }));
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(text).map_err(|error| {
        let valid = std::str::from_utf8(&text[..error.valid_up_to()]).unwrap_or_default();
        Fault { at: Positions::of(valid).at(valid.len()), kind: FaultKind::NotUtf8 }
    })
}
