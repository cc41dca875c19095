//! An option of another grammatical form than the rest catches the eye.

use crate::lint::{Rule, flaw::Flaws, rules::Context, view::View};

/// What an option begins with, as far as it can be told without a grammar.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Infinitive,
    Gerund,
    Reason,
    Means,
    Other,
}

pub(super) fn check(view: &View<'_>, _: &Context<'_>, flaws: &mut Flaws) {
    let forms: Vec<Form> = view.options.iter().map(|option| form(&option.words)).collect();
    if forms.len() < 3 {
        return;
    }
    for (option, form) in view.options.iter().zip(&forms) {
        let others: Vec<Form> = forms.iter().copied().filter(|other| other != form).collect();
        let alone = others.len() + 1 == forms.len() && others.iter().all(|other| other == &others[0]);
        if alone {
            let message = format!("option {} begins in another way than the others", option.option.id);
            flaws.item(view, Rule::OptionGrammar, message, "give all options the same grammatical form");
        }
    }
}

fn form(words: &[String]) -> Form {
    match words.first().map(String::as_str) {
        Some("to") => Form::Infinitive,
        Some("because" | "since") => Form::Reason,
        Some("by" | "through") => Form::Means,
        Some(word) if word.len() > 5 && word.ends_with("ing") && !THINGS.contains(&word) => Form::Gerund,
        _ => Form::Other,
    }
}

/// Words in -ing that begin the name of a thing rather than an activity.
const THINGS: &[&str] =
    &["anything", "everything", "nothing", "something", "existing", "incoming", "outgoing", "training"];
