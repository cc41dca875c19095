//! All questions at a glance, their states in words.

use item::ItemId;
use leptos::prelude::*;
use sitting::Place;

use super::go_to;
use crate::{
    candidate::Session,
    catalogue::{text, text_with},
};

/// A question's state.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) answered: bool,
    pub(super) flagged: bool,
}

impl Mark {
    pub(super) fn of(session: Session, id: &ItemId) -> Self {
        session
            .answers
            .with(|answers| Self { answered: !answers.response(id).is_blank(), flagged: answers.is_flagged(id) })
    }

    pub(super) fn words(self) -> String {
        text(match (self.answered, self.flagged) {
            (true, false) => "mark-answered",
            (true, true) => "mark-answered-flagged",
            (false, false) => "mark-open",
            (false, true) => "mark-open-flagged",
        })
    }
}

/// A list of all questions, closed until it is wanted.
#[component]
pub(super) fn Navigator(session: Session, current: usize) -> impl IntoView {
    let ids = session.form.with_value(|form| form.items.iter().map(|item| item.id.clone()).collect::<Vec<_>>());
    let total = ids.len();
    let all = ids.clone();
    let answered = Memo::new(move |_| all.iter().filter(|id| Mark::of(session, id).answered).count());
    view! {
        <details class="navigator">
            <summary>{move || text_with("nav-summary", [("answered", answered.get().into()), ("total", total.into())])}</summary>
            <button type="button" on:click=move |_| go_to(session, Place::Review)>{text("exam-to-review")}</button>
            <ol class="cells">
                {ids.into_iter().enumerate().map(|(at, id)| view! { <Cell session id at current=at == current/> }).collect_view()}
            </ol>
        </details>
    }
}

/// One question's button.
#[component]
pub(super) fn Cell(session: Session, id: ItemId, at: usize, current: bool) -> impl IntoView {
    let of = id.clone();
    let mark = Memo::new(move |_| Mark::of(session, &of));
    let label = move || text_with("nav-cell", [("n", (at + 1).into()), ("state", mark.get().words().into())]);
    view! {
        <li>
            <button
                type="button"
                class="cell"
                class:answered=move || mark.get().answered
                class:flagged=move || mark.get().flagged
                aria-current=current.then_some("step")
                aria-label=label
                on:click=move |_| go_to(session, Place::Item(id.clone()))
            >
                {at + 1}
                <span class="cell-sign" aria-hidden="true">
                    {move || match (mark.get().answered, mark.get().flagged) {
                        (true, true) => "✓⚑",
                        (true, false) => "✓",
                        (false, true) => "⚑",
                        (false, false) => "",
                    }}
                </span>
            </button>
        </li>
    }
}
