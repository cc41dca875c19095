//! Bytes as text: UTF-8, and UTF-16 with its mark.

use std::borrow::Cow;

use super::MAX_BYTES;
use crate::fault::What;

/// How many bytes are looked at for the name of an encoding.
const DECLARATION: usize = 200;

/// The text of a document without its byte order mark.
///
/// # Errors
/// [`What::TooLarge`], [`What::Encoding`], [`What::NotUtf8`], [`What::NotUtf16`].
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, What> {
    if bytes.len() > MAX_BYTES {
        return Err(What::TooLarge { bytes: bytes.len() as u64, most: MAX_BYTES as u64 });
    }
    let text = match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => return Err(What::Encoding("UTF-32".to_owned())),
        [0xff, 0xfe, rest @ ..] => Cow::Owned(utf16(rest, u16::from_le_bytes)?),
        [0xfe, 0xff, rest @ ..] => Cow::Owned(utf16(rest, u16::from_be_bytes)?),
        [b'<', 0, ..] | [0, b'<', ..] => return Err(What::Encoding("UTF-16 without a byte order mark".to_owned())),
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            // Before UTF-8 is looked for: a Latin-1 file ought to be refused by its name.
            if let Some(name) = declared(bytes).filter(|name| !["utf-8", "utf8", "us-ascii"].contains(&name.as_str())) {
                return Err(What::Encoding(name));
            }
            Cow::Borrowed(std::str::from_utf8(bytes).map_err(|error| What::NotUtf8 { at: error.valid_up_to() })?)
        }
    };
    // Later on, places are counted with 32 bits; UTF-16 may grow by half.
    if text.len() > 2 * MAX_BYTES {
        return Err(What::TooLarge { bytes: text.len() as u64, most: MAX_BYTES as u64 });
    }
    Ok(text)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, What> {
    let mut pairs = bytes.chunks_exact(2);
    let units = pairs.by_ref().map(|pair| unit([pair[0], pair[1]]));
    let text: String = char::decode_utf16(units).collect::<Result<_, _>>().map_err(|_| What::NotUtf16)?;
    if pairs.remainder().is_empty() { Ok(text) } else { Err(What::NotUtf16) }
}

/// The encoding that an XML declaration names, in small letters.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..DECLARATION).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head);
    let declaration = head.strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|&quote| quote == '"' || quote == '\'')?;
    value[1..].split_once(quote).map(|(name, _)| name.to_ascii_lowercase())
}
