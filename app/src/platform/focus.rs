//! Moving the keyboard's focus.

use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

/// Focuses the element with this id once the page has been updated.
pub fn by_id(id: &'static str) {
    by_name(id.to_owned());
}

/// The same for an id that is not known beforehand.
pub fn by_name(id: String) {
    leptos::task::spawn_local(async move {
        super::clock::sleep(0).await;
        let found = super::window().document().and_then(|document| document.get_element_by_id(&id));
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}
