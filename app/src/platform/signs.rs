//! Signs of what happens around the page: visibility, focus, screens. They are noted for people, never judged.

use sitting::Event;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{EventTarget, VisibilityState};

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
        listen(&document, "visibilitychange", move || {
            note(Event::VisibilityChanged { visible: page.visibility_state() == VisibilityState::Visible });
        });
    }
    for (name, focused) in [("focus", true), ("blur", false)] {
        let note = note.clone();
        listen(&window, name, move || note(Event::FocusChanged { focused }));
    }
    if let Ok(screen) = window.screen()
        && let Some(target) = screen.dyn_ref::<EventTarget>()
    {
        listen(target, "change", move || note(Event::ScreensChanged { extended: screens_extended() }));
    }
}

fn listen(target: &EventTarget, event: &str, act: impl FnMut() + 'static) {
    let act = Closure::<dyn FnMut()>::new(act);
    let _ = target.add_event_listener_with_callback(event, act.as_ref().unchecked_ref());
    // Lives as long as the page.
    act.forget();
}
