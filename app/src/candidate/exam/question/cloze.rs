//! A text whose gaps are native lists and fields within the line.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use item::{Gap, GapEntry, InlineChoice, Response, RichText};
use leptos::prelude::*;

use super::{
    answering::{Answering, Asked},
    gap_list::gap_list,
    typing::Typing,
};
use crate::{
    catalogue::{text, text_with},
    widgets::rich_text_with_gaps,
};

/// What is typed into each gap.
type Drafts = Rc<RefCell<BTreeMap<String, String>>>;

pub(super) fn view(answering: Answering, asked: Asked, content: &RichText, gaps: Vec<Gap>) -> AnyView {
    let drafts = Drafts::default();
    let typing = {
        let (drafts, keeper, item) = (drafts.clone(), answering.keeper, answering.id());
        Typing::new(answering, move || {
            let mut filled = filled(&keeper.latest(&item));
            filled.extend(drafts.borrow().iter().map(|(gap, text)| (gap.clone(), text.trim().to_owned())));
            let response = Response::gaps(filled);
            if response != keeper.latest(&item) {
                keeper.give(&item, response);
            }
        })
    };
    let total = gaps.len();
    let mut views: BTreeMap<String, AnyView> = BTreeMap::new();
    for (number, Gap { id, entry }) in (1_usize..).zip(gaps) {
        let label = text_with("exam-gap", [("n", number.into()), ("total", total.into())]);
        let control = match entry {
            GapEntry::Choice { choices } => list(answering, id.clone(), label, choices),
            GapEntry::Text { max_chars, numeric } => {
                field(answering, &id, label, max_chars, numeric, drafts.clone(), typing.clone())
            }
        };
        views.insert(id, control);
    }
    let (lang, dir) = (asked.lang.clone(), asked.dir);
    let views = RefCell::new(views);
    let content = rich_text_with_gaps(content, &|gap| views.borrow_mut().remove(gap).unwrap_or_else(|| ().into_any()));
    let content = view! { <div class="gap-text" lang=lang dir=dir>{content}</div> };
    asked.group("cloze", text("exam-fill-gaps"), content)
}

/// The gaps that are filled.
fn filled(response: &Response) -> BTreeMap<String, String> {
    match response {
        Response::Gaps(gaps) => gaps.clone(),
        _ => BTreeMap::new(),
    }
}

/// A gap filled from a list.
fn list(answering: Answering, gap: String, label: String, choices: Vec<InlineChoice>) -> AnyView {
    let options = |shown: Memo<String>| {
        let option = |InlineChoice { id, text }| {
            let of = id.clone();
            view! { <option value=id prop:selected=move || shown.get() == of>{text}</option> }
        };
        choices.into_iter().map(option).collect_view().into_any()
    };
    let fill = move |gap: &str, value: String| {
        // What is typed elsewhere in the text comes first.
        answering.keeper.save_typed();
        let mut filled = filled(&answering.latest());
        filled.insert(gap.to_owned(), value);
        answering.give(Response::gaps(filled));
        true
    };
    gap_list(answering, gap, label, options, fill)
}

/// A gap that is typed into.
fn field(
    answering: Answering,
    gap: &str,
    label: String,
    max_chars: u32,
    numeric: bool,
    drafts: Drafts,
    typing: Typing,
) -> AnyView {
    let before = answering.latest().gap(gap).unwrap_or_default().to_owned();
    let (gap, rest) = (gap.to_owned(), typing.clone());
    let typed = move |event| {
        let value = event_target_value(&event).chars().filter(|c| !c.is_control()).take(max_chars as usize).collect();
        drafts.borrow_mut().insert(gap.clone(), value);
        typing.go_on();
    };
    view! {
        <input
            type="text"
            class="gap"
            aria-label=label
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            inputmode=numeric.then_some("decimal")
            maxlength=max_chars.to_string()
            size=max_chars.clamp(6, 24).to_string()
            prop:value=before
            on:input=typed
            on:blur=move |_| rest.rest()
        />
    }
    .into_any()
}
