//! Keys of SEB: 32 bytes, written as 64 hexadecimal digits.

use std::{fmt, str::FromStr};

/// A Config Key or a Browser Exam Key. It is shown in lower case, as SEB hashes it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key([u8; 32]);

/// A text that is no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key of Safe Exam Browser has 64 hexadecimal digits; this is something else, or was copied in part")]
pub struct KeyError;

impl Key {
    /// The key of these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes that the digits stand for.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl FromStr for Key {
    type Err = KeyError;

    /// Reads what somebody typed or copied: blanks around it and case do not matter.
    fn from_str(text: &str) -> Result<Self, KeyError> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text.trim(), &mut bytes).map_err(|_| KeyError)?;
        Ok(Self(bytes))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_however_it_is_typed_and_shown_in_lower_case() {
        let text = "787c3f3d7211ff09ad5ba6a62f67b6a2092eb3080b5b5d29d578f3a3d901cbae";
        let key: Key = format!(" {}\n", text.to_uppercase()).parse().unwrap();
        assert_eq!(key.to_string(), text);
        for rubbish in ["", &text[1..], &format!("{text}0"), &text.replace('7', "g"), "ключ"] {
            assert_eq!(rubbish.parse::<Key>(), Err(KeyError), "{rubbish}");
        }
    }
}
