//! Options are shuffled and relabelled on every form: a letter names another option there.

use crate::lint::{Rule, flaw::Flaws, rules::Context, view::View};

pub(super) fn check(view: &View<'_>, _: &Context<'_>, flaws: &mut Flaws) {
    let letters: Vec<&str> = view.item.options.iter().map(|option| option.id.as_str()).collect();
    for option in &view.options {
        if names_another(&option.words, &letters) {
            let message = format!("option {} is «{}»", option.option.id, option.text);
            let help = "options are shuffled: say what is meant, or make it a multiple-response item";
            flaws.item(view, Rule::OptionNamesOption, message, help);
        }
    }
}

/// «A and B», «both a and c», «options A, B», «answer c».
fn names_another(words: &[String], letters: &[&str]) -> bool {
    let letter = |word: &String| letters.contains(&word.as_str());
    let joins = |word: &String| ["and", "or", "nor", "both", "neither", "either", "only"].contains(&word.as_str());
    let only_letters = words.iter().all(|word| letter(word) || joins(word));
    if only_letters && words.iter().any(letter) {
        return words.len() > 1;
    }
    let named = ["option", "options", "answer", "answers", "choice", "choices"];
    words.windows(2).enumerate().any(|(at, pair)| {
        // «option a» alone may begin «option a team would take»: the letter must end the text or stand in a list.
        let ends = words.get(at + 2).is_none_or(|next| joins(next) || letter(next));
        named.contains(&pair[0].as_str()) && letter(&pair[1]) && ends
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::text::words;

    #[test]
    fn letters_that_stand_for_options_are_told_from_letters_in_texts() {
        let names = |text: &str| names_another(&words(text), &["a", "b", "c"]);
        for text in ["Both A and B", "a and c", "A, B", "Options A and C together", "As in answer b."] {
            assert!(names(text), "{text}");
        }
        for text in ["A", "Plan B", "A and the proxy", "The option a team would take", "Vitamin C and B"] {
            assert!(!names(text), "{text}");
        }
    }
}
