//! The review before the end, and handing in.

use leptos::prelude::*;
use sitting::{Place, SubmitReason};

use super::{
    go_to,
    menu::Menu,
    navigator::{Cell, Mark},
};
use crate::{
    candidate::Session,
    catalogue::{text, text_with},
    platform::focus,
    widgets::{HEADING, Heading},
};

const CONFIRM: &str = "confirm-title";

/// Every question with its state; handing in asks once more.
#[component]
pub(super) fn ReviewPage(session: Session) -> impl IntoView {
    let ids = session.form.with_value(|form| form.items.iter().map(|item| item.id.clone()).collect::<Vec<_>>());
    let total = ids.len();
    let confirming = RwSignal::new(false);
    let counted = ids.clone();
    let counts = Memo::new(move |_| {
        let marks: Vec<Mark> = counted.iter().map(|id| Mark::of(session, id)).collect();
        (marks.iter().filter(|mark| !mark.answered).count(), marks.iter().filter(|mark| mark.flagged).count())
    });
    let first_open = {
        let ids = ids.clone();
        move || ids.iter().find(|id| !Mark::of(session, id).answered).cloned()
    };
    let back = ids.last().cloned();
    view! {
        <main class="page review">
            <Heading title=text("review-title")/>
            <p>{move || text_with("review-counts", [
                ("open", counts.get().0.into()), ("flagged", counts.get().1.into()), ("total", total.into()),
            ])}</p>
            <Show
                when=move || confirming.get()
                fallback=move || {
                    let (first_open, back, ids) = (first_open.clone(), back.clone(), ids.clone());
                    view! {
                        <div class="actions">
                            <button type="button" class="primary" on:click=move |_| {
                                confirming.set(true);
                                focus::by_id(CONFIRM);
                            }>{text("review-hand-in")}</button>
                            {move || first_open().map(|id| view! {
                                <button type="button" on:click=move |_| go_to(session, Place::Item(id.clone()))>
                                    {text("review-first-open")}
                                </button>
                            })}
                            {back.map(|id| view! {
                                <button type="button" on:click=move |_| go_to(session, Place::Item(id.clone()))>
                                    {text("review-back")}
                                </button>
                            })}
                        </div>
                        <ol class="cells">
                            {ids.into_iter().enumerate().map(|(at, id)| {
                                view! { <Cell session id at current=false/> }
                            }).collect_view()}
                        </ol>
                        <p class="hint">{text("review-key")}</p>
                    }
                }
            >
                <section class="confirm" aria-labelledby=CONFIRM>
                    <h2 id=CONFIRM tabindex="-1">{text("confirm-title")}</h2>
                    <p>{move || text_with("confirm-counts", [("open", counts.get().0.into())])}</p>
                    <p>{text("confirm-final")}</p>
                    <div class="actions">
                        <button type="button" class="primary" on:click=move |_| session.submit(SubmitReason::Candidate)>
                            {text("confirm-yes")}
                        </button>
                        <button type="button" on:click=move |_| {
                            confirming.set(false);
                            focus::by_id(HEADING);
                        }>{text("confirm-no")}</button>
                    </div>
                </section>
            </Show>
            <Menu session/>
        </main>
    }
}
