//! The page's own address.

use wasm_bindgen::JsValue;

use super::window;

/// What the address says under this name, if anything.
pub fn parameter(name: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    let pairs = search.strip_prefix('?')?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// Takes what stands behind the path from the address bar, so that neither a reload nor a look at it tells.
pub fn forget_parameters() {
    if let (Ok(history), Ok(path)) = (window().history(), window().location().pathname()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    }
}
