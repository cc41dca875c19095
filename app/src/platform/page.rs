//! The page's own address.

use wasm_bindgen::JsValue;

use super::window;

/// What the address says under this name, if anything.
pub fn parameter(name: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    let mut pairs = search.strip_prefix('?')?.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// Notes a number, or nothing, with the page's entry in the tab's history: it outlives loading the page anew, also where the
/// browser keeps nothing else, and is gone when the page is opened again.
pub fn note(number: Option<u64>) {
    let state = number.map_or(JsValue::NULL, |number| JsValue::from_f64(number as f64));
    if let Ok(history) = window().history() {
        let _ = history.replace_state(&state, "");
    }
}

/// The number that was noted.
pub fn noted() -> Option<u64> {
    window().history().ok()?.state().ok()?.as_f64().map(|number| number as u64)
}

/// Takes what stands behind the path from the address bar, so that neither a reload nor a look at it tells.
pub fn forget_parameters() {
    if let (Ok(history), Ok(path)) = (window().history(), window().location().pathname()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    }
}

/// The path of the address.
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// What stands behind the «#» of the address.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned()
}

/// Names the page, as tabs and histories show it.
pub fn set_title(title: &str) {
    if let Some(document) = window().document() {
        document.set_title(title);
    }
}
