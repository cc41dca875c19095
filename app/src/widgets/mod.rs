//! Pieces that several pages use.

mod code_field;
mod file_drop;
mod qr_code;
mod rich_text;

pub use code_field::CodeField;
pub use file_drop::FileDrop;
pub(crate) use qr_code::QrCode;
pub use rich_text::{rich_text_view, rich_text_with_gaps};

use leptos::prelude::*;

use crate::catalogue::text;

/// The id of a page's heading, which gets the focus when the page appears.
pub const HEADING: &str = "heading";

/// A page's heading.
#[component]
pub fn Heading(
    /// Its text.
    #[prop(into)]
    title: String,
) -> impl IntoView {
    Effect::new(|_| crate::platform::focus::by_id(HEADING));
    view! { <h1 id=HEADING tabindex="-1">{title}</h1> }
}

/// A message that has to be seen: read out at once by screen readers.
#[component]
pub fn Alert(
    /// What happened; nothing is shown while there is none.
    message: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <div role="alert" class="alert-region">
            {move || message.get().map(|message| view! { <p class="alert">{message}</p> })}
        </div>
    }
}

/// What is shown while something takes its time.
#[component]
pub fn Busy(
    /// What is being done.
    #[prop(into)]
    doing: String,
) -> impl IntoView {
    view! { <p class="busy" role="status">{doing}</p> }
}

/// The mark of a demonstration at the top of every page.
#[component]
pub fn DemonstrationMark() -> impl IntoView {
    view! { <aside class="demonstration" aria-label=text("demonstration-label")>{text("demonstration-mark")}</aside> }
}
