//! Files that are chosen or dropped.

use leptos::{ev, html, prelude::*};
use web_sys::{File, FileList};

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
    /// Whether several files may come at once.
    #[prop(optional)]
    multiple: bool,
    /// Takes each file.
    on_file: impl Fn(File) + Copy + 'static,
) -> impl IntoView {
    let over = RwSignal::new(false);
    let field: NodeRef<html::Input> = NodeRef::new();
    let chosen = move |_| {
        let Some(field) = field.get_untracked() else { return };
        listed(field.files(), multiple).for_each(on_file);
        // The same file may be chosen again after it was changed.
        field.set_value("");
    };
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        listed(event.data_transfer().and_then(|data| data.files()), multiple).for_each(on_file);
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
            <input id=id type="file" accept=accept multiple=multiple node_ref=field on:change=chosen aria-describedby=hint_id.clone()/>
            <p class="hint" id=hint_id>{hint}</p>
        </div>
    }
}

/// The files of a list; the first only, if there may be one.
fn listed(files: Option<FileList>, multiple: bool) -> impl Iterator<Item = File> {
    let count = files.as_ref().map_or(0, FileList::length).min(if multiple { u32::MAX } else { 1 });
    (0..count).filter_map(move |at| files.as_ref().and_then(|files| files.get(at)))
}
