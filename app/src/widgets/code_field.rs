//! A field for a code that people type.

use leptos::prelude::*;

/// A labelled field; how it is spelled does not matter.
#[component]
pub fn CodeField(
    /// The field's id.
    id: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What is expected.
    #[prop(into)]
    hint: String,
    /// What is typed.
    value: RwSignal<String>,
    /// Whether it was found wrong.
    #[prop(optional)]
    invalid: Signal<bool>,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    view! {
        <label for=id>{label}</label>
        <p class="hint" id=hint_id.clone()>{hint}</p>
        <input
            id=id
            class="code"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
            aria-describedby=hint_id
            aria-invalid=move || invalid.get().then_some("true")
            prop:value=value
            on:input=move |event| value.set(event_target_value(&event))
        />
    }
}
