//! A key much longer than its distractors is found without reading the stem.

use crate::lint::{
    Rule,
    flaw::Flaws,
    rules::Context,
    view::{OptionView, View},
};

pub(super) fn check(view: &View<'_>, _: &Context<'_>, flaws: &mut Flaws) {
    let (key_sum, keys) = lengths(view.keys());
    let (distractor_sum, distractors) = lengths(view.distractors());
    // key_sum / keys > 1.3 · distractor_sum / distractors, without fractions.
    if keys > 0 && distractors > 0 && 10 * key_sum * distractors > 13 * distractor_sum * keys {
        let (key, distractor) = (key_sum / keys, distractor_sum / distractors);
        let message = format!("the key has {key} characters, its distractors {distractor} on average");
        flaws.item(view, Rule::LongKey, message, "shorten the key or lengthen the distractors");
    }
}

fn lengths<'a, 'b: 'a>(options: impl Iterator<Item = &'a OptionView<'b>>) -> (usize, usize) {
    options.fold((0, 0), |(sum, count), option| (sum + option.length(), count + 1))
}
