//! A sentence that has to be read twice tests reading.

use crate::lint::{
    Rule,
    flaw::Flaws,
    rules::Context,
    text::{prose, sentences, words},
    view::View,
};

/// Words of a sentence that raise no note.
const MOST: usize = 40;

pub(super) fn check(view: &View<'_>, _: &Context<'_>, flaws: &mut Flaws) {
    let stem = prose(&view.item.stem);
    let texts = std::iter::once(stem.as_str()).chain(view.options.iter().map(|option| option.text.as_str()));
    let longest = texts.flat_map(sentences).map(|sentence| words(sentence).len()).max().unwrap_or_default();
    if longest > MOST {
        let message = format!("a sentence has {longest} words");
        flaws.item(view, Rule::LongSentence, message, format!("break it up: {MOST} words are much"));
    }
}
