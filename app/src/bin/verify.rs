//! Entry of the verifier's page.

fn main() {
    app::platform::crash::watch();
    leptos::mount::mount_to_body(app::verify::Verify);
}
