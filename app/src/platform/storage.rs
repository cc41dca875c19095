//! Whether the browser keeps what is stored.

use wasm_bindgen_futures::JsFuture;

/// Asks the browser to keep what is stored here even when the disk runs full; whether it promises to.
pub async fn persist() -> bool {
    match super::window().navigator().storage().persist() {
        Ok(promise) => JsFuture::from(promise).await.is_ok_and(|value| value.is_truthy()),
        Err(_) => false,
    }
}
