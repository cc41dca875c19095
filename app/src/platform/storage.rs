//! What the browser gives to store things in, and whether it keeps them.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

/// Asks the browser to keep what is stored here even when the disk runs full; whether it promises to.
pub async fn persist() -> bool {
    match manager().persist() {
        Ok(promise) => JsFuture::from(promise).await.is_ok_and(|value| value.is_truthy()),
        Err(_) => false,
    }
}

/// How many bytes may be stored here, and how many are, by the browser's estimate; `None` where it does not tell.
pub async fn estimate() -> (Option<u64>, Option<u64>) {
    let Ok(promise) = manager().estimate() else { return (None, None) };
    let Ok(estimate) = JsFuture::from(promise).await else { return (None, None) };
    let bytes = |name: &str| Reflect::get(&estimate, &name.into()).ok()?.as_f64().map(|bytes| bytes as u64);
    (bytes("quota"), bytes("usage"))
}

/// Keeps a word apart from the database and its keys, or removes it; whether the browser does.
pub fn keep(name: &str, word: Option<&str>) -> bool {
    let Ok(Some(storage)) = super::window().local_storage() else { return false };
    let done = match word {
        Some(word) => storage.set_item(name, word),
        None => storage.remove_item(name),
    };
    done.is_ok()
}

/// Calls `act` whenever another tab kept or removed this word, as long as the page lives.
pub fn watch(name: &'static str, act: impl Fn() + 'static) {
    super::listen(&super::window(), "storage", move |event: JsValue| {
        // Without a name everything was removed.
        let key = Reflect::get(&event, &"key".into()).ok().and_then(|key| key.as_string());
        if key.is_none_or(|key| key == name) {
            act();
        }
    });
}

/// The word that was kept under this name.
pub fn kept(name: &str) -> Option<String> {
    super::window().local_storage().ok()??.get_item(name).ok()?
}

fn manager() -> StorageManager {
    super::window().navigator().storage()
}
