//! What went out comes back from the QTI alone.

use std::collections::{BTreeMap, BTreeSet};

use ::qti::{Import, model::Item as QtiItem, read::read_item, write};

use super::{
    super::{
        Choices, Draft, Files, Native, Notes,
        draft::{DraftOption, letter},
        export::{self, Pictures},
        markdown::Writer,
        qti::{Surroundings, of_item},
        text::Text,
    },
    comparing::meaning,
    example_items::{every_kind, images, loaded},
    random_content::Chance,
};

/// An item as other systems hand it on: as QTI, without the bank's own files.
fn sent(draft: &Draft) -> Import<QtiItem> {
    let (bank, item) = loaded(draft);
    let exported = export::of_item(&bank, &item, &Pictures::of(&bank)).unwrap();
    let read = read_item("items/an-item.xml", write::item(&exported).as_bytes());
    assert!(read.losses().is_empty() && read.faults().is_empty(), "{read:#?}");
    read
}

fn back(read: &Import<QtiItem>, files: &Files) -> Result<Native, Vec<String>> {
    let (stimuli, taken) = (BTreeMap::new(), BTreeSet::new());
    let around = Surroundings { file: "items/an-item.xml", files, stimuli: &stimuli, taken: &taken };
    of_item(read.content().unwrap(), &around, "an-item", &Choices::default())
}

#[test]
fn every_kind_comes_back_with_its_question_key_and_credit() {
    for draft in every_kind() {
        let native = back(&sent(&draft), &images()).unwrap_or_else(|faults| panic!("{:?}: {faults:?}", draft.kind));
        assert_eq!(meaning(&native.text), meaning(&draft.to_toml().unwrap()), "{} {:?}", draft.kind, draft.credit);
    }
}

#[test]
fn texts_of_any_form_come_back() {
    for seed in 0..300 {
        let mut chance = Chance::new(seed);
        let mut text = || {
            let mut notes = Notes::default();
            let Text { source, .. } =
                Writer { notes: &mut notes, image: &|_| Err("no image".into()) }.text(&chance.content());
            Text { source, words: String::new() }
        };
        let stem = text();
        let mut option: Vec<DraftOption> = Vec::new();
        for at in 0..3 {
            let mut text = text();
            // Options that read alike are no options.
            text.source.insert_str(0, &format!("{at}th "));
            option.push(DraftOption { id: letter(at), text, key: (at == 1).then_some(true), ..DraftOption::default() });
        }
        let lang = Some("ar".to_owned());
        let draft = Draft { id: "an-item".into(), lang, stem, option, ..Draft::new("single_choice") };
        let native = back(&sent(&draft), &images()).unwrap_or_else(|faults| panic!("{seed}: {faults:?}"));
        assert_eq!(meaning(&native.text), meaning(&draft.to_toml().unwrap()), "{seed}");
    }
}

#[test]
fn an_order_in_the_file_is_not_the_order_that_is_written() {
    for draft in every_kind().into_iter().filter(|draft| draft.kind == "order") {
        let read = sent(&draft);
        let correct = read.content().unwrap().responses[0].correct.clone().unwrap();
        let names: Vec<String> = correct.members().iter().map(::qti::model::Scalar::text).collect();
        assert!(!names.is_sorted(), "{names:?}");
    }
}

#[test]
fn a_number_that_a_float_is_not_keeps_the_bank_from_going_out() {
    let mut draft = every_kind().into_iter().find(|draft| draft.kind == "cloze").unwrap();
    draft.gap[2].number = Some("0.30000000000000001".into());
    let (bank, item) = loaded(&draft);
    let why = export::of_item(&bank, &item, &Pictures::of(&bank)).unwrap_err();
    assert!(why.starts_with("items/an-item.toml:") && why.contains("gap-3") && why.contains("15"), "{why}");
}

#[test]
fn no_two_ids_have_the_same_identifier() {
    let ids = ["1a", "i-1a", "i-i-1a", "a", "i", "i-", "-a"];
    let identifiers: BTreeSet<String> = ids.iter().map(|id| export::identifier(id)).collect();
    assert_eq!(identifiers.len(), ids.len(), "{identifiers:?}");
}
