//! A whole credential in the text of a QR code: an address whose fragment, which no browser sends anywhere, holds it.
//!
//! The text is `VERIFY-ADDRESS#c=` and Base45 (RFC 9285) of raw deflate (RFC 1951) of the credential as compact JSON, or as a
//! compact JWT. Blank and `%`, which Base45 has and a fragment (RFC 3986, section 3.5) may not, are percent-encoded.

mod base45;

use std::io::Write as _;

use flate2::{Compression, write::DeflateEncoder};

use crate::{
    CarrierError, Kind, MAX_CREDENTIAL,
    inflate::{Inflate, raw},
};

/// The longest text that is read: the largest QR code holds 4,296 characters.
pub const MAX_TEXT: usize = 16 * 1024;
/// What stands before the credential.
pub const MARK: &str = "#c=";

/// Whether a text is an address with a credential in its fragment, or such a fragment alone.
pub fn is_likely(text: &str) -> bool {
    let text = text.trim_ascii();
    let scheme = |name: &str| text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    text.contains(MARK) && (text.starts_with(MARK) || scheme("https://") || scheme("http://"))
}

/// The text for a credential, in two parts: the address up to the mark, and what follows, of which every character is in the
/// alphanumeric set of QR codes.
///
/// # Errors
/// [`CarrierError::Damaged`] for a credential that is neither JSON nor text.
pub fn parts(verify_at: &str, credential: &[u8]) -> Result<(String, String), CarrierError> {
    let compact = if credential.trim_ascii_start().first() == Some(&b'{') {
        let value = signing::json::parse(credential);
        value.map_err(|error| CarrierError::Damaged(Kind::Itself, error.to_string()))?.to_string().into_bytes()
    } else {
        credential.trim_ascii().to_vec()
    };
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
    // Memory takes what is written to it.
    let packed = packer.write_all(&compact).and_then(|()| packer.finish());
    let packed = packed.map_err(|error| CarrierError::Damaged(Kind::Itself, error.to_string()))?;
    let encoded = base45::encode(&packed).replace('%', "%25").replace(' ', "%20");
    Ok((format!("{verify_at}{MARK}"), encoded))
}

/// Takes the credential out of the text of a QR code, or out of an address's fragment.
///
/// # Errors
/// As for [`crate::find`].
pub fn credential(text: &str) -> Result<Vec<u8>, CarrierError> {
    if text.len() > MAX_TEXT {
        return Err(CarrierError::TooLong(text.len()));
    }
    // A blank may be the last character: only ends of lines are dropped.
    let text = text.trim_end_matches(['\r', '\n']);
    let mut marks = text.match_indices(MARK);
    let (Some((at, _)), None) = (marks.next(), marks.next()) else {
        return Err(match text.matches(MARK).count() {
            0 => CarrierError::None(Kind::Qr),
            several => CarrierError::Several(Kind::Qr, several),
        });
    };
    let encoded = text.get(at + MARK.len()..).unwrap_or_default();
    if encoded.is_empty() {
        return Err(CarrierError::None(Kind::Qr));
    }
    // Some scanners undo the percent-encoding before they hand the text on.
    match unescaped(encoded).ok_or_else(bad_characters).and_then(|text| unpack(&text)) {
        Err(error) if encoded.contains(['%', ' ']) => unpack(encoded).map_err(|_| error),
        read => read,
    }
}

fn unpack(encoded: &str) -> Result<Vec<u8>, CarrierError> {
    let packed = base45::decode(encoded).ok_or_else(bad_characters)?;
    raw(&packed, MAX_CREDENTIAL).map_err(|error| match error {
        Inflate::TooLong => CarrierError::Bomb(Kind::Qr),
        Inflate::Truncated => CarrierError::Truncated(Kind::Qr, "its last characters are missing"),
        Inflate::Damaged => CarrierError::Damaged(Kind::Qr, "what it holds cannot be unpacked".to_owned()),
    })
}

fn bad_characters() -> CarrierError {
    CarrierError::Damaged(Kind::Qr, "it has characters that do not belong there".to_owned())
}

/// Percent-decoding, of ASCII only; `None` where a `%` stands without two digits.
fn unescaped(text: &str) -> Option<String> {
    let mut pieces = text.split('%');
    let mut plain = pieces.next()?.to_owned();
    for piece in pieces {
        let byte = u8::from_str_radix(piece.get(..2)?, 16).ok().filter(u8::is_ascii)?;
        plain.push(byte.into());
        plain.push_str(piece.get(2..)?);
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_carries_a_credential_and_scanners_may_undo_its_escapes() {
        let credential = br#"{ "name": "100 % of it", "list": [1, 2, 3] }"#;
        let (address, encoded) = parts("https://x.example/verify", credential).unwrap();
        assert_eq!(address, "https://x.example/verify#c=");
        let compact = br#"{"list":[1,2,3],"name":"100 % of it"}"#;
        assert_eq!(super::credential(&format!("{address}{encoded}")).unwrap(), compact);
        assert_eq!(super::credential(&format!("{address}{}\r\n", unescaped(&encoded).unwrap())).unwrap(), compact);
        assert!(!encoded.contains(' ') && is_likely(&address));
    }

    #[test]
    fn what_is_no_credential_is_told_apart() {
        let fault = |text: &str| super::credential(text).unwrap_err();
        let (address, encoded) = parts("https://x.example/verify", br#"{"a":"some words to pack"}"#).unwrap();
        assert_eq!(fault("https://x.example/verify"), CarrierError::None(Kind::Qr));
        assert_eq!(fault(&address), CarrierError::None(Kind::Qr));
        assert_eq!(fault(&format!("{address}{encoded}#c={encoded}")), CarrierError::Several(Kind::Qr, 2));
        let short = encoded.get(..encoded.len() / 6 * 3).unwrap();
        assert!(matches!(fault(&format!("{address}{short}")), CarrierError::Truncated(..) | CarrierError::Damaged(..)));
        assert!(matches!(fault("#c=a b c"), CarrierError::Damaged(..)));
        let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
        packer.write_all(&vec![b' '; MAX_CREDENTIAL + 1]).unwrap();
        let bomb = base45::encode(&packer.finish().unwrap()).replace('%', "%25").replace(' ', "%20");
        assert_eq!(fault(&format!("#c={bomb}")), CarrierError::Bomb(Kind::Qr));
    }
}
