//! A list that is put in order by buttons.

use item::{Choice, Response};
use leptos::prelude::*;

use super::answering::{Answering, Asked};
use crate::{
    catalogue::{text, text_with},
    platform::focus,
    widgets::rich_text_view,
};

/// An order to be found. Until it is answered, the options stand as they came.
#[derive(Clone, Copy)]
struct Order {
    answering: Answering,
    choices: StoredValue<Vec<Choice>>,
    /// The labels as shown: ahead of what is committed, so that quick presses count.
    shown: RwSignal<Vec<String>>,
    /// What is read out.
    said: RwSignal<Option<String>>,
}

pub(super) fn view(answering: Answering, asked: Asked, choices: Vec<Choice>) -> AnyView {
    let at_first: Vec<String> = choices.iter().map(|choice| choice.id.clone()).collect();
    let as_it_came = at_first.clone();
    let order_of = move |response: Response| match response {
        Response::Order(order) => order,
        _ => as_it_came.clone(),
    };
    let shown = RwSignal::new(order_of(answering.latest()));
    let order = Order { answering, choices: StoredValue::new(choices), shown, said: RwSignal::new(None) };
    answering.when_refused(move || shown.set(order_of(answering.latest())));
    let answered = Memo::new(move |_| !answering.committed().is_empty());
    let (lang, dir) = (StoredValue::new(asked.lang.clone()), asked.dir);
    let said = order.said;
    let controls = view! {
        <ol class="order" class:answered=answered>
            <For each=move || shown.get() key=|label| label.clone() children=move |label| order.row(label, lang.get_value(), dir)/>
        </ol>
        // An order that is right as it came is an answer only once somebody says so.
        <Show when=move || !answered.get()>
            <p class="order-open">
                <span>{text("exam-order-open")}</span>
                <button type="button" on:click=move |_| order.keep()>{text("exam-order-keep")}</button>
            </p>
        </Show>
        <p class="visually-hidden" role="status">{move || said.get()}</p>
    };
    asked.group("ordering", text("exam-order-hint"), controls)
}

impl Order {
    fn row(self, label: String, lang: String, dir: &'static str) -> AnyView {
        let content =
            self.choices.with_value(|choices| choices.iter().find(|c| c.id == label).map(|c| c.content.clone()));
        let content = content.unwrap_or_default();
        let name = content.plain();
        let of = label.clone();
        let place =
            Memo::new(move |_| self.shown.with(|shown| shown.iter().position(|l| *l == of)).unwrap_or_default());
        let last = self.choices.with_value(Vec::len).saturating_sub(1);
        let button = |up: bool| {
            let (label, name) = (label.clone(), name.clone());
            let (id, word) = if up { ("up", "exam-order-up") } else { ("down", "exam-order-down") };
            let (id, called) =
                (self.answering.element(&format!("{label}-{id}")), text_with(word, [("text", name.as_str().into())]));
            let ends = move || if up { place.get() == 0 } else { place.get() == last };
            view! {
                <button
                    type="button"
                    id=id
                    class="step"
                    aria-label=called
                    aria-disabled=move || ends().then_some("true")
                    on:click=move |_| self.step(&label, &name, up)
                >
                    <span aria-hidden="true">{if up { "↑" } else { "↓" }}</span>
                </button>
            }
        };
        let (up, down) = (button(true), button(false));
        view! {
            <li class="order-row">
                <span class="order-place" aria-hidden="true">{move || place.get() + 1}</span>
                <div class="choice-text" lang=lang dir=dir>{rich_text_view(&content)}</div>
                <span class="steps-of-order">{up}{down}</span>
            </li>
        }
        .into_any()
    }

    fn step(self, label: &str, name: &str, up: bool) {
        let mut order = self.shown.get_untracked();
        let Some(from) = order.iter().position(|l| l == label) else { return };
        let to = if up { from.checked_sub(1) } else { Some(from + 1) };
        let Some(to) = to.filter(|&to| to < order.len()) else { return };
        order.swap(from, to);
        let words = [("text", name.into()), ("n", (to + 1).into()), ("total", order.len().into())];
        self.said.set(Some(text_with("exam-order-moved", words)));
        self.shown.set(order.clone());
        self.answering.give(Response::Order(order));
        // The row moved in the page, and took the focus off its button.
        focus::by_name(self.answering.element(&format!("{label}-{}", if up { "up" } else { "down" })));
    }

    fn keep(self) {
        self.answering.give(Response::Order(self.shown.get_untracked()));
        let first = self.shown.with_untracked(|shown| shown.first().cloned()).unwrap_or_default();
        focus::by_name(self.answering.element(&format!("{first}-down")));
        self.said.set(Some(text("exam-order-kept")));
    }
}
