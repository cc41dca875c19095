//! A file that is chosen or dropped.

use leptos::{ev, html, prelude::*};
use web_sys::File;

/// A file field that also takes what is dropped on it.
#[component]
pub fn FileDrop(
    /// The field's id.
    id: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What is expected.
    #[prop(into)]
    hint: String,
    /// The kinds of file that the browser offers first.
    accept: &'static str,
    /// Takes the file.
    on_file: impl Fn(File) + Copy + 'static,
) -> impl IntoView {
    let over = RwSignal::new(false);
    let field: NodeRef<html::Input> = NodeRef::new();
    let chosen = move |_| {
        let Some(field) = field.get_untracked() else { return };
        if let Some(file) = field.files().and_then(|files| files.get(0)) {
            on_file(file);
        }
        // The same file may be chosen again after it was changed.
        field.set_value("");
    };
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        if let Some(file) = event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0)) {
            on_file(file);
        }
    };
    let hint_id = format!("{id}-hint");
    view! {
        <div
            class="drop"
            class:over=over
            on:dragover=move |event: ev::DragEvent| { event.prevent_default(); over.set(true); }
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            <label for=id>{label}</label>
            <input id=id type="file" accept=accept node_ref=field on:change=chosen aria-describedby=hint_id.clone()/>
            <p class="hint" id=hint_id>{hint}</p>
        </div>
    }
}
