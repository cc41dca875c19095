//! Options that begin or end differently were written at different times, and it shows which was written first.

use crate::lint::{Rule, flaw::Flaws, rules::Context, view::View};

pub(super) fn check(view: &View<'_>, _: &Context<'_>, flaws: &mut Flaws) {
    let help = "write all options as sentences, or all as phrases";
    let ends: Vec<bool> = view.options.iter().map(|option| option.text.ends_with(['.', '。', '۔', '!', '?'])).collect();
    if mixed(&ends) {
        flaws.item(view, Rule::OptionPunctuation, "some options end with a full stop and some do not", help);
    }
    // Code and scripts without capitals have no case to compare.
    let begins = view.options.iter().filter(|option| !starts_with_code(option.option));
    let begins: Vec<bool> = begins
        .filter_map(|option| option.text.chars().next())
        .filter(|first| first.is_uppercase() || first.is_lowercase())
        .map(char::is_uppercase)
        .collect();
    if mixed(&begins) {
        flaws.item(view, Rule::OptionPunctuation, "some options begin with a capital and some do not", help);
    }
}

fn starts_with_code(option: &crate::bank::BankOption) -> bool {
    let blocks = &option.text.0;
    matches!(blocks.first(), Some(item::Block::Paragraph { content }) if matches!(content.first(), Some(item::Inline::Code { .. })))
        || matches!(blocks.first(), Some(item::Block::Code { .. }))
}

fn mixed(answers: &[bool]) -> bool {
    answers.contains(&true) && answers.contains(&false)
}
