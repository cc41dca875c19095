//! Is this you?

use leptos::prelude::*;

use crate::{
    candidate::{App, Step},
    catalogue::text,
    widgets::Heading,
};

/// The name, as it will stand on the certificate.
#[component]
pub(crate) fn IdentityPage(app: App) -> impl IntoView {
    let Some(facts) = app.facts.get_untracked() else { return ().into_any() };
    view! {
        <main class="page narrow">
            <Heading title=text("identity-title")/>
            <dl class="facts">
                <dt>{text("identity-name")}</dt>
                <dd class="name">{facts.candidate}</dd>
                <dt>{text("identity-exam")}</dt>
                <dd>{facts.title}</dd>
                <dt>{text("identity-body")}</dt>
                <dd>{facts.exam_body}</dd>
            </dl>
            <p>{text("identity-advice")}</p>
            <div class="actions">
                <button type="button" class="primary" on:click=move |_| app.step.set(Step::Rules)>
                    {text("identity-yes")}
                </button>
                <button type="button" on:click=move |_| app.step.set(Step::Code)>{text("identity-no")}</button>
            </div>
        </main>
    }
    .into_any()
}
