//! Rules on wording that a machine can check (Haladyna, Downing & Rodriguez 2002; NBME Item-Writing Guide 2020).

use item::{Block, RichText};

use super::{
    fields::Fields,
    finding::Code,
    model::{BankOption, Kind},
    source::Source,
};

/// Words of a stimulus that raise no warning; authors aim at 150 to 250.
const STIMULUS_WORDS: std::ops::RangeInclusive<usize> = 140..=260;

pub(crate) fn check_stimulus(source: &Source<'_>, at: usize, stimulus: &RichText) {
    let words = stimulus.plain().split_whitespace().count();
    if !STIMULUS_WORDS.contains(&words) {
        let help = "aim at 150 to 250: enough to reason from, short enough to read again";
        source.report(at, Code::StimulusLength, format!("the stimulus has {words} words"), help);
    }
}

/// `keys` is how many options are keys, where the language is one whose number words are known.
pub(crate) fn check_stem(fields: &Fields<'_>, stem: &RichText, kind: Kind, keys: Option<usize>) {
    let (source, at) = (fields.source(), fields.offset_of("stem"));
    // Of what is put in order, matched or filled in, the stem says what to do rather than ask.
    let asks = matches!(kind, Kind::SingleChoice | Kind::MultipleResponse);
    if asks && !last_paragraph(stem).contains(['?', '？', '؟']) {
        let help = "end the stem with the question, so that it can be answered with the options covered";
        source.report(at, Code::StemNotQuestion, "the last paragraph of the stem has no question mark", help);
    }
    if let (Kind::MultipleResponse, Some(keys)) = (kind, keys) {
        let word = ["zero", "one", "two", "three", "four"].get(keys).copied().unwrap_or("several");
        let stem = stem.plain().to_lowercase();
        let says_it = stem.split(|c: char| !c.is_alphanumeric()).any(|w| w == word || w == keys.to_string());
        if !says_it {
            let message = "the stem does not say how many options to select";
            source.report(at, Code::SelectCount, message, format!("add «Select {}.»", word.to_uppercase()));
        }
    }
}

fn last_paragraph(text: &RichText) -> String {
    let last = text.0.iter().rev().find(|block| matches!(block, Block::Paragraph { .. }));
    last.map(|block| RichText(vec![block.clone()]).plain()).unwrap_or_default()
}

pub(crate) fn check_options(fields: &Fields<'_>, options: &[BankOption]) {
    let source = fields.source();
    let at = fields.offset_of("option");
    let texts: Vec<String> = options.iter().map(|option| option.text.plain().trim().to_lowercase()).collect();
    for (index, (option, text)) in options.iter().zip(&texts).enumerate() {
        if !text.is_empty() && texts[..index].contains(text) {
            let message = format!("option {} says the same as another", option.id);
            source.report(at, Code::DuplicateOption, message, "write a different distractor");
        }
        let bare = text.trim_end_matches('.');
        if ["all of the above", "none of the above"].iter().any(|phrase| bare.contains(phrase))
            || ["all of these", "none of these"].contains(&bare)
        {
            let message = format!("option {} is «{bare}»", option.id);
            let help = "options are shuffled, and partial knowledge gives such an option away: write a distractor";
            source.report(at, Code::AllOrNone, message, help);
        }
    }
    check_key_length(source, at, options);
}

/// A key more than 1.3 times as long as its distractors on average is found without reading the stem.
fn check_key_length(source: &Source<'_>, at: usize, options: &[BankOption]) {
    let lengths = |key: bool| {
        let lengths: Vec<usize> =
            options.iter().filter(|option| option.key == key).map(|o| o.text.plain().chars().count()).collect();
        (lengths.iter().sum::<usize>(), lengths.len())
    };
    let ((key_sum, keys), (distractor_sum, distractors)) = (lengths(true), lengths(false));
    if keys > 0 && distractors > 0 && 10 * key_sum * distractors > 13 * distractor_sum * keys {
        let message = format!(
            "the key has {} characters, its distractors {} on average",
            key_sum / keys,
            distractor_sum / distractors
        );
        source.report(at, Code::LongKey, message, "shorten the key or lengthen the distractors");
    }
}
