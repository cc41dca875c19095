//! Baked PNG pictures (Open Badges 3.0, section 5.3.1): one `iTXt` chunk, not compressed, with the credential as its text.
//!
//! Chunks are those of the PNG specification, third edition, section 5; iTXt is its section 11.3.3.4.

use std::ops::Range;

use crate::{CarrierError, Kind, MAX_CREDENTIAL};

/// The first bytes of every PNG file.
pub const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";
/// The keyword of the chunk.
pub const KEYWORD: &str = "openbadgecredential";
/// The most chunks that are looked at.
const MAX_CHUNKS: usize = 65_536;

struct Chunk<'a> {
    kind: &'a [u8],
    data: &'a [u8],
    /// Where it stands, length and checksum included.
    place: Range<usize>,
}

/// Takes the credential out of a picture.
///
/// # Errors
/// As for [`crate::find`].
pub fn credential(bytes: &[u8]) -> Result<Vec<u8>, CarrierError> {
    let mut found = Vec::new();
    for chunk in chunks(bytes)? {
        if !matches!(chunk.kind, b"iTXt" | b"tEXt" | b"zTXt") {
            continue;
        }
        let Some(rest) = chunk.data.strip_prefix(KEYWORD.as_bytes()).and_then(|rest| rest.strip_prefix(b"\0")) else {
            continue;
        };
        if chunk.kind != b"iTXt" {
            return Err(unsupported("the certificate stands in a chunk of another kind than iTXt"));
        }
        found.push(text(rest)?);
    }
    match found.len() {
        0 => Err(CarrierError::None(Kind::Png)),
        1 => Ok(found.remove(0)),
        several => Err(CarrierError::Several(Kind::Png, several)),
    }
}

/// The text behind the keyword: flag and method of compression, language, keyword translated, text.
fn text(rest: &[u8]) -> Result<Vec<u8>, CarrierError> {
    let [flag, _, rest @ ..] = rest else { return Err(damaged("its text chunk has no end")) };
    if *flag != 0 {
        return Err(unsupported("the certificate is compressed, which Open Badges does not allow"));
    }
    let mut parts = rest.splitn(3, |byte| *byte == 0);
    let (_, _, text) = (parts.next(), parts.next(), parts.next());
    let text = text.ok_or_else(|| damaged("its text chunk has no text"))?;
    if text.len() > MAX_CREDENTIAL { Err(CarrierError::Bomb(Kind::Png)) } else { Ok(text.to_vec()) }
}

/// Puts a credential into a picture, in the place of one that is there.
///
/// # Errors
/// [`CarrierError`] for bytes that are no PNG picture.
pub fn bake(picture: &[u8], credential: &[u8]) -> Result<Vec<u8>, CarrierError> {
    let mut baked = SIGNATURE.to_vec();
    for chunk in chunks(picture)? {
        let keyword = chunk.data.strip_prefix(KEYWORD.as_bytes()).is_some_and(|rest| rest.first() == Some(&0));
        if keyword && matches!(chunk.kind, b"iTXt" | b"tEXt" | b"zTXt") {
            continue;
        }
        baked.extend_from_slice(picture.get(chunk.place).unwrap_or_default());
        if chunk.kind == b"IHDR" {
            let mut data = KEYWORD.as_bytes().to_vec();
            // Keyword ends; no compression; no language; keyword not translated.
            data.extend_from_slice(b"\0\0\0\0\0");
            data.extend_from_slice(credential);
            push(&mut baked, b"iTXt", &data)?;
        }
    }
    Ok(baked)
}

fn push(picture: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) -> Result<(), CarrierError> {
    let length = u32::try_from(data.len()).map_err(|_| CarrierError::TooLong(data.len()))?;
    picture.extend_from_slice(&length.to_be_bytes());
    picture.extend_from_slice(kind);
    picture.extend_from_slice(data);
    picture.extend_from_slice(&checksum(kind, data).to_be_bytes());
    Ok(())
}

/// Every chunk up to `IEND`. What stands behind it belongs to no picture, and nobody reads it.
fn chunks(bytes: &[u8]) -> Result<Vec<Chunk<'_>>, CarrierError> {
    let truncated = || CarrierError::Truncated(Kind::Png, "its last part is missing");
    if !bytes.starts_with(&SIGNATURE) {
        return Err(damaged("it does not begin as one"));
    }
    let mut chunks = Vec::new();
    let mut at = SIGNATURE.len();
    loop {
        let field = |from: usize, to: usize| bytes.get(at + from..at + to).ok_or_else(truncated);
        let length = number(field(0, 4)?);
        let kind = field(4, 8)?;
        let data = field(8, 8usize.saturating_add(length))?;
        let sum = number(field(8 + length, 12 + length)?);
        if chunks.is_empty() && kind != b"IHDR" {
            return Err(damaged("it has no header"));
        }
        if sum != checksum(kind, data) as usize {
            return Err(damaged("the checksum of one of its parts is wrong"));
        }
        let place = at..at + 12 + length;
        at = place.end;
        chunks.push(Chunk { kind, data, place });
        if kind == b"IEND" {
            return Ok(chunks);
        }
        if chunks.len() >= MAX_CHUNKS {
            return Err(damaged("it has too many parts"));
        }
    }
}

fn number(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte))
}

/// CRC-32 as in annex D of the PNG specification.
fn checksum(kind: &[u8], data: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(kind);
    crc.update(data);
    crc.sum()
}

fn damaged(what: &str) -> CarrierError {
    CarrierError::Damaged(Kind::Png, what.to_owned())
}

fn unsupported(what: &str) -> CarrierError {
    CarrierError::Unsupported(Kind::Png, what.to_owned())
}
