//! The practice page: public questions, one at a time, each with what is right and why as soon as it is answered
//! (docs/PRACTICE.md). It is part of the candidate's app, so that it opens without a network like that, and touches nothing of
//! an exam.

mod feedback;
mod link;
mod list;
mod progress;
mod question;
mod set;

use item::{FormItem, Stimulus};
use leptos::{prelude::*, task::spawn_local};
use scoring::{PracticeAnswer, PracticeSet};
use wasm_bindgen::JsValue;

pub(crate) use self::link::PracticeLink;
use self::progress::{Progress, Try};
use crate::{
    catalogue::text,
    platform::{listen, offline, page, window},
    widgets::{Alert, Busy, Heading},
};

/// The page's address.
pub const PATH: &str = "/practice";

/// Whether the address asks for this page.
pub fn is_asked_for() -> bool {
    page::path() == PATH
}

/// A practice set, and how far somebody has come in it. A handle.
#[derive(Clone, Copy)]
struct Study {
    set: StoredValue<PracticeSet>,
    progress: RwSignal<Progress>,
    /// Whether the browser keeps it.
    keeps: RwSignal<bool>,
    /// The question that is shown, counted from 0; the list without one.
    at: RwSignal<Option<usize>>,
}

impl Study {
    fn new(set: PracticeSet) -> Self {
        let study = Self {
            set: StoredValue::new(set),
            progress: RwSignal::new(Progress::kept()),
            keeps: RwSignal::new(true),
            at: RwSignal::new(None),
        };
        Progress::watch(move || {
            study.progress.try_set(Progress::kept());
        });
        study.at.set(study.addressed());
        listen(&window(), "hashchange", move |_: JsValue| {
            study.at.try_set(study.addressed());
        });
        study
    }

    /// The question that the address names behind its «#».
    fn addressed(self) -> Option<usize> {
        let name = page::fragment();
        self.set.try_with_value(|set| set.form.items.iter().position(|item| item.id.as_str() == name)).flatten()
    }

    fn total(self) -> usize {
        self.set.with_value(|set| set.form.items.len())
    }

    /// A question, what is right of it, and the text that it shares with others.
    fn question(self, at: usize) -> Option<(FormItem, PracticeAnswer, Option<Stimulus>)> {
        self.set.with_value(|set| {
            let (item, answer) = (set.form.items.get(at)?.clone(), set.answers.get(at)?.clone());
            let stimulus = set.form.stimuli.iter().find(|stimulus| item.stimulus.as_ref() == Some(&stimulus.id));
            Some((item, answer, stimulus.cloned()))
        })
    }

    /// What was tried of an item.
    fn tried(self, item: &FormItem, answer: &PracticeAnswer) -> Try {
        let tried = self.progress.with_untracked(|progress| progress.of(&answer.name));
        // Somebody may have changed what the browser keeps.
        if item.interaction.accepts().check(&tried.response).is_ok() { tried } else { Try::default() }
    }
}

/// Says that what is answered will be gone with the page, where the browser does not keep it.
#[component]
fn NotKept(study: Study) -> impl IntoView {
    view! {
        <div role="status">
            {move || (!study.keeps.get()).then(|| view! { <p class="note">{text("practice-not-kept")}</p> })}
        </div>
    }
}

/// The address of a question on this page.
fn address_of(at: usize) -> String {
    format!("#{}", item::ItemId::at_position(at + 1))
}

/// The whole page.
#[component]
pub fn Practice() -> impl IntoView {
    let study = RwSignal::new(None::<Study>);
    let message = RwSignal::new(None::<String>);
    page::set_title(&text("practice-page-title"));
    let load = move || {
        message.set(None);
        spawn_local(async move {
            match set::load().await {
                Ok(set) => study.set(Some(Study::new(set))),
                Err(words) => message.set(Some(words)),
            }
            // Fetches every file of the app: not while somebody waits for the first question.
            offline::register();
        });
    };
    load();
    view! {
        {move || match study.get() {
            Some(study) => view! { <Studying study/> }.into_any(),
            None => view! {
                <main class="page narrow">
                    <Heading title=text("practice-title")/>
                    {move || message.with(Option::is_none).then(|| view! { <Busy doing=text("opening")/> })}
                    <Alert message=message.into()/>
                    {move || message.with(Option::is_some).then(|| view! {
                        <div class="actions">
                            <button type="button" class="primary" on:click=move |_| load()>{text("try-again")}</button>
                        </div>
                    })}
                    <p class="aside"><a href="/">{text("practice-to-exam")}</a></p>
                </main>
            }
            .into_any(),
        }}
    }
}

#[component]
fn Studying(study: Study) -> impl IntoView {
    let at = Memo::new(move |_| study.at.get());
    move || match at.get() {
        Some(at) => view! { <question::QuestionPage study at/> }.into_any(),
        None => view! { <list::ListPage study/> }.into_any(),
    }
}
