//! Entry of the candidate's app.

fn main() {
    app::platform::crash::watch();
    leptos::mount::mount_to_body(app::candidate::Candidate);
}
