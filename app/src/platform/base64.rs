//! Bytes as text (RFC 4648, section 4), by the browser's own coder.

use super::window;

/// The text of these bytes.
pub fn encode(bytes: &[u8]) -> String {
    // The browser's coder takes texts whose characters are the bytes; such a one it never refuses.
    let latin: String = bytes.iter().copied().map(char::from).collect();
    window().btoa(&latin).unwrap_or_default()
}

/// The bytes of this text; `None` if it is none.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    window().atob(text).ok()?.chars().map(|character| u8::try_from(character).ok()).collect()
}
