//! Codes that people type: Crockford base 32 with a check character from the same alphabet.
//!
//! The check is Damm's scheme over GF(32) with x⁵ + x² + 1 (H. M. Damm, Total anti-symmetrische Quasigruppen, 2004):
//! c := 2·c ⊕ symbol, starting from 0; with the check character the last c is 0. It finds every single wrong character and
//! every swap of neighbours. Crockford's own check (modulo 37) needs five more characters, which people misread.

use std::fmt;

/// The longest scheme that a certificate number can begin with.
const LONGEST_SCHEME: usize = 16;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Why a text is not a code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Too few or too many characters.
    #[error("the code has {expected} letters and digits, this has {got}")]
    Length {
        /// How many it must have.
        expected: usize,
        /// How many were given.
        got: usize,
    },
    /// A character that codes do not have.
    #[error("character {place} of the code, {character:?}, is neither a letter nor a digit of codes")]
    Character {
        /// Which one, counted from 1, separators left out.
        place: usize,
        /// The character.
        character: char,
    },
    /// The check character does not fit.
    #[error("the code is mistyped: its characters do not fit together")]
    Check,
    /// A certificate number without a proper prefix.
    #[error("a certificate number begins with letters and a dash, such as CAISP-")]
    Prefix,
}

/// Bytes to be typed, five bits a character, with a check. They come from a cryptographic random generator or from a digest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypedCode<const BYTES: usize>([u8; BYTES]);

/// 80 bits, typed as 16 characters and a check: admission, release, grants, receipts.
pub type Code80 = TypedCode<10>;
/// 128 bits, typed as 26 characters and a check: heads and challenges of anchors.
pub type Code128 = TypedCode<16>;

/// A certificate's number: the scheme, 60 random bits as 12 characters, and a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateNumber {
    scheme: String,
    symbols: Vec<u8>,
}

impl<const BYTES: usize> TypedCode<BYTES> {
    /// Characters before the check; bits that fill the last one up are 0.
    const SYMBOLS: usize = (BYTES * 8).div_ceil(5);

    /// The code of these bytes.
    pub fn from_bytes(bytes: [u8; BYTES]) -> Self {
        Self(bytes)
    }

    /// The code of a digest's first bytes; `None` if it has fewer.
    pub fn from_digest(digest: &[u8]) -> Option<Self> {
        digest.first_chunk().copied().map(Self)
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8; BYTES] {
        &self.0
    }

    /// Reads what somebody typed: case, spaces and dashes do not matter; O is 0, I and L are 1.
    ///
    /// # Errors
    /// [`CodeError`] with the place of the fault.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let symbols = checked_symbols(text, Self::SYMBOLS)?;
        let (mut bytes, mut at) = ([0; BYTES], 0);
        let (mut bits, mut count) = (0_u32, 0);
        for symbol in symbols {
            (bits, count) = (bits << 5 | u32::from(symbol), count + 5);
            if count >= 8 {
                count -= 8;
                bytes[at] = (bits >> count) as u8;
                at += 1;
                bits &= (1 << count) - 1;
            }
        }
        // Else one code could be typed in several ways.
        if bits != 0 { Err(CodeError::Check) } else { Ok(Self(bytes)) }
    }

    fn symbols(&self) -> Vec<u8> {
        let mut symbols = Vec::with_capacity(Self::SYMBOLS);
        let (mut bits, mut count) = (0_u32, 0);
        for byte in self.0 {
            (bits, count) = (bits << 8 | u32::from(byte), count + 8);
            while count >= 5 {
                count -= 5;
                symbols.push((bits >> count & 31) as u8);
                bits &= (1 << count) - 1;
            }
        }
        if count > 0 {
            symbols.push((bits << (5 - count) & 31) as u8);
        }
        symbols
    }
}

impl<const BYTES: usize> fmt::Display for TypedCode<BYTES> {
    /// Groups of four characters and the check: the canonical spelling, such as `XXXX-XXXX-XXXX-XXXX-C`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_groups(f, &self.symbols())
    }
}

impl<const BYTES: usize> fmt::Debug for TypedCode<BYTES> {
    /// Codes open things: they are not written into logs by accident.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedCode(secret)")
    }
}

impl CertificateNumber {
    /// The number of a scheme's certificate with 60 of these random bits.
    pub fn new(scheme: &str, random: [u8; 8]) -> Self {
        let bits = u64::from_be_bytes(random);
        let mut symbols = vec![0; 12];
        for (at, symbol) in symbols.iter_mut().enumerate() {
            *symbol = (bits >> (55 - 5 * at) & 31) as u8;
        }
        Self { scheme: scheme.to_ascii_uppercase(), symbols }
    }

    /// Reads what somebody typed, as [`TypedCode::parse`] does; the last 13 characters are the number, what stands
    /// before them is the scheme.
    ///
    /// # Errors
    /// [`CodeError`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        const TYPED: usize = 13;
        let typed: Vec<char> = typed(text).take(LONGEST_SCHEME + TYPED + 1).collect();
        let (scheme, number) = typed.split_at(typed.len().saturating_sub(TYPED));
        let scheme: String = scheme.iter().map(char::to_ascii_uppercase).collect();
        let fits = (1..=LONGEST_SCHEME).contains(&scheme.len()) && scheme.bytes().all(|b| b.is_ascii_alphanumeric());
        if !fits {
            return Err(CodeError::Prefix);
        }
        Ok(Self { scheme, symbols: checked_symbols(&number.iter().collect::<String>(), TYPED - 1)? })
    }
}

impl fmt::Display for CertificateNumber {
    /// `CAISP-XXXX-XXXX-XXXX-C`, the canonical spelling.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-", self.scheme)?;
        write_groups(f, &self.symbols)
    }
}

fn write_groups(f: &mut fmt::Formatter<'_>, symbols: &[u8]) -> fmt::Result {
    for group in symbols.chunks(4) {
        for &symbol in group {
            write!(f, "{}", char::from(ALPHABET[usize::from(symbol)]))?;
        }
        f.write_str("-")?;
    }
    write!(f, "{}", char::from(ALPHABET[usize::from(double(damm(symbols)))]))
}

/// What was typed, without blanks and dashes of any kind.
fn typed(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '‑' | '–' | '—' | '−'))
}

/// The `count` symbols of a typed code without its check character.
fn checked_symbols(text: &str, count: usize) -> Result<Vec<u8>, CodeError> {
    let expected = count + 1;
    let got = typed(text).take(1_000).count();
    let mut symbols = Vec::with_capacity(expected);
    for (place, character) in (1..).zip(typed(text).take(expected)) {
        symbols.push(symbol(character).ok_or(CodeError::Character { place, character })?);
    }
    if got != expected {
        return Err(CodeError::Length { expected, got });
    }
    if damm(&symbols) != 0 {
        return Err(CodeError::Check);
    }
    symbols.pop();
    Ok(symbols)
}

fn symbol(character: char) -> Option<u8> {
    let letter = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        letter => letter,
    };
    ALPHABET.iter().position(|&b| char::from(b) == letter).and_then(|at| u8::try_from(at).ok())
}

/// Twice an element of GF(32).
fn double(element: u8) -> u8 {
    let shifted = element << 1;
    if shifted & 32 == 0 { shifted } else { (shifted ^ 0b10_0101) & 31 }
}

fn damm(symbols: &[u8]) -> u8 {
    symbols.iter().fold(0, |c, &symbol| double(c) ^ symbol)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code() -> Code80 {
        Code80::from_bytes([0, 1, 2, 3, 0xfd, 0x80, 0x11, 0x22, 0x33, 0x44])
    }

    #[test]
    fn a_code_is_read_as_it_was_written_however_it_is_typed() {
        let text = code().to_string();
        assert_eq!(text.len(), 21);
        assert_eq!(Code80::parse(&text), Ok(code()));
        assert_eq!(Code80::parse(&text.to_lowercase().replace('-', " ")), Ok(code()));
        assert_eq!(Code80::parse(&text.replace('0', "o").replace('1', "l")), Ok(code()));
    }

    #[test]
    fn a_long_code_has_one_spelling() {
        let code = Code128::from_bytes([0xff; 16]);
        let text = code.to_string();
        assert_eq!(text.replace('-', "").len(), 27);
        assert_eq!(Code128::parse(&text), Ok(code));
        assert_eq!(Code128::from_bytes([0; 16]).to_string(), "0000-0000-0000-0000-0000-0000-00-0");
        // The last character before the check carries three bits; with another of the filling bits it is no code.
        let last = |symbol: u8| {
            let mut symbols = [0; 26];
            symbols[25] = symbol;
            let digits =
                |symbols: &[u8]| symbols.iter().map(|&s| char::from(ALPHABET[usize::from(s)])).collect::<String>();
            format!("{}{}", digits(&symbols), digits(&[double(damm(&symbols))]))
        };
        assert!(Code128::parse(&last(0b00100)).is_ok());
        assert_eq!(Code128::parse(&last(0b00001)), Err(CodeError::Check));
    }

    #[test]
    fn every_wrong_character_and_every_swap_of_neighbours_is_found() {
        let text: String = code().to_string().replace('-', "");
        for at in 0..text.len() {
            for &other in ALPHABET.iter() {
                let mut typed = text.clone().into_bytes();
                if typed[at] != other {
                    typed[at] = other;
                    assert_eq!(Code80::parse(std::str::from_utf8(&typed).unwrap()), Err(CodeError::Check));
                }
            }
            let mut typed = text.clone().into_bytes();
            if at > 0 && typed[at] != typed[at - 1] {
                typed.swap(at, at - 1);
                assert_eq!(Code80::parse(std::str::from_utf8(&typed).unwrap()), Err(CodeError::Check));
            }
        }
    }

    #[test]
    fn what_is_wrong_with_a_code_is_said() {
        assert_eq!(Code80::parse(""), Err(CodeError::Length { expected: 17, got: 0 }));
        assert_eq!(Code80::parse("AB!"), Err(CodeError::Character { place: 3, character: '!' }));
        assert!(matches!(Code80::parse(&"A".repeat(99)), Err(CodeError::Length { .. })));
    }

    #[test]
    fn a_certificate_number_is_read_as_it_was_written() {
        let number = CertificateNumber::new("caisp", *b"12345678");
        let text = number.to_string();
        assert!(text.starts_with("CAISP-"), "{text}");
        assert_eq!(CertificateNumber::parse(&text), Ok(number.clone()));
        assert_eq!(CertificateNumber::parse(&format!(" {} ", text.to_lowercase())), Ok(number));
        for spelling in [text.replace('-', ""), text.replace('-', " – "), text.replacen('-', "\u{2011}", 1)] {
            assert_eq!(CertificateNumber::parse(&spelling), CertificateNumber::parse(&text), "{spelling}");
        }
        for no_scheme in ["", "12", &text[6..], "C_ISP-0000-0000-0000-0", &"A".repeat(40)] {
            assert_eq!(CertificateNumber::parse(no_scheme), Err(CodeError::Prefix), "{no_scheme}");
        }
    }
}
