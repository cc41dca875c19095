//! The exam body's office. What it has so far: taking response files in.

mod collect;
mod taking;

use leptos::prelude::*;

/// The whole page.
#[component]
pub fn Office() -> impl IntoView {
    view! { <collect::Collect/> }
}
