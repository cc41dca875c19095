//! Leaving the page. Browsers keep a page that was left frozen in memory, in case somebody goes back to it; frozen with a
//! lock and open files it would keep out the page that is opened next.

use web_sys::PageTransitionEvent;

use super::{listen, window};

/// Calls `leave` when the page is left, and loads the page anew when somebody comes back to it.
pub fn watch(leave: impl Fn() + 'static) {
    listen(&window(), "pagehide", move |_: PageTransitionEvent| leave());
    listen(&window(), "pageshow", |event: PageTransitionEvent| {
        if event.persisted() {
            let _ = window().location().reload();
        }
    });
}
