//! Files out of the page and into it.

use js_sys::{Array, JSON, Uint8Array};
use serde::Serialize;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

/// Hands the user a file to keep. Nothing happens where the browser forbids downloads.
pub fn download(name: &str, media_type: &str, content: &[u8]) {
    let parts = Array::of1(&Uint8Array::from(content));
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) else { return };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    let link = super::window().document().and_then(|document| document.create_element("a").ok());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    let _ = Url::revoke_object_url(&address);
}

/// Hands the user a document to keep, as JSON.
pub fn download_json(name: &str, document: &impl Serialize) {
    let text = pretty(&serde_json::to_string(document).unwrap_or_default());
    download(name, "application/json", text.as_bytes());
}

/// A JSON text with each member on a line of its own: for people, by the browser's own means.
pub fn pretty(json: &str) -> String {
    let indented = JSON::parse(json)
        .and_then(|value| JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &JsValue::from_f64(2.0)));
    indented.ok().and_then(|text| text.as_string()).unwrap_or_else(|| json.to_owned())
}

/// The beginning of a file the user chose, at most `limit` bytes; `None` if it cannot be read.
pub async fn read(file: &File, limit: u32) -> Option<Vec<u8>> {
    let part = file.slice_with_i32_and_i32(0, i32::try_from(limit).unwrap_or(i32::MAX)).ok()?;
    let buffer = JsFuture::from(part.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
