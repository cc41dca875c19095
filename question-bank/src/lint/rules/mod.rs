//! One rule a file.

mod absolute_distractor;
mod acronym;
mod all_or_none;
mod article_cue;
mod brand;
mod cue_words;
mod gives_away;
mod hedged_key;
mod identifier;
mod key_length;
mod key_position;
mod long_key;
mod long_sentence;
mod near_duplicate;
mod no_history;
mod option_grammar;
mod option_names_option;
mod option_overlap;
mod option_punctuation;
mod refers_to_item;
mod review_soon;
mod scenario_not_needed;
mod stem_negative;
mod stem_not_question;
mod stimulus_length;
mod thin_rationale;
mod vague_locator;

use chrono::NaiveDate;

use super::{LintConfig, flaw::Flaws, shingles::Pair, view::View};
use crate::bank::Bank;

pub(super) use key_length::{Lengths, key_lengths};
pub(super) use key_position::key_positions;
pub(super) use near_duplicate::pairs;

/// What the rules know besides an item.
pub(super) struct Context<'a> {
    pub(super) config: &'a LintConfig,
    pub(super) today: NaiveDate,
}

type ItemRule = fn(&View<'_>, &Context<'_>, &mut Flaws);

/// Rules on one item in whatever language.
const ITEM: &[ItemRule] = &[
    stem_not_question::check,
    long_key::check,
    key_length::check_item,
    option_names_option::check,
    option_overlap::check,
    option_punctuation::check,
    identifier::check,
    brand::check,
    acronym::check,
    thin_rationale::check,
    vague_locator::check,
    review_soon::check,
];

/// Rules on one item in English.
const ENGLISH: &[ItemRule] = &[
    stem_negative::check,
    long_sentence::check,
    all_or_none::check,
    option_grammar::check,
    absolute_distractor::check,
    hedged_key::check,
    cue_words::check,
    article_cue::check,
    refers_to_item::check,
    scenario_not_needed::check,
];

pub(super) fn check_item(view: &View<'_>, context: &Context<'_>, flaws: &mut Flaws) {
    let english = if view.english { ENGLISH } else { &[] };
    for rule in ITEM.iter().chain(english) {
        rule(view, context, flaws);
    }
}

pub(super) fn check_bank(bank: &Bank, views: &[View<'_>], pairs: &[Pair], flaws: &mut Flaws) {
    bank.scenarios.values().for_each(|set| stimulus_length::check(set, flaws));
    gives_away::check(views, flaws);
    near_duplicate::check(bank, views, pairs, flaws);
    key_position::check(views, flaws);
    key_length::check_bank(views, flaws);
    no_history::check(bank, flaws);
}
