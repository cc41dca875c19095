//! One question: answered with the exam's own controls, compared with the key when asked to, then with what is right and why.

use item::FormItem;
use leptos::prelude::*;
use scoring::{PracticeAnswer, Rule};

use super::{
    NotKept, Study, address_of, feedback,
    progress::{State, Try},
};
use crate::{
    candidate::exam::question::{Answering, Keeper, Sheet, answer_view, stimulus_view},
    catalogue::{text, text_with},
    platform::focus,
    widgets::{Alert, HEADING, Heading},
};

/// The heading of what is right and why, which gets the focus with it.
const WHY: &str = "practice-why";

/// One question and a response to it. A handle.
#[derive(Clone, Copy)]
struct Attempt {
    item: StoredValue<FormItem>,
    answer: StoredValue<PracticeAnswer>,
    sheet: Sheet,
    right: RwSignal<Option<bool>>,
    answering: Answering,
}

impl Attempt {
    /// Compares the response with the key.
    fn check(self) {
        self.answering.message.set(None);
        let response = self.sheet.response.get_untracked();
        if response.is_blank() {
            return self.answering.message.set(Some(text("practice-nothing")));
        }
        let worth = self.answer.with_value(|answer| answer.worth(&response));
        self.right.set((!worth.is_pending).then_some(worth.points == worth.of));
        self.sheet.checked.set(true);
        focus::by_id(WHY);
    }

    /// From the beginning.
    fn again(self) {
        self.right.set(None);
        self.sheet.checked.set(false);
        self.answering.clear();
        focus::by_id(HEADING);
    }

    fn state(self) -> Option<State> {
        self.sheet.checked.get().then(|| match self.right.get() {
            Some(true) => State::Right,
            Some(false) => State::Wrong,
            None => State::Unjudged,
        })
    }
}

#[component]
pub(super) fn QuestionPage(study: Study, at: usize) -> impl IntoView {
    let Some((item, answer, stimulus)) = study.question(at) else { return ().into_any() };
    let Try { response, checked, right } = study.tried(&item, &answer);
    let sheet = Sheet { response: RwSignal::new(response), checked: RwSignal::new(checked) };
    let right = RwSignal::new(right);
    let message = RwSignal::new(None::<String>);
    let answering = Answering::new(Keeper::Practice(sheet), item.id.clone(), message);
    let (name, total, has_stimulus) = (answer.name.clone(), study.total(), stimulus.is_some());
    let title = text_with(
        "practice-question",
        [("n", (at + 1).into()), ("total", total.into()), ("topic", answer.topic.as_str().into())],
    );
    let (item, answer) = (StoredValue::new(item), StoredValue::new(answer));
    let attempt = Attempt { item, answer, sheet, right, answering };
    Effect::new(move |_| {
        let tried = Try { response: sheet.response.get(), checked: sheet.checked.get(), right: right.get() };
        // Untouched, nothing is told to whoever shows it.
        let keeps = study.progress.try_maybe_update(|progress| {
            let is_new = progress.of(&name) != tried;
            (is_new, progress.note(&name, tried))
        });
        study.keeps.set(keeps != Some(false));
    });
    view! {
        <main class="exam practice" class:with-stimulus=has_stimulus>
            <p><a href="#all">{text("practice-all")}</a></p>
            <Heading title/>
            <div class="columns">
                {stimulus.map(stimulus_view)}
                <section class="question">
                    // Checked, its controls can be read and not changed.
                    <fieldset class="practice-sheet" role="presentation" disabled=move || sheet.checked.get()>
                        {move || {
                            answering.cleared.track();
                            item.with_value(|item| answer_view(answering, item))
                        }}
                    </fieldset>
                    <Alert message=message.into()/>
                    <NotKept study/>
                    <div role="status">{move || attempt.state().map(outcome)}</div>
                    {move || if sheet.checked.get() {
                        checked_view(attempt).into_any()
                    } else {
                        view! {
                            <div class="actions">
                                <button type="button" class="primary" on:click=move |_| attempt.check()>
                                    {text("practice-check")}
                                </button>
                                <button type="button" class="quiet" on:click=move |_| answering.clear()>{text("exam-clear")}</button>
                            </div>
                        }
                        .into_any()
                    }}
                    <nav class="practice-way" aria-label=text("exam-moving")>
                        {(at > 0).then(|| view! { <a href=address_of(at - 1)>{text("practice-previous")}</a> })}
                        {(at + 1 < total).then(|| view! { <a href=address_of(at + 1)>{text("practice-next")}</a> })}
                        <a href="#all">{text("practice-all")}</a>
                    </nav>
                </section>
            </div>
        </main>
    }
    .into_any()
}

/// Right or wrong, in words.
fn outcome(state: State) -> impl IntoView {
    let word = match state {
        State::Right => "practice-right",
        State::Wrong => "practice-wrong",
        State::Unjudged | State::Open => "practice-unjudged",
    };
    view! { <p class=format!("outcome {}", state.class())>{text(word)}</p> }
}

/// What is right and why, and the ways on.
fn checked_view(attempt: Attempt) -> impl IntoView {
    let response = attempt.sheet.response.get_untracked();
    let is_judged = attempt.answer.with_value(|answer| matches!(answer.rule, Some(Rule::Rubric { .. })));
    let judge = move |right: bool| {
        attempt.right.set(Some(right));
        focus::by_id(WHY);
    };
    let parts =
        attempt.item.with_value(|item| attempt.answer.with_value(|answer| feedback::view(item, answer, &response)));
    view! {
        <section class="feedback" aria-labelledby=WHY>
            <h2 id=WHY tabindex="-1">{text("practice-why")}</h2>
            {parts}
        </section>
        {is_judged.then(|| view! {
            <div class="actions">
                <button type="button" on:click=move |_| judge(true)>{text("practice-judge-right")}</button>
                <button type="button" on:click=move |_| judge(false)>{text("practice-judge-wrong")}</button>
            </div>
        })}
        <div class="actions">
            <button type="button" on:click=move |_| attempt.again()>{text("practice-again")}</button>
        </div>
    }
}
