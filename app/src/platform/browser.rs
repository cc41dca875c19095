//! What the browser says of itself.

use js_sys::{Array, Intl::DateTimeFormat, Object, Reflect};

use super::window;

/// Its name and version, as it sends them to servers.
pub fn user_agent() -> String {
    window().navigator().user_agent().unwrap_or_default()
}

/// Its language (BCP 47).
pub fn language() -> String {
    window().navigator().language().unwrap_or_default()
}

/// Its time zone (IANA name).
pub fn time_zone() -> String {
    let options = DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&options, &"timeZone".into()).ok().and_then(|zone| zone.as_string()).unwrap_or_default()
}

/// Whether a page may fill the screen.
pub fn fullscreen_possible() -> bool {
    window().document().is_some_and(|document| document.fullscreen_enabled())
}
