//! A text that people score.

use std::{cell::RefCell, rc::Rc};

use leptos::prelude::*;

use super::{
    answering::{Answering, Asked},
    typing::Typing,
};
use crate::{catalogue::text_with, widgets::rich_text_view};

/// From so few characters left on, that is read out.
const FEW: usize = 50;

pub(super) fn view(answering: Answering, asked: Asked, max_chars: u32) -> AnyView {
    let Asked { lang, dir, stem } = asked;
    let before = answering.latest().as_text().to_owned();
    let length = RwSignal::new(before.chars().count());
    let draft = Rc::new(RefCell::new(before.clone()));
    let typing = {
        let (draft, keeper, item) = (draft.clone(), answering.keeper, answering.id());
        Typing::new(answering, move || keeper.write(&item, &draft.borrow()))
    };
    let left = move || (max_chars as usize).saturating_sub(length.get());
    let few = Memo::new(move |_| Some(left()).filter(|&left| left <= FEW).map(|left| left.div_ceil(10) * 10));
    let rest = typing.clone();
    let typed = move |event| {
        // A field counts in UTF-16, and one of a browser's own may let more in.
        let value: String =
            event_target_value(&event).chars().filter(|&c| is_kept(c)).take(max_chars as usize).collect();
        length.set(value.chars().count());
        draft.replace(value);
        typing.go_on();
    };
    let (stem_id, hint_id) = (answering.element("stem"), answering.element("hint"));
    let rows = (max_chars / 80).clamp(6, 16);
    view! {
        <div class="options extended-text">
            <div class="stem" id=stem_id.clone() lang=lang.clone() dir=dir>{rich_text_view(&stem)}</div>
            <p class="hint" id=hint_id.clone()>{text_with("exam-text-hint", [("n", max_chars.into())])}</p>
            <textarea
                lang=lang
                dir=dir
                rows=rows.to_string()
                maxlength=max_chars.to_string()
                aria-labelledby=stem_id
                aria-describedby=hint_id
                prop:value=before
                on:input=typed
                on:blur=move |_| rest.rest()
            ></textarea>
            <p class="hint count">{move || text_with("exam-text-left", [("left", left().into())])}</p>
            <p class="visually-hidden" role="status">
                {move || few.get().map(|_| text_with("exam-text-left", [("left", length.with_untracked(|length| {
                    (max_chars as usize).saturating_sub(*length)
                }).into())]))}
            </p>
        </div>
    }
    .into_any()
}

/// Whether a journal keeps a character.
fn is_kept(c: char) -> bool {
    !c.is_control() || matches!(c, '\n' | '\t')
}
