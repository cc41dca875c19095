//! From a draw to a form and its plan.

use item::{Accepts, Interaction, ItemId, RichText};
use question_bank::{
    AssembleError, BankSecret, CandidateSecret, Draw, DrawItem, Drawer, FormPlan, HashedBank, PROCEDURE, assemble_form,
    form_digest,
};

use crate::{
    draw::secret,
    fixture::{Files, TODAY},
};

pub(crate) fn draw_from(bank: &HashedBank, secret: &CandidateSecret) -> Draw {
    Drawer::new(&bank.pool(TODAY).0, &bank.scheme().blueprint()).unwrap().draw(secret, "candidate").unwrap()
}

fn by_hand(bank: &HashedBank, items: &[(&str, &[u32])]) -> Draw {
    let item = |(id, options): &(&str, &[u32])| DrawItem {
        item: bank.hashes(id).unwrap().version.clone(),
        options: options.to_vec(),
    };
    let items = items.iter().map(item).collect();
    Draw { format: Draw::FORMAT.into(), version: Draw::VERSION, procedure: PROCEDURE.into(), items }
}

fn texts(interaction: &Interaction) -> Vec<(&str, String)> {
    interaction.choices().iter().map(|choice| (choice.id.as_str(), choice.content.plain())).collect()
}

#[test]
fn options_are_relabelled_in_the_order_shown_and_the_key_follows_its_text() {
    let bank = Files::sound().hashed();
    let (form, plan) =
        assemble_form(&bank, &by_hand(&bank, &[("it-1", &[2, 0, 1]), ("it-4", &[4, 3, 0, 1, 2])])).unwrap();
    let shown = |letters: &str, id: &str| -> Vec<(String, String)> {
        let labels = 'a'..='e';
        labels.zip(letters.chars()).map(|(label, was)| (label.into(), format!("Answer {was} to {id}"))).collect()
    };
    let as_text = |at: usize| -> Vec<(String, String)> {
        texts(&form.items[at].interaction).into_iter().map(|(id, text)| (id.to_owned(), text)).collect()
    };
    assert_eq!(as_text(0), shown("cab", "it-1"));
    assert_eq!(as_text(1), shown("edabc", "it-4"));
    assert_eq!(plan.items[0].key.choices(), ["b"], "key a is shown second");
    assert_eq!(plan.items[1].key.choices(), ["b", "d"], "keys b and d are shown fourth and second");
}

#[test]
fn items_are_renamed_by_position_and_the_plan_says_what_they_are() {
    let bank = Files::sound().replace("items/it-3.toml", "revision = 1", "revision = 6").hashed();
    let order: &[u32] = &[0, 1, 2];
    let draw = by_hand(&bank, &[("it-3", order), ("s-1-1", order), ("s-1-3", order), ("it-1", order)]);
    let (form, plan) = assemble_form(&bank, &draw).unwrap();
    let ids: Vec<&str> = form.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["q01", "q02", "q03", "q04"]);
    assert_eq!((form.format.as_str(), form.version), ("invigil-form", 1));
    assert_eq!((plan.format.as_str(), plan.version), (FormPlan::FORMAT, 1));
    assert_eq!((plan.scheme.as_str(), plan.edition.as_str()), ("small", "1"));
    let first = &plan.items[0];
    assert_eq!((first.id.as_str(), first.bank_id.as_str(), first.revision), ("q01", "it-3", 6));
    assert_eq!((first.domain.as_str(), &first.version_hash), ("D2", &bank.hashes("it-3").unwrap().version));
    assert!(plan.items.iter().map(|item| &item.id).eq(form.items.iter().map(|item| &item.id)));
}

#[test]
fn a_stimulus_stands_once_and_its_items_point_to_it() {
    let bank = Files::sound()
        .set("s-2", &[("D1", "a"), ("D2", "b")])
        .replace("scenarios/s-2.toml", "revision", "lang = \"he\"\ndir = \"rtl\"\nrevision")
        .hashed();
    let order: &[u32] = &[0, 1, 2];
    let draw =
        by_hand(&bank, &[("s-2-1", order), ("it-1", order), ("s-1-1", order), ("s-1-2", order), ("s-2-2", order)]);
    let (form, _) = assemble_form(&bank, &draw).unwrap();
    let stimuli: Vec<_> = form.stimuli.iter().map(|s| (s.id.as_str(), s.title.as_str(), s.lang.as_str())).collect();
    assert_eq!(stimuli, [("s1", "The case s-2", "he"), ("s2", "The case s-1", "en")]);
    let used: Vec<_> = form.items.iter().map(|item| item.stimulus.as_deref()).collect();
    assert_eq!(used, [Some("s1"), None, Some("s2"), Some("s2"), Some("s1")]);
    assert_eq!(form.items[0].dir.as_str(), "rtl");
}

#[test]
fn a_multiple_response_item_says_how_many_to_choose_and_a_single_one_is_single() {
    let bank = Files::sound().hashed();
    let (form, plan) =
        assemble_form(&bank, &by_hand(&bank, &[("it-1", &[0, 1, 2]), ("it-4", &[0, 1, 2, 3, 4])])).unwrap();
    assert!(matches!(form.items[0].interaction.accepts(), Accepts::Choices { max: 1, .. }));
    assert!(matches!(form.items[1].interaction, Interaction::MultipleResponse { select: 2, .. }));
    for (item, planned) in form.items.iter().zip(&plan.items) {
        assert_eq!(
            item.interaction.accepts().check(&planned.key),
            Ok(()),
            "the key is a response that the item accepts"
        );
    }
}

#[test]
fn every_draw_of_a_bank_becomes_a_form_of_it() {
    let bank = Files::sound().hashed();
    for number in 0..50 {
        let draw = draw_from(&bank, &secret(number));
        let (form, plan) = assemble_form(&bank, &draw).unwrap();
        assert_eq!((form.items.len(), plan.items.len(), form.stimuli.len()), (4, 4, 1));
        for (shown, planned) in form.items.iter().zip(&plan.items) {
            let item = &bank.bank().items[&planned.bank_id];
            assert_eq!(shown.stem, item.stem);
            let right = |option: &question_bank::bank::BankOption| option.key;
            let keys: Vec<&RichText> = item.options.iter().filter(|option| right(option)).map(|o| &o.text).collect();
            let choices = shown.interaction.choices().iter().filter(|choice| planned.key.contains(&choice.id));
            let chosen: Vec<&RichText> = choices.map(|choice| &choice.content).collect();
            assert!(keys.len() == chosen.len() && keys.iter().all(|key| chosen.contains(key)), "{}", planned.bank_id);
        }
    }
}

#[test]
fn a_draw_from_another_version_of_the_bank_is_refused() {
    let bank = Files::sound().hashed();
    let draw = by_hand(&bank, &[("it-1", &[0, 1, 2])]);
    let unknown = || Err(AssembleError::UnknownItem(draw.items[0].item.clone()));
    for files in [
        Files::sound().replace("items/it-1.toml", "Which control", "What"),
        Files::sound().replace("items/it-1.toml", "revision = 1", "revision = 2"),
        Files::sound().remove("items/it-1.toml"),
    ] {
        assert_eq!(assemble_form(&files.hashed(), &draw), unknown());
    }
    assert_eq!(assemble_form(&Files::sound().hashed_with(&BankSecret::new([8; 32])), &draw), unknown());
    let elsewhere = Files::sound().replace("items/it-2.toml", "Which control", "What").hashed();
    assert!(assemble_form(&elsewhere, &draw).is_ok(), "another item's new text is no obstacle");
}

#[test]
fn a_draw_that_no_procedure_makes_is_refused() {
    let bank = Files::sound().hashed();
    let version = bank.hashes("it-1").unwrap().version.clone();
    let order: &[u32] = &[0, 1, 2];
    let twice = by_hand(&bank, &[("it-1", order), ("it-2", order), ("it-1", &[2, 1, 0])]);
    assert_eq!(assemble_form(&bank, &twice), Err(AssembleError::Twice(version.clone())));
    for order in [[].as_slice(), &[0, 1], &[0, 1, 1], &[0, 1, 3], &[0, 1, u32::MAX], &[0, 1, 2, 3], &[0, 1, 2, 2]] {
        let draw = by_hand(&bank, &[("it-1", order)]);
        assert_eq!(assemble_form(&bank, &draw), Err(AssembleError::OptionOrder(version.clone())), "{order:?}");
    }
}

#[test]
fn the_digest_of_a_form_changes_with_the_order_of_options() {
    let bank = Files::sound().hashed();
    let digest = |order: &[u32]| form_digest(&assemble_form(&bank, &by_hand(&bank, &[("it-1", order)])).unwrap().0);
    assert_eq!(digest(&[0, 1, 2]), digest(&[0, 1, 2]));
    assert_ne!(digest(&[0, 1, 2]), digest(&[0, 2, 1]));
}

#[test]
fn positions_sort_as_text_up_to_ninety_nine() {
    let names: Vec<ItemId> = (1..100).map(ItemId::at_position).collect();
    assert!(names.is_sorted());
}
