//! Entry of the candidate's app, of which the practice page is a part.

fn main() {
    app::platform::crash::watch();
    if app::practice::is_asked_for() {
        leptos::mount::mount_to_body(app::practice::Practice);
    } else {
        leptos::mount::mount_to_body(app::candidate::Candidate);
    }
}
