//! Documents that this browser keeps for when there is no network (Cache Storage). Like the app's own copy they are there in
//! secure contexts only, and go when the site's data is cleared.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, CacheStorage, Response};

use super::window;

/// The document that is kept under this address in this cache.
pub async fn kept(cache: &str, address: &str) -> Option<Vec<u8>> {
    let found = JsFuture::from(open(cache).await?.match_with_str(address)).await.ok()?;
    let response: Response = found.dyn_into().ok()?;
    let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Whether a document is kept under this address in this cache.
pub async fn has(cache: &str, address: &str) -> bool {
    let Some(cache) = open(cache).await else { return false };
    JsFuture::from(cache.match_with_str(address)).await.is_ok_and(|found| found.is_object())
}

/// Keeps a document; whether the browser does.
pub async fn keep(cache: &str, address: &str, bytes: &[u8]) -> bool {
    let put = async {
        let cache = open(cache).await?;
        let response = Response::new_with_opt_js_u8_array(Some(&Uint8Array::from(bytes))).ok()?;
        JsFuture::from(cache.put_with_str(address, &response)).await.ok()
    };
    put.await.is_some()
}

/// What browsers give to secure contexts only, and some not in private windows.
async fn open(name: &str) -> Option<Cache> {
    let storage: CacheStorage = Reflect::get(&window(), &"caches".into()).ok()?.dyn_into().ok()?;
    JsFuture::from(storage.open(name)).await.ok()?.dyn_into().ok()
}
