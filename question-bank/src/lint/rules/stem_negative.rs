//! A stem that asks for what is not the case is misread, unless the negation catches the eye.

use crate::lint::{
    Rule,
    flaw::Flaws,
    rules::Context,
    text::{emphasised, sentences, words},
    view::View,
};

/// Between the question word and the negation; with one of these in between, it is another clause that is negated.
const CLAUSES: &[&str] = &["that", "who", "which", "so", "because", "if", "to", "when", "where", "but"];
/// A question word this many words before the negation still governs it.
const REACH: usize = 8;

pub(super) fn check(view: &View<'_>, _: &Context<'_>, flaws: &mut Flaws) {
    let sentences: Vec<&str> = sentences(&view.question).collect();
    let asking = sentences.iter().filter(|sentence| sentence.ends_with('?')).find_map(|s| negation(&words(s)));
    let left_open = || sentences.last().and_then(|sentence| words(sentence).pop()).filter(|word| word == "except");
    let Some(negation) = asking.or_else(left_open) else { return };
    if !emphasised(&view.item.stem).contains(&negation) {
        let message = format!("the stem asks in the negative («{negation}»), and nothing shows it");
        flaws.item(view, Rule::StemNegative, message, "ask for what is the case, or write the negation in **bold**");
    }
}

/// The word by which a sentence asks for what is not the case.
fn negation(words: &[String]) -> Option<String> {
    let asks = |word: &String| ["which", "what", "who"].contains(&word.as_str());
    // Further inside, «which» may begin a relative clause: the last one asks.
    let question = if words.first().is_some_and(asks) { 0 } else { words.iter().rposition(asks)? };
    let rest = &words[question + 1..];
    let clause = rest.iter().position(|word| CLAUSES.contains(&word.as_str())).unwrap_or(rest.len());
    let governed = &rest[..clause.min(REACH)];
    let negated = |word: &&String| *word == "not" || word.ends_with("n't") || word.ends_with("n’t");
    if let Some(word) = governed.iter().find(negated) {
        return Some(word.clone());
    }
    let least = ["likely", "appropriate", "effective", "suitable", "useful", "important"];
    if governed.windows(2).any(|pair| pair[0] == "least" && least.contains(&pair[1].as_str())) {
        return Some("least".into());
    }
    rest.last().filter(|word| *word == "except").cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_question_itself_is_looked_at() {
        let found = |text: &str| negation(&words(text));
        assert_eq!(found("Which of these controls would not help?").as_deref(), Some("not"));
        assert_eq!(found("Which of these doesn't belong to the plan?").as_deref(), Some("doesn't"));
        assert_eq!(found("Which step is least likely to help?").as_deref(), Some("least"));
        assert_eq!(found("Which of them apply, except").as_deref(), Some("except"));
        assert_eq!(found("Which control ensures that the agent does not send mail?"), None);
        assert_eq!(found("Which change gives the agent least privilege?"), None);
        assert_eq!(found("In a log which does not show it, which field tells the user?"), None);
        assert_eq!(found("Why did it not answer?"), None);
    }
}
