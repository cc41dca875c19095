//! What the browser gives: clocks, randomness, locks, storage, network, files.

pub mod clock;
pub mod fetch;
pub mod files;
pub mod focus;
pub mod locks;
pub mod random;
pub mod signs;
pub mod worker;

/// The page's window.
///
/// # Panics
/// Outside a page.
pub fn window() -> web_sys::Window {
    web_sys::window().expect("the app runs in a page")
}
