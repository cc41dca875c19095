//! What the browser gives: clocks, randomness, locks, storage, network, files.

pub mod base64;
pub mod bell;
pub mod browser;
pub mod cache;
pub mod clock;
pub mod crash;
pub mod fetch;
pub mod files;
pub mod focus;
pub mod json;
pub mod leaving;
pub mod locks;
pub mod offline;
pub mod page;
pub mod random;
pub mod signs;
pub mod storage;
pub mod worker;

use wasm_bindgen::{JsCast as _, closure::Closure, convert::FromWasmAbi};

/// Calls `act` at every event of this name, as long as the page lives.
pub(crate) fn listen<E: FromWasmAbi + 'static>(
    target: &web_sys::EventTarget,
    name: &str,
    act: impl FnMut(E) + 'static,
) {
    let act = Closure::<dyn FnMut(E)>::new(act);
    let _ = target.add_event_listener_with_callback(name, act.as_ref().unchecked_ref());
    act.forget();
}

/// The page's window.
///
/// # Panics
/// Outside a page.
pub fn window() -> web_sys::Window {
    web_sys::window().expect("the app runs in a page")
}
