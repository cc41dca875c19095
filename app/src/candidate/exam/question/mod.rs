//! One question. How it is answered is a matter of its kind, one module each: native controls throughout, so that keyboard,
//! screen reader and touch need nothing of ours, and nothing has to be dragged.

mod answering;
mod choice;
mod cloze;
mod extended_text;
mod gap_list;
mod gap_match;
mod hotspot;
mod keeper;
mod matching;
mod order;
mod typing;

use item::{FormItem, Interaction, Stimulus};
use leptos::prelude::*;
use sitting::{Event, Place};

pub(crate) use self::{
    answering::Answering,
    keeper::{Keeper, Sheet},
};
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
    let (id, flag_id) = (item.id.clone(), item.id.clone());
    let flagged = Memo::new(move |_| session.answers.with(|answers| answers.is_flagged(&id)));
    let message = RwSignal::new(None::<String>);
    let asked = item.id.clone();
    let refused = Signal::derive(move || {
        session.refused.with(|refused| refused.as_ref().filter(|(item, _)| *item == asked).map(|(_, why)| why.clone()))
    });
    let answering = Answering::new(Keeper::Exam(session), item.id.clone(), message);
    let item = StoredValue::new(item);
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
                    // Cleared, the controls are made anew, from what is then the response.
                    {move || {
                        answering.cleared.track();
                        item.with_value(|item| answer_view(answering, item))
                    }}
                    <Alert message=message.into()/>
                    <Alert message=refused/>
                    <div class="question-tools">
                        <button type="button" class="quiet" on:click=move |_| answering.clear()>{text("exam-clear")}</button>
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

/// A text that several questions share.
pub(crate) fn stimulus_view(stimulus: Stimulus) -> impl IntoView {
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

/// What the question is answered with.
pub(crate) fn answer_view(answering: Answering, item: &FormItem) -> AnyView {
    let FormItem { lang, dir, stem, interaction, .. } = item.clone();
    let asked = answering::Asked { lang, dir: dir.as_str(), stem };
    match interaction {
        Interaction::SingleChoice { choices } => choice::view(answering, asked, choices, None),
        Interaction::MultipleResponse { choices, select } => choice::view(answering, asked, choices, Some(select)),
        Interaction::Cloze { text, gaps } => cloze::view(answering, asked, &text, gaps),
        Interaction::GapMatch { text, gaps, choices, reuse } => {
            gap_match::view(answering, asked, &text, gaps, choices, reuse)
        }
        Interaction::Match { rows, columns, per_row } => matching::view(answering, asked, rows, columns, per_row),
        Interaction::Order { choices } => order::view(answering, asked, choices),
        Interaction::Hotspot { image, width, height, regions, select } => {
            hotspot::view(answering, asked, &image, [width, height], regions, select)
        }
        Interaction::ExtendedText { max_chars } => extended_text::view(answering, asked, max_chars),
    }
}
