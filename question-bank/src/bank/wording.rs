//! What the wording must have for an item to be answered and scored; rules of good writing are in [`lint`](crate::lint).

use item::RichText;

use super::{
    fields::Fields,
    finding::Code,
    model::{BankOption, Kind},
};

/// `keys` is how many options are keys, where the language is one whose number words are known.
pub(crate) fn check_stem(fields: &Fields<'_>, stem: &RichText, kind: Kind, keys: Option<usize>) {
    let (source, at) = (fields.source(), fields.offset_of("stem"));
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

pub(crate) fn check_options(fields: &Fields<'_>, options: &[BankOption]) {
    let source = fields.source();
    let at = fields.offset_of("option");
    let texts: Vec<String> = options.iter().map(|option| option.text.plain().trim().to_lowercase()).collect();
    for (index, (option, text)) in options.iter().zip(&texts).enumerate() {
        if !text.is_empty() && texts[..index].contains(text) {
            let message = format!("option {} says the same as another", option.id);
            source.report(at, Code::DuplicateOption, message, "write a different distractor");
        }
    }
}
