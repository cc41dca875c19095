//! A gap that is filled from a native list within the line.

use leptos::{html, prelude::*};

use super::answering::Answering;
use crate::catalogue::text;

/// A list for a gap. `options` makes its entries, of what the gap holds; `fill` gives it another, or says that it cannot.
pub(super) fn gap_list(
    answering: Answering,
    gap: String,
    label: String,
    options: impl FnOnce(Memo<String>) -> AnyView,
    fill: impl Fn(&str, String) -> bool + 'static,
) -> AnyView {
    let field: NodeRef<html::Select> = NodeRef::new();
    let shown = {
        let gap = gap.clone();
        Memo::new(move |_| answering.committed().gap(&gap).unwrap_or_default().to_owned())
    };
    let show_again = move || {
        if let Some(field) = field.get_untracked() {
            field.set_value(&shown.get_untracked());
        }
    };
    answering.when_refused(show_again);
    let change = move |event| {
        if !fill(&gap, event_target_value(&event)) {
            show_again();
        }
    };
    let options = options(shown);
    view! {
        <select
            node_ref=field
            class="gap"
            class:chosen=move || !shown.get().is_empty()
            aria-label=label
            on:change=change
        >
            <option value="" prop:selected=move || shown.get().is_empty()>{text("exam-gap-choose")}</option>
            {options}
        </select>
    }
    .into_any()
}
