//! Options as native radio buttons or check boxes; the stem is their legend.

use item::{Choice, Response};
use leptos::{html, prelude::*};

use super::answering::{Answering, Asked};
use crate::{
    catalogue::{text, text_with},
    widgets::rich_text_view,
};

/// `select` is how many of several to choose; one option without it.
pub(super) fn view(answering: Answering, asked: Asked, choices: Vec<Choice>, select: Option<usize>) -> AnyView {
    let (lang, dir) = (asked.lang.clone(), asked.dir);
    let rows = choices.into_iter().map(|Choice { id, content }| {
        let control = control(answering, id.clone(), select);
        let text = view! { <div class="choice-text" lang=lang.clone() dir=dir>{rich_text_view(&content)}</div> };
        row(control, &id, text.into_any())
    });
    let hint = match select {
        Some(n) => text_with("exam-select-many", [("n", n.into())]),
        None => text("exam-select-one"),
    };
    let rows = rows.collect_view();
    asked.group("choice", hint, rows)
}

/// An option's control, and whether it is chosen.
pub(super) struct Control {
    pub(super) input: AnyView,
    pub(super) chosen: Memo<bool>,
}

/// An option's row: control, letter, text.
pub(super) fn row(control: Control, label: &str, text: AnyView) -> AnyView {
    let Control { input, chosen } = control;
    let letter = label.to_ascii_uppercase();
    view! {
        <label class="choice-row" class:chosen=chosen>
            {input}
            <span class="choice-letter" aria-hidden="true">{letter}</span>
            {text}
        </label>
    }
    .into_any()
}

/// The radio button or check box of an option.
pub(super) fn control(answering: Answering, option: String, select: Option<usize>) -> Control {
    let field: NodeRef<html::Input> = NodeRef::new();
    let (shown, value) = (option.clone(), option.clone());
    let chosen = Memo::new(move |_| answering.committed().contains(&shown));
    answering.when_refused(move || {
        if let Some(field) = field.get_untracked() {
            field.set_checked(chosen.get_untracked());
        }
    });
    let change = move |on: bool| {
        if !choose(answering, &option, on, select)
            && let Some(field) = field.get_untracked()
        {
            field.set_checked(!on);
        }
    };
    let input = view! {
        <input
            node_ref=field
            type=if select.is_some() { "checkbox" } else { "radio" }
            name=answering.id().to_string()
            value=value
            prop:checked=chosen
            on:change=move |event| change(event_target_checked(&event))
        />
    };
    Control { input: input.into_any(), chosen }
}

/// Chooses an option or takes it away; whether that may be.
pub(super) fn choose(answering: Answering, option: &str, on: bool, select: Option<usize>) -> bool {
    let Some(most) = select else {
        answering.give(Response::new([option]));
        return true;
    };
    let mut picked: Vec<String> = answering.latest().choices().to_vec();
    picked.retain(|picked| picked != option);
    if on && picked.len() >= most {
        answering.touch();
        answering.message.set(Some(text_with("exam-too-many", [("n", most.into())])));
        return false;
    }
    if on {
        picked.push(option.to_owned());
    }
    answering.give(Response::new(picked));
    true
}
