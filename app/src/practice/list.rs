//! All questions, by domain, each with where it stands.

use leptos::prelude::*;

use super::{NotKept, Study, address_of, progress::State};
use crate::{
    catalogue::{text, text_with},
    platform::focus,
    widgets::{HEADING, Heading},
};

const CONFIRM: &str = "start-over-title";

#[component]
pub(super) fn ListPage(study: Study) -> impl IntoView {
    let (title, domains) = study.set.with_value(|set| (set.title.clone(), set.domains.clone()));
    let total = study.total();
    let sections =
        domains.into_iter().map(|domain| {
            // Of each, its place in the set, its lasting name and what it is about.
            let items = study.set.with_value(|set| {
                let of_domain = set.answers.iter().enumerate().filter(|(_, answer)| answer.domain == domain.id);
                of_domain.map(|(at, answer)| (at, answer.name.clone(), answer.topic.clone())).collect::<Vec<_>>()
            });
            let id = format!("domain-{}", domain.id);
            (!items.is_empty()).then(|| view! {
            <section class="practice-domain" aria-labelledby=id.clone()>
                <h2 id=id.clone()>{domain.title}</h2>
                <ul class="practice-items">
                    {items.into_iter().map(|(at, name, topic)| view! { <Row study at name topic/> }).collect_view()}
                </ul>
            </section>
        })
        });
    let sections = sections.collect_view();
    view! {
        <main class="page practice">
            <Heading title/>
            <p>{text_with("practice-intro", [("total", total.into())])}</p>
            <p class="hint">{text("practice-here-only")}</p>
            <NotKept study/>
            <p class="practice-count" role="status">{move || counted(study)}</p>
            {sections}
            <StartOver study/>
            <p class="aside"><a href="/">{text("practice-to-exam")}</a></p>
        </main>
    }
}

/// How many were tried, and how they went.
fn counted(study: Study) -> String {
    let states: Vec<State> = study.set.with_value(|set| {
        study.progress.with(|progress| set.answers.iter().map(|answer| progress.state(&answer.name)).collect())
    });
    let count = |wanted: &[State]| states.iter().filter(|state| wanted.contains(state)).count();
    text_with(
        "practice-count",
        [
            ("tried", count(&[State::Right, State::Wrong, State::Unjudged]).into()),
            ("total", states.len().into()),
            ("right", count(&[State::Right]).into()),
            ("wrong", count(&[State::Wrong]).into()),
        ],
    )
}

#[component]
fn Row(study: Study, at: usize, name: String, topic: String) -> impl IntoView {
    let state = Memo::new(move |_| study.progress.with(|progress| progress.state(&name)));
    view! {
        <li>
            <a href=address_of(at)>{text_with("practice-row", [("n", (at + 1).into()), ("topic", topic.into())])}</a>
            <span class=move || format!("practice-state {}", state.get().class())>{move || text(state.get().word())}</span>
        </li>
    }
}

/// Forgetting everything, once that was confirmed.
#[component]
fn StartOver(study: Study) -> impl IntoView {
    let confirming = RwSignal::new(false);
    let ask = move |_| {
        confirming.set(true);
        focus::by_id(CONFIRM);
    };
    let done = move || {
        confirming.set(false);
        focus::by_id(HEADING);
    };
    let forget = move |_| {
        study.progress.update(super::Progress::start_over);
        done();
    };
    move || {
        if confirming.get() {
            view! {
                <section class="confirm" aria-labelledby=CONFIRM>
                    <h2 id=CONFIRM tabindex="-1">{text("practice-over-sure")}</h2>
                    <p>{text("practice-over-what")}</p>
                    <div class="actions">
                        <button type="button" class="primary" on:click=forget>{text("practice-over-yes")}</button>
                        <button type="button" on:click=move |_| done()>{text("practice-over-no")}</button>
                    </div>
                </section>
            }
            .into_any()
        } else if study.progress.with(super::Progress::is_empty) {
            ().into_any()
        } else {
            view! {
                <div class="actions">
                    <button type="button" on:click=ask>{text("practice-over")}</button>
                </div>
            }
            .into_any()
        }
    }
}
