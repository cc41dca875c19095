//! PDF's values (ISO 32000-1, section 7.3).

use std::collections::BTreeMap;

/// The deepest nesting that is read.
pub const MAX_DEPTH: usize = 32;

/// Names and what they stand for.
pub(super) type Dictionary = BTreeMap<Vec<u8>, Object>;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Object {
    Null,
    Boolean,
    Integer(i64),
    Real,
    Name(Vec<u8>),
    Text(Vec<u8>),
    Array(Vec<Object>),
    Dictionary(Dictionary),
    /// The number of an object that stands elsewhere; all generations of a number are one here.
    Reference(u32),
}

impl Object {
    pub(super) fn integer(&self) -> Option<i64> {
        if let Self::Integer(number) = self { Some(*number) } else { None }
    }

    pub(super) fn size(&self) -> Option<usize> {
        self.integer().and_then(|number| usize::try_from(number).ok())
    }

    pub(super) fn is_name(&self, name: &[u8]) -> bool {
        matches!(self, Self::Name(own) if own == name)
    }
}

/// A text string (section 7.9.2.2): UTF-16 or UTF-8 with their marks, or PDFDocEncoding, read as Latin-1.
pub(super) fn text(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> =
                rest.chunks(2).map(|pair| pair.iter().fold(0, |unit, byte| unit << 8 | u16::from(*byte))).collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        // krilla and others write plain UTF-8 where only ASCII is allowed for.
        _ => std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().copied().map(char::from).collect(), str::to_owned),
    }
}
