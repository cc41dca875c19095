//! Signs of what happens around the page: visibility, focus, screens. They are noted for people, never judged.

use sitting::Event;
use wasm_bindgen::JsCast as _;
use web_sys::{EventTarget, VisibilityState};

use super::listen;

/// Whether the browser says that the desktop spans more than one screen.
pub fn screens_extended() -> bool {
    super::window().screen().is_ok_and(|screen| {
        // Older browsers do not know; that is no second screen.
        js_sys::Reflect::get(&screen, &"isExtended".into()).is_ok_and(|value| value.is_truthy())
    })
}

/// Calls `note` with an event whenever visibility, focus or the number of screens changes, as long as the page lives.
pub fn watch(note: impl Fn(Event) + Clone + 'static) {
    let window = super::window();
    if let Some(document) = window.document() {
        let (note, page) = (note.clone(), document.clone());
        listen(&document, "visibilitychange", move |_: web_sys::Event| {
            note(Event::VisibilityChanged { visible: page.visibility_state() == VisibilityState::Visible });
        });
    }
    for (name, focused) in [("focus", true), ("blur", false)] {
        let note = note.clone();
        listen(&window, name, move |_: web_sys::Event| note(Event::FocusChanged { focused }));
    }
    if let Ok(screen) = window.screen()
        && let Some(target) = screen.dyn_ref::<EventTarget>()
    {
        listen(target, "change", move |_: web_sys::Event| {
            note(Event::ScreensChanged { extended: screens_extended() });
        });
    }
}
