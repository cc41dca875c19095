//! What each kind of item has in its file besides stem and references, one module a kind.

mod choice;
mod cloze;
mod extended_text;
mod gap_match;
mod hotspot;
mod matching;
mod options;
mod order;

use super::{
    fields::Fields,
    finding::Code,
    model::{BankOption, Kind},
    read::Context,
    task::Task,
};

/// Options, rows and options of gaps that a form shows in an order of its own: they have one letter each, and pool lists say
/// no more.
const MOST_PLACES: usize = 26;

/// Fields that some kinds have and others do not.
const OWN_FIELDS: &[&str] = &[
    "option",
    "text",
    "gap",
    "reuse",
    "row",
    "per_row",
    "image",
    "alt",
    "width",
    "height",
    "max_chars",
    "criterion",
    "model_answer",
];

/// Reads what the kind asks for, and reports everything that is wrong with it. The task is `None` if a part is missing.
pub(crate) fn read(fields: &Fields<'_>, kind: Option<Kind>, context: &Context<'_>) -> (Vec<BankOption>, Option<Task>) {
    // Without a kind nobody can say what belongs there; the options are looked at all the same.
    let Some(kind) = kind else { return (options::read(fields, options::CHOICE).1, None) };
    let own: &[&str] = match kind {
        Kind::SingleChoice | Kind::MultipleResponse | Kind::Order => &["option"],
        Kind::Cloze => &["text", "gap"],
        Kind::GapMatch => &["option", "text", "reuse"],
        Kind::Match => &["option", "row", "per_row"],
        Kind::Hotspot => &["option", "image", "alt", "width", "height"],
        Kind::ExtendedText => &["max_chars", "criterion", "model_answer"],
    };
    let others: Vec<&str> = OWN_FIELDS.iter().copied().filter(|field| !own.contains(field)).collect();
    fields.refuse(&others, "an item of this kind");
    let (options, task) = match kind {
        Kind::SingleChoice | Kind::MultipleResponse => choice::read(fields, kind, context),
        Kind::Cloze => (Vec::new(), cloze::read(fields)),
        Kind::GapMatch => gap_match::read(fields),
        Kind::Match => matching::read(fields),
        Kind::Order => order::read(fields),
        Kind::Hotspot => hotspot::read(fields),
        Kind::ExtendedText => (Vec::new(), extended_text::read(fields)),
    };
    if let Some(places) = task.as_ref().map(|task| task.places(options.len())).filter(|&places| places > MOST_PLACES) {
        let message = format!("the item has {places} options and rows in all");
        fields.source().report(
            fields.offset(),
            Code::OptionCount,
            message,
            "at most 26 are drawn: make two items of it",
        );
    }
    (options, task)
}

/// Reports a number of things that is not within bounds.
fn check_count(fields: &Fields<'_>, code: Code, what: &str, got: usize, wanted: std::ops::RangeInclusive<usize>) {
    if !wanted.contains(&got) {
        let message = format!("the item has {got} {what}");
        let help = format!("give it {} to {}", wanted.start(), wanted.end());
        fields.source().report(fields.offset(), code, message, help);
    }
}
