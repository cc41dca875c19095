//! Answering: one question a page, the navigator, the review.

mod break_page;
mod menu;
mod navigator;
pub(crate) mod question;
mod review;

use item::{FormItem, ItemId};
use leptos::prelude::*;
use sitting::{Event, Place};

use super::{
    Session,
    book::BookButton,
    proctor,
    save_state::SaveState,
    session::Aside,
    timer::{TimeInDoubt, Timer},
};
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

/// What the page shows below its header.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shown {
    Place(Place),
    Aside(Aside),
    Break,
}

/// Header, and question or review, or what stands in their place.
#[component]
pub(super) fn ExamPage(session: Session) -> impl IntoView {
    let place = place(session);
    let total = session.form.with_value(|form| form.items.len());
    let shown = Memo::new(move |_| match (session.aside.get(), session.paused.get()) {
        (Some(aside), _) => Shown::Aside(aside),
        (None, true) => Shown::Break,
        (None, false) => Shown::Place(place.get()),
    });
    let where_am_i = move || match shown.get() {
        Shown::Place(Place::Item(id)) => {
            text_with("exam-position", [("n", (position(session, &id) + 1).into()), ("total", total.into())])
        }
        Shown::Place(Place::Review) => text("review-title"),
        Shown::Aside(Aside::Codes) => text("codes-title"),
        Shown::Aside(Aside::CheckIn) => text("check-in-title"),
        Shown::Break => text("break-title"),
    };
    let back = move || session.aside.set(None);
    view! {
        <header class="exam-header">
            <div class="exam-where">
                <p class="exam-place">{where_am_i}</p>
                <BookButton session/>
            </div>
            <Timer session/>
            <SaveState session/>
        </header>
        <TimeInDoubt session/>
        {move || match shown.get() {
            Shown::Place(Place::Item(id)) => match item_at(session, position(session, &id)) {
                Some(item) => view! { <question::QuestionPage session item total/> }.into_any(),
                None => view! { <review::ReviewPage session/> }.into_any(),
            },
            Shown::Place(Place::Review) => view! { <review::ReviewPage session/> }.into_any(),
            Shown::Aside(Aside::Codes) => view! { <proctor::CodesPage session done=back/> }.into_any(),
            Shown::Aside(Aside::CheckIn) => view! { <proctor::CheckInPage session done=back/> }.into_any(),
            Shown::Break => view! { <break_page::BreakPage session/> }.into_any(),
        }}
    }
}
