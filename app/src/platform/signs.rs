//! Signs of what happens around the page: visibility, focus, full screen, screens, pastes. They are noted for people, never
//! judged.

use sitting::Event;
use wasm_bindgen::JsCast as _;
use web_sys::{ClipboardEvent, DataTransfer, Document, DragEvent, Element, EventTarget, VisibilityState, Window};

use super::listen;

/// Whether the desktop spans more than one screen; `None` if the browser does not tell.
pub fn screens() -> Option<bool> {
    let screen = super::window().screen().ok()?;
    js_sys::Reflect::get(&screen, &"isExtended".into()).ok()?.as_bool()
}

/// Whether the browser says that the desktop spans more than one screen.
pub fn screens_extended() -> bool {
    screens() == Some(true)
}

/// Calls `note` with an event whenever one of these signs changes or shows, as long as the page lives.
pub fn watch(note: impl Fn(Event) + Clone + 'static) {
    let window = super::window();
    if let Some(document) = window.document() {
        watch_document(&document, note.clone());
    }
    for (name, focused) in [("focus", true), ("blur", false)] {
        let note = note.clone();
        listen(&window, name, move |_: web_sys::Event| note(Event::FocusChanged { focused }));
    }
    watch_pastes(&window, note.clone());
    if let Ok(screen) = window.screen()
        && let Some(target) = screen.dyn_ref::<EventTarget>()
    {
        listen(target, "change", move |_: web_sys::Event| {
            note(Event::ScreensChanged { extended: screens_extended() });
        });
    }
}

fn watch_document(document: &Document, note: impl Fn(Event) + Clone + 'static) {
    let (tell, page) = (note.clone(), document.clone());
    listen(document, "visibilitychange", move |_: web_sys::Event| {
        tell(Event::VisibilityChanged { visible: page.visibility_state() == VisibilityState::Visible });
    });
    let page = document.clone();
    listen(document, "fullscreenchange", move |_: web_sys::Event| {
        note(Event::FullscreenChanged { on: page.fullscreen_element().is_some() });
    });
}

/// Where what is pasted or dropped is no answer: the search of the open book, and the file that it is loaded from.
const NO_ANSWER: &str = "dialog.book";

/// Whether something happened where no answer is given.
fn is_beside(event: &web_sys::Event) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.closest(NO_ANSWER).ok().flatten().is_some())
}

fn watch_pastes(window: &Window, note: impl Fn(Event) + Clone + 'static) {
    let characters = |data: Option<DataTransfer>| {
        let text = data.and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
        Event::Pasted { characters: text.chars().count() as u64 }
    };
    let tell = note.clone();
    listen(window, "paste", move |event: ClipboardEvent| {
        if !is_beside(&event) {
            tell(characters(event.clipboard_data()));
        }
    });
    // A file that is dropped beside its field would open in place of the page.
    listen(window, "dragover", |event: DragEvent| event.prevent_default());
    listen(window, "drop", move |event: DragEvent| {
        let data = event.data_transfer();
        if data.as_ref().and_then(DataTransfer::files).is_some_and(|files| files.length() > 0) {
            event.prevent_default();
        }
        if !is_beside(&event) {
            note(characters(data));
        }
    });
}
