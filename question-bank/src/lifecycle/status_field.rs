//! The `status` in an item's file, changed without touching the rest.

use toml::de::DeTable;

use crate::bank::Status;

/// The text of an item's or set's file with another status; `None` if it is not TOML or has no `status`.
pub fn with_status(text: &str, status: Status) -> Option<String> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let span = root.get_ref().get("status").filter(|_| errors.is_empty())?.span();
    let (before, after) = (text.get(..span.start)?, text.get(span.end..)?);
    Some(format!("{before}\"{}\"{after}", status.as_str()))
}
