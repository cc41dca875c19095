//! Answering: one question a page, the navigator, the review.

mod navigator;
mod question;
mod review;

use item::{FormItem, ItemId};
use leptos::prelude::*;
use sitting::{Event, Place};

use super::{Session, save_state::SaveState, timer::Timer};
use crate::catalogue::{text, text_with};

/// Where in the form the candidate is.
fn place(session: Session) -> Memo<Place> {
    let first = session.form.with_value(|form| form.items.first().map(|item| item.id.clone()));
    Memo::new(move |_| {
        let place = session.answers.with(|answers| answers.place().cloned());
        place.or_else(|| first.clone().map(Place::Item)).unwrap_or(Place::Review)
    })
}

fn position(session: Session, id: &ItemId) -> usize {
    session.form.with_value(|form| form.items.iter().position(|item| &item.id == id)).unwrap_or_default()
}

fn item_at(session: Session, position: usize) -> Option<FormItem> {
    session.form.with_value(|form| form.items.get(position).cloned())
}

fn go_to(session: Session, to: Place) {
    session.record(Event::Navigated { to });
}

/// Header, question or review.
#[component]
pub(super) fn ExamPage(session: Session) -> impl IntoView {
    let place = place(session);
    let total = session.form.with_value(|form| form.items.len());
    let where_am_i = move || match place.get() {
        Place::Item(id) => {
            text_with("exam-position", [("n", (position(session, &id) + 1).into()), ("total", total.into())])
        }
        Place::Review => text("review-title"),
    };
    view! {
        <header class="exam-header">
            <p class="exam-place">{where_am_i}</p>
            <Timer session/>
            <SaveState session/>
        </header>
        {move || match place.get() {
            Place::Item(id) => match item_at(session, position(session, &id)) {
                Some(item) => view! { <question::QuestionPage session item total/> }.into_any(),
                None => view! { <review::ReviewPage session/> }.into_any(),
            },
            Place::Review => view! { <review::ReviewPage session/> }.into_any(),
        }}
    }
}
