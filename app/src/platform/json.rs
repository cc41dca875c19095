//! Reading what server, worker and notes say.

use serde::de::DeserializeOwned;

/// A document from its text; `None` if it is none of this kind. By way of the tree: with one source to read from, each kind of
/// document has one reader in the program instead of several.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(serde_json::from_str(text).ok()?).ok()
}
