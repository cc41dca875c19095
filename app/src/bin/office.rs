//! Entry of the exam body's office.

fn main() {
    app::platform::crash::watch();
    leptos::mount::mount_to_body(app::office::Office);
}
