//! One question.

use item::{Choice, FormItem, Interaction, Response, Stimulus};
use leptos::{html, prelude::*};
use sitting::{Event, Place};

use super::{go_to, item_at, menu::Menu, navigator::Navigator, position};
use crate::{
    candidate::Session,
    catalogue::{text, text_with},
    widgets::{Alert, Heading, rich_text_view},
};

/// The question with its scenario, options and the way on.
#[component]
pub(super) fn QuestionPage(session: Session, item: FormItem, total: usize) -> impl IntoView {
    let at = position(session, &item.id);
    let stimulus = item.stimulus.as_ref().and_then(|id| {
        session.form.with_value(|form| form.stimuli.iter().find(|stimulus| &stimulus.id == id).cloned())
    });
    let title = text_with("exam-question", [("n", (at + 1).into()), ("total", total.into())]);
    let has_stimulus = stimulus.is_some();
    let (id, flag_id, clear_id) = (item.id.clone(), item.id.clone(), item.id.clone());
    let flagged = Memo::new(move |_| session.answers.with(|answers| answers.is_flagged(&id)));
    let message = RwSignal::new(None::<String>);
    let asked = item.id.clone();
    let refused = Signal::derive(move || {
        session.refused.with(|refused| refused.as_ref().filter(|(item, _)| *item == asked).map(|(_, why)| why.clone()))
    });
    let clear = move |_| {
        message.set(None);
        session.refused.set(None);
        session.record(Event::Answered { item: clear_id.clone(), response: Response::default() });
    };
    let flag = move |_| {
        session.record(Event::Flagged { item: flag_id.clone(), on: !flagged.get_untracked() });
    };
    let to = move |position: usize| {
        let place = item_at(session, position).map_or(Place::Review, |item| Place::Item(item.id));
        go_to(session, place);
    };
    view! {
        <main class="exam" class:with-stimulus=has_stimulus>
            <Heading title/>
            <div class="columns">
                {stimulus.map(stimulus_view)}
                <section class="question">
                    <Options session item message/>
                    <Alert message=message.into()/>
                    <Alert message=refused/>
                    <div class="question-tools">
                        <button type="button" class="quiet" on:click=clear>{text("exam-clear")}</button>
                        <button type="button" class="quiet flag" class:marked=flagged on:click=flag>
                            {move || text(if flagged.get() { "exam-unflag" } else { "exam-flag" })}
                        </button>
                    </div>
                    <nav class="actions" aria-label=text("exam-moving")>
                        <button type="button" class="primary" on:click=move |_| to(at + 1)>
                            {text(if at + 1 < total { "exam-next" } else { "exam-to-review" })}
                        </button>
                        {(at > 0).then(|| view! {
                            <button type="button" on:click=move |_| to(at - 1)>{text("exam-previous")}</button>
                        })}
                    </nav>
                </section>
            </div>
            <Navigator session current=at/>
            <Menu session/>
        </main>
    }
}

fn stimulus_view(stimulus: Stimulus) -> impl IntoView {
    let Stimulus { title, lang, dir, content, .. } = stimulus;
    let dir = dir.as_str();
    view! {
        // Beside a long question it scrolls by itself, and the keyboard must reach it for that.
        <article class="stimulus" aria-label=text("exam-scenario") tabindex="0">
            <h2>
                <span class="kicker">{text("exam-scenario")}</span>" "
                <span lang=lang.clone() dir=dir>{title}</span>
            </h2>
            <div class="stimulus-text" lang=lang.clone() dir=dir>{rich_text_view(&content)}</div>
        </article>
    }
}

/// The options as native radio buttons or check boxes; the stem is their legend.
#[component]
fn Options(session: Session, item: FormItem, message: RwSignal<Option<String>>) -> impl IntoView {
    let FormItem { id, lang, dir, stem, interaction, .. } = item;
    let dir = dir.as_str();
    let (choices, select) = match interaction {
        Interaction::SingleChoice { choices } => (choices, None),
        Interaction::MultipleResponse { choices, select } => (choices, Some(select)),
    };
    let rows = choices.into_iter().map(|choice| {
        let lang = lang.clone();
        let Choice { id: choice, content } = choice;
        let field: NodeRef<html::Input> = NodeRef::new();
        let (shown, chosen, id_now) = (choice.clone(), choice.clone(), id.clone());
        let checked = {
            let id = id.clone();
            Memo::new(move |_| session.answers.with(|answers| answers.response(&id).contains(&shown)))
        };
        // The field shows what was clicked; once that was refused, it shows again what is written.
        Effect::new(move |_| {
            if session.refused.with(Option::is_some)
                && let Some(field) = field.get_untracked()
            {
                field.set_checked(checked.get_untracked());
            }
        });
        let change = move |on: bool| {
            message.set(None);
            session.refused.set(None);
            let response = match select {
                None => Response::new([chosen.clone()]),
                Some(most) => {
                    let mut picked: Vec<String> = session.latest_response(&id_now).choices().to_vec();
                    picked.retain(|picked| picked != &chosen);
                    if on && picked.len() >= most {
                        message.set(Some(text_with("exam-too-many", [("n", most.into())])));
                        if let Some(field) = field.get_untracked() {
                            field.set_checked(false);
                        }
                        return;
                    }
                    if on {
                        picked.push(chosen.clone());
                    }
                    Response::new(picked)
                }
            };
            session.record(Event::Answered { item: id_now.clone(), response });
        };
        view! {
            <label class="choice-row" class:chosen=checked>
                <input
                    node_ref=field
                    type=if select.is_some() { "checkbox" } else { "radio" }
                    name=id.to_string()
                    value=choice.clone()
                    prop:checked=checked
                    on:change=move |event| change(event_target_checked(&event))
                />
                <span class="choice-letter" aria-hidden="true">{choice.to_ascii_uppercase()}</span>
                <div class="choice-text" lang=lang.clone() dir=dir>{rich_text_view(&content)}</div>
            </label>
        }
    });
    let hint = match select {
        Some(n) => text_with("exam-select-many", [("n", n.into())]),
        None => text("exam-select-one"),
    };
    view! {
        <fieldset class="options">
            <legend lang=lang.clone() dir=dir>{rich_text_view(&stem)}</legend>
            <p class="hint">{hint}</p>
            {rows.collect_view()}
        </fieldset>
    }
}
