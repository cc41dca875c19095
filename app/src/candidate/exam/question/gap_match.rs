//! A text whose gaps are filled from one word bank: a native list a gap. A word that fills another gap cannot be chosen until it is
//! taken out there: arrow keys go through a list word by word, and would take along each that they pass.

use std::{cell::RefCell, collections::BTreeMap};

use item::{InlineChoice, Response, RichText};
use leptos::prelude::*;

use super::{
    answering::{Answering, Asked},
    gap_list::gap_list,
};
use crate::{
    catalogue::{text, text_with},
    widgets::rich_text_with_gaps,
};

/// What all gaps of a question share.
#[derive(Clone, Copy)]
struct Bank {
    answering: Answering,
    gaps: StoredValue<Vec<String>>,
    words: StoredValue<Vec<InlineChoice>>,
    reuse: bool,
}

pub(super) fn view(
    answering: Answering,
    asked: Asked,
    content: &RichText,
    gaps: Vec<String>,
    words: Vec<InlineChoice>,
    reuse: bool,
) -> AnyView {
    let (gaps, words) = (StoredValue::new(gaps), StoredValue::new(words));
    let bank = Bank { answering, gaps, words, reuse };
    let views = gaps.with_value(|gaps| {
        let total = gaps.len();
        let view = |(number, gap): (usize, &String)| {
            let label = text_with("exam-gap", [("n", number.into()), ("total", total.into())]);
            (gap.clone(), bank.list(gap.clone(), label))
        };
        (1..).zip(gaps).map(view).collect::<BTreeMap<_, _>>()
    });
    let views = RefCell::new(views);
    let content = rich_text_with_gaps(content, &|gap| views.borrow_mut().remove(gap).unwrap_or_else(|| ().into_any()));
    let (lang, dir) = (asked.lang.clone(), asked.dir);
    let controls = view! {
        {bank.list_of_words(lang.clone(), dir)}
        <div class="gap-text" lang=lang dir=dir>{content}</div>
    };
    asked.group("gap-match", text(if reuse { "exam-fill-from-words-again" } else { "exam-fill-from-words" }), controls)
}

impl Bank {
    /// The number of the gap that a word fills, from 1.
    fn place(self, response: &Response, word: &str) -> Option<usize> {
        self.gaps.with_value(|gaps| gaps.iter().position(|gap| response.gap(gap) == Some(word))).map(|at| at + 1)
    }

    /// The words, and which of them are used: to be read before the text is.
    fn list_of_words(self, lang: String, dir: &'static str) -> AnyView {
        let words = self.words.get_value().into_iter().map(|InlineChoice { id, text: word }| {
            let used = Memo::new(move |_| self.place(&self.answering.committed(), &id));
            view! {
                <li class:used=move || used.get().is_some()>
                    <span lang=lang.clone() dir=dir>{word}</span>
                    {move || used.get().map(|n| view! {
                        <span class="where">{text_with("exam-word-used", [("n", n.into())])}</span>
                    })}
                </li>
            }
        });
        view! { <ul class="words" aria-label=text("exam-words")>{words.collect_view()}</ul> }.into_any()
    }

    fn list(self, gap: String, label: String) -> AnyView {
        let own = gap.clone();
        let options = move |shown: Memo<String>| {
            let option = |InlineChoice { id, text: word }: InlineChoice| {
                let (value, of, own) = (id.clone(), id.clone(), own.clone());
                let elsewhere = Memo::new(move |_| self.elsewhere(&self.answering.committed(), &own, &id));
                let name = move || match elsewhere.get() {
                    Some(n) => text_with("exam-gap-used", [("word", word.as_str().into()), ("n", n.into())]),
                    None => word.clone(),
                };
                view! {
                    <option value=value prop:selected=move || shown.get() == of disabled=move || elsewhere.get().is_some()>
                        {name}
                    </option>
                }
            };
            self.words.get_value().into_iter().map(option).collect_view().into_any()
        };
        gap_list(self.answering, gap, label, options, move |gap, word| self.fill(gap, word))
    }

    /// The number of another gap that a word fills, if it may fill one only.
    fn elsewhere(self, response: &Response, gap: &str, word: &str) -> Option<usize> {
        self.place(response, word).filter(|_| !self.reuse && response.gap(gap) != Some(word))
    }

    /// Fills a gap; whether that may be.
    fn fill(self, gap: &str, word: String) -> bool {
        let before = self.answering.latest();
        // Two quick choices: the second list did not know of the first yet.
        if self.elsewhere(&before, gap, &word).is_some() {
            return false;
        }
        let mut filled = match before {
            Response::Gaps(gaps) => gaps,
            _ => BTreeMap::new(),
        };
        filled.insert(gap.to_owned(), word);
        self.answering.give(Response::gaps(filled));
        true
    }
}
