//! Words and sentences, as far as the rules need them.

use std::collections::BTreeSet;

use item::{Block, Inline, RichText};
use unicode_segmentation::UnicodeSegmentation as _;

/// The words of a text in lower case (UAX #29).
pub(super) fn words(text: &str) -> Vec<String> {
    text.unicode_words().map(str::to_lowercase).collect()
}

/// The sentences of a text (UAX #29).
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.unicode_sentences()).map(str::trim).filter(|sentence| !sentence.is_empty())
}

/// The last paragraph as plain text; empty if there is none.
pub(super) fn last_paragraph(text: &RichText) -> String {
    let last = text.0.iter().rev().find(|block| matches!(block, Block::Paragraph { .. }));
    last.map(|block| RichText(vec![block.clone()]).plain()).unwrap_or_default()
}

/// The text of paragraphs and lists without code: what is read as prose.
pub(super) fn prose(text: &RichText) -> String {
    let mut prose = String::new();
    for_each_run(text, &mut |run, _| prose.push_str(run));
    prose
}

/// The words in emphasis, in lower case; words in capitals are emphasised too.
pub(super) fn emphasised(text: &RichText) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for_each_run(text, &mut |run, emphasis| {
        let is_loud = |word: &&str| emphasis || (word.chars().count() > 1 && !word.chars().any(char::is_lowercase));
        found.extend(run.unicode_words().filter(is_loud).map(str::to_lowercase));
    });
    found
}

/// Each run of prose, and whether it is emphasised. Blocks are followed by a line end.
fn for_each_run(text: &RichText, visit: &mut impl FnMut(&str, bool)) {
    for block in &text.0 {
        if let Block::Paragraph { content } = block {
            runs(content, false, visit);
        } else if let Block::List { items, .. } = block {
            for item in items {
                runs(item, false, visit);
                visit("\n", false);
            }
        }
        visit("\n", false);
    }
}

fn runs(content: &[Inline], emphasis: bool, visit: &mut impl FnMut(&str, bool)) {
    for inline in content {
        if let Inline::Text { text } = inline {
            visit(text, emphasis);
        } else if let Inline::Emphasis { content } | Inline::Strong { content } = inline {
            runs(content, true, visit);
        } else {
            visit(" ", emphasis);
        }
    }
}

/// Words that carry the matter of an English text, cut to a rough root, so that «logs» and «logging» are one.
pub(super) fn matter(text: &str) -> BTreeSet<String> {
    words(text)
        .iter()
        .filter(|word| word.chars().count() >= 4 && !STOP.contains(&word.as_str()))
        .map(|word| root(word).to_owned())
        .collect()
}

/// Cuts the commonest endings off. It need not be right, only the same for forms of one word.
fn root(word: &str) -> &str {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    for ending in [
        "ations", "ation", "ating", "ated", "ates", "ate", "ings", "ing", "ies", "ied", "ers", "er", "ed", "es", "s",
        "y", "e",
    ] {
        if let Some(root) = word.strip_suffix(ending)
            && root.chars().count() >= 4
        {
            return root;
        }
    }
    word
}

/// Words of four letters or more that say nothing about the matter.
const STOP: &[&str] = &[
    "about", "after", "again", "against", "also", "although", "among", "another", "because", "been", "before", "being",
    "best", "between", "both", "came", "cannot", "come", "comes", "could", "does", "done", "down", "each", "either",
    "else", "even", "ever", "every", "first", "from", "gave", "give", "given", "goes", "going", "have", "having",
    "here", "into", "itself", "just", "last", "least", "less", "like", "made", "make", "makes", "many", "more", "most",
    "much", "must", "need", "needs", "neither", "never", "next", "none", "nothing", "once", "only", "other", "others",
    "over", "same", "says", "should", "since", "some", "such", "take", "taken", "than", "that", "their", "them",
    "then", "there", "these", "they", "this", "those", "though", "three", "through", "under", "until", "upon", "used",
    "uses", "using", "very", "want", "wants", "well", "were", "what", "when", "where", "whether", "which", "while",
    "whom", "whose", "will", "with", "within", "without", "would", "your",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_root() {
        assert_eq!(matter("logging"), matter("logged"));
        assert_eq!(matter("The policies"), matter("one policy"));
        assert_eq!(matter("validation"), matter("validated"));
        assert_eq!(matter("which of these"), BTreeSet::new());
    }

    #[test]
    fn stop_words_are_in_order_and_long_enough_to_matter() {
        assert!(STOP.is_sorted() && STOP.iter().all(|word| word.len() >= 4));
    }

    #[test]
    fn prose_leaves_code_out_and_emphasis_is_told() {
        let text = RichText(vec![
            Block::Paragraph {
                content: vec![
                    Inline::Text { text: "Does ".into() },
                    Inline::Strong { content: vec![Inline::Text { text: "not".into() }] },
                    Inline::Code { text: "x.y".into() },
                    Inline::Text { text: " LEAST".into() },
                ],
            },
            Block::Code { text: "log".into() },
        ]);
        assert_eq!(words(&prose(&text)), ["does", "not", "least"]);
        assert_eq!(emphasised(&text), BTreeSet::from(["not".to_owned(), "least".to_owned()]));
    }
}
