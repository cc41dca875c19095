//! What holds in the exam.

use leptos::prelude::*;

use crate::{
    candidate::{App, Step, book::PresenceNote},
    catalogue::{text, text_with},
    platform::focus,
    widgets::{Alert, Heading},
};

/// What holds, what is safe, and what is recorded.
#[component]
pub(crate) fn RulesPage(app: App) -> impl IntoView {
    let agreed = RwSignal::new(false);
    let message = RwSignal::new(None::<String>);
    let Some(exam) = app.facts.get_untracked() else { return ().into_any() };
    let book = app.package.with_untracked(|manifest| Some(manifest.as_ref()?.open_book.as_ref()?.title.clone()));
    let minutes = exam.duration_ms / 60_000;
    let extra = exam.extra_ms / 60_000;
    let breaks = exam.break_ms / 60_000;
    let go_on = move |_| {
        if agreed.get_untracked() {
            app.step.set(Step::Readiness);
        } else {
            message.set(Some(text("rules-agree-first")));
            focus::by_id("agree");
        }
    };
    view! {
        <main class="page">
            <Heading title=text("rules-title")/>
            <ul class="rules">
                <li>{text_with("rules-items", [("items", exam.items.into())])}</li>
                <li>{text_with("rules-time", [("minutes", minutes.into())])}</li>
                {(extra > 0).then(|| view! { <li>{text_with("rules-extra", [("minutes", extra.into())])}</li> })}
                {(breaks > 0).then(|| view! { <li>{text_with("rules-breaks", [("minutes", breaks.into())])}</li> })}
                <li>{match (exam.cut_score, exam.points) {
                    (Some(cut), Some(points)) => {
                        text_with("rules-cut-points", [("cut", cut.into()), ("points", points.into())])
                    }
                    (Some(cut), None) => text_with("rules-cut", [("cut", cut.into()), ("items", exam.items.into())]),
                    (None, _) => text("rehearsal-nothing-counts"),
                }}</li>
                <li>{text(if exam.open_book { "rules-open-book" } else { "rules-closed-book" })}</li>
                {book.map(|title| view! { <li>{text_with("rules-book", [("title", title.into())])}</li> })}
                <li>{text("rules-no-penalty")}</li>
            </ul>
            <PresenceNote app/>
            <h2>{text("rules-safety-title")}</h2>
            <p>{text("rules-safety")}</p>
            <h2>{text("rules-record-title")}</h2>
            <p>{text("rules-record")}</p>
            <ul>
                <li>{text("rules-record-answers")}</li>
                <li>{text("rules-record-signs")}</li>
            </ul>
            <p>{text("rules-record-not")}</p>
            <label class="choice-row">
                <input
                    type="checkbox"
                    id="agree"
                    prop:checked=agreed
                    on:change=move |event| agreed.set(event_target_checked(&event))
                />
                <span>{text("rules-agree")}</span>
            </label>
            <Alert message=message.into()/>
            <div class="actions">
                <button type="button" class="primary" on:click=go_on>{text("continue")}</button>
                <button type="button" on:click=move |_| app.step.set(Step::Identity)>{text("back")}</button>
            </div>
        </main>
    }
    .into_any()
}
