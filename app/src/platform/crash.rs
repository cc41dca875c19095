//! What the page says when its program has come to an end by a fault of its own. Whatever was shown as saved is on disk.

use crate::catalogue::text;

/// From now on a panic is written to the console and said on the page.
pub fn watch() {
    // In words now: afterwards nothing of the program can be relied on.
    let words = text("crashed");
    std::panic::set_hook(Box::new(move |panic| {
        console_error_panic_hook::hook(panic);
        say(&words);
    }));
}

fn say(words: &str) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let message = document.create_element("p").ok()?;
    message.set_attribute("role", "alert").ok()?;
    message.set_attribute("class", "alert crashed").ok()?;
    message.set_text_content(Some(words));
    document.body()?.prepend_with_node_1(&message).ok()
}
