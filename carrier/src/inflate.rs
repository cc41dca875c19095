//! Unpacking within bounds.

use std::io::{ErrorKind, Read};

use flate2::read::{DeflateDecoder, ZlibDecoder};

/// Why bytes were not unpacked.
pub(crate) enum Inflate {
    /// To more than allowed.
    TooLong,
    /// The end is missing.
    Truncated,
    /// Something else.
    Damaged,
}

/// Unpacks raw deflate (RFC 1951) that ends where the bytes end.
pub(crate) fn raw(bytes: &[u8], most: usize) -> Result<Vec<u8>, Inflate> {
    let mut reader = DeflateDecoder::new(bytes);
    let unpacked = all(&mut reader, most)?;
    // Behind the end somebody could hide something.
    if reader.total_in() == bytes.len() as u64 { Ok(unpacked) } else { Err(Inflate::Damaged) }
}

/// Unpacks zlib (RFC 1950); what stands behind its end is passed over, as PDF readers do.
pub(crate) fn zlib(bytes: &[u8], most: usize) -> Result<Vec<u8>, Inflate> {
    all(&mut ZlibDecoder::new(bytes), most)
}

fn all(reader: &mut impl Read, most: usize) -> Result<Vec<u8>, Inflate> {
    let mut unpacked = Vec::new();
    let read = reader.take(most as u64 + 1).read_to_end(&mut unpacked);
    if unpacked.len() > most {
        return Err(Inflate::TooLong);
    }
    match read {
        Ok(_) => Ok(unpacked),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Err(Inflate::Truncated),
        Err(_) => Err(Inflate::Damaged),
    }
}
