//! Compressed bytes, with a bound on what they may become.

use std::io::{self, Read as _, Write as _};

use flate2::{Compression, GzBuilder, bufread::GzDecoder};

use crate::plist::MAX_BYTES;

/// Why bytes cannot be decompressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GzipError {
    /// They would become more than [`MAX_BYTES`].
    #[error("decompressed it has more than {MAX_BYTES} bytes")]
    TooLarge,
    /// They end before the compressed data do.
    #[error("it is cut short")]
    Truncated,
    /// They are no compressed data, or their checksum is wrong.
    #[error("it is damaged")]
    Damaged,
    /// Something follows the compressed data.
    #[error("{0} bytes follow that do not belong to it")]
    Trailing(usize),
}

/// Whether bytes begin as compressed ones do (RFC 1952, section 2.3.1).
pub(crate) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// What the bytes become: at most [`MAX_BYTES`], however small they are.
pub(crate) fn decompress(bytes: &[u8]) -> Result<Vec<u8>, GzipError> {
    let mut decoder = GzDecoder::new(bytes);
    let mut plain = Vec::new();
    decoder.by_ref().take(MAX_BYTES as u64 + 1).read_to_end(&mut plain).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => GzipError::Truncated,
        _ => GzipError::Damaged,
    })?;
    if plain.len() > MAX_BYTES {
        return Err(GzipError::TooLarge);
    }
    match decoder.into_inner() {
        [] => Ok(plain),
        rest => Err(GzipError::Trailing(rest.len())),
    }
}

/// The bytes compressed, without a time or a name, so that the same bytes always give the same.
pub(crate) fn compress(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("writing into memory does not fail")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_compressed_comes_back() {
        let packed = compress(b"settings");
        assert!(is_gzip(&packed));
        assert_eq!(decompress(&packed).unwrap(), b"settings");
        assert_eq!(packed, compress(b"settings"));
    }

    #[test]
    fn a_bomb_is_refused_before_it_fills_the_memory() {
        let bomb = compress(&vec![0; 64 << 20]);
        assert!(bomb.len() < 100_000);
        assert_eq!(decompress(&bomb), Err(GzipError::TooLarge));
        let most = compress(&vec![0; MAX_BYTES]);
        assert_eq!(decompress(&most).unwrap().len(), MAX_BYTES);
    }

    #[test]
    fn what_is_cut_short_damaged_or_followed_by_something_is_refused() {
        let packed = compress(b"settings");
        for length in 0..packed.len() {
            assert_eq!(decompress(&packed[..length]), Err(GzipError::Truncated), "{length}");
        }
        let mut damaged = packed.clone();
        damaged[12] ^= 1;
        assert!(decompress(&damaged).is_err());
        assert_eq!(decompress(&[&packed[..], b"xyz"].concat()), Err(GzipError::Trailing(3)));
    }
}
