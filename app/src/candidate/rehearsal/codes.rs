//! The codes that people would hand out on the day.

use leptos::prelude::*;

use crate::{candidate::App, catalogue::text};

/// Both codes that open the package, to be typed as on the day.
#[component]
pub(crate) fn CodesCard(app: App) -> impl IntoView {
    let Some(codes) = app.rehearsal.codes.get_untracked() else { return ().into_any() };
    view! {
        <section class="package" aria-labelledby="rehearsal-codes-title">
            <h2 id="rehearsal-codes-title">{text("rehearsal-codes-title")}</h2>
            <p>{text("rehearsal-codes")}</p>
            <dl class="facts">
                <dt>{text("code-label")}</dt>
                <dd class="number">{codes.admission_code}</dd>
                <dt>{text("release-label")}</dt>
                <dd class="number">{codes.release_code}</dd>
            </dl>
        </section>
    }
    .into_any()
}
