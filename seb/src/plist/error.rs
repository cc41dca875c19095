//! What can be wrong with a property list.

use super::{MAX_BYTES, MAX_DEPTH};

/// Why bytes are no property list of settings.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlistError {
    /// More than [`MAX_BYTES`].
    #[error("the settings have more than {MAX_BYTES} bytes")]
    TooLarge,
    /// Not UTF-8.
    #[error("the settings are not in UTF-8: byte {at} is wrong; save them as UTF-8")]
    NotUtf8 {
        /// The first byte that is wrong, counted from 0.
        at: usize,
    },
    /// A fault at a place.
    #[error("line {line} of the settings: {fault}")]
    At {
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        fault: PlistFault,
    },
}

/// What is wrong at a place of a property list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlistFault {
    /// No well-formed XML.
    #[error("no well-formed XML ({0})")]
    Xml(String),
    /// The document says that it is in another encoding.
    #[error("the encoding {0:?} is not supported; save the settings as UTF-8")]
    Encoding(String),
    /// The document type declares something of its own.
    #[error("the document type declares entities or elements, which settings may not")]
    Declarations,
    /// A reference that XML itself does not define.
    #[error("the entity &{0}; is unknown: only amp, lt, gt, quot and apos are allowed")]
    Entity(String),
    /// A character that XML does not allow.
    #[error("the character U+{0:04X} is not allowed in XML")]
    Character(u32),
    /// An element in the wrong place.
    #[error("<{found}> stands where {expected} is expected")]
    Element {
        /// What is there.
        found: String,
        /// What ought to be.
        expected: &'static str,
    },
    /// Text where only elements may be.
    #[error("the text {0:?} stands between elements")]
    Text(String),
    /// A text that is none of its element's.
    #[error("{text:?} is no content for <{element}>")]
    Content {
        /// The element.
        element: String,
        /// Its text, or the beginning of it.
        text: String,
    },
    /// A name that its dictionary has already: which of the values counts, SEB's versions do not agree.
    #[error("the key {0:?} stands twice in its dictionary")]
    Duplicate(String),
    /// Deeper than [`MAX_DEPTH`].
    #[error("dictionaries and arrays lie more than {MAX_DEPTH} deep")]
    Depth,
    /// The bytes end before the property list does.
    #[error("the settings end early: the file is cut short")]
    Unfinished,
}
