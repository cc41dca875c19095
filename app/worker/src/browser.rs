//! What the browser gives every dedicated worker.

use js_sys::Promise;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Crypto, DedicatedWorkerGlobalScope};

/// The worker itself.
pub(crate) fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Microseconds of the worker's monotonic clock.
pub(crate) fn now_us() -> u64 {
    scope().performance().map_or(0, |clock| (clock.now() * 1000.0) as u64)
}

/// Web Cryptography.
///
/// # Errors
/// The browser's own, if it has none here.
pub(crate) fn crypto() -> Result<Crypto, JsValue> {
    scope().crypto()
}

/// Bytes of the browser's cryptographic random generator.
///
/// # Errors
/// The browser's own.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], JsValue> {
    let mut bytes = [0; N];
    crypto()?.get_random_values_with_u8_array(&mut bytes)?;
    Ok(bytes)
}

/// What a promise yields.
///
/// # Errors
/// What it was refused with, or `made` if it was not even made.
pub(crate) async fn settled(made: Result<Promise, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(made?).await
}

/// An error of the browser in words: name and message.
pub(crate) fn words(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => format!("{}: {}", String::from(error.name()), String::from(error.message())),
        None => format!("{error:?}"),
    }
}

/// Waits so many milliseconds.
pub(crate) async fn sleep(ms: i32) {
    if ms == 0 {
        return;
    }
    let promise = Promise::new(&mut |resolve, _| {
        let wake = Closure::once_into_js(move || {
            let _ = resolve.call0(&JsValue::NULL);
        });
        let _ = scope().set_timeout_with_callback_and_timeout_and_arguments_0(wake.unchecked_ref(), ms);
    });
    let _ = JsFuture::from(promise).await;
}
