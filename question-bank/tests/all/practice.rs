//! The public banks, without an error: that of rehearsals, of which each shows every kind of question, and the practice set.

use std::collections::BTreeSet;

use item::{Block, GapEntry, Interaction, ItemId, Response};
use question_bank::{
    Bank, BankSecret, CandidateSecret, Drawer, HashedBank, PracticeSetError, assemble_form, lint, practice_set,
};
use scoring::PracticeSet;

use crate::fixture::{TODAY, content};

fn bank(name: &str) -> HashedBank {
    let (bank, findings) = Bank::load(&content(name), TODAY);
    assert_eq!(findings, []);
    let flaws = lint(&bank, TODAY);
    assert!(!flaws.iter().any(|flaw| flaw.is_open_error()), "{flaws:#?}");
    HashedBank::new(bank, &BankSecret::new([7; 32])).unwrap()
}

#[test]
fn every_item_of_the_practice_bank_may_stand_on_a_form() {
    let bank = bank("practice");
    let (pool, ineligible) = bank.pool(TODAY);
    assert_eq!(ineligible, []);
    assert_eq!(pool.entries.len(), bank.bank().items.len());
}

#[test]
fn every_rehearsal_shows_every_kind_of_question() {
    let bank = bank("practice");
    let (pool, _) = bank.pool(TODAY);
    let blueprint = bank.scheme().blueprint();
    let drawer = Drawer::new(&pool, &blueprint).unwrap();
    for seed in 0..50 {
        let draw = drawer.draw(&CandidateSecret::new([seed; 32]), "rehearsal").unwrap();
        let (form, _) = assemble_form(&bank, &draw).unwrap();
        let blocks = |wanted: fn(&Block) -> bool| form.items.iter().any(|item| item.stem.0.iter().any(wanted));
        let of_scenario: Vec<&ItemId> =
            form.items.iter().filter(|item| item.stimulus.is_some()).map(|item| &item.id).collect();
        let several = |interaction: &Interaction| matches!(interaction, Interaction::MultipleResponse { .. });
        assert_eq!((form.items.len(), form.stimuli.len(), of_scenario.len()), (15, 1, 3), "seed {seed}");
        assert!(form.items.iter().any(|item| several(&item.interaction)), "seed {seed}: several answers");
        assert!(form.items.iter().any(|item| item.dir.as_str() == "rtl"), "seed {seed}: right to left");
        assert!(blocks(|block| matches!(block, Block::Code { .. })), "seed {seed}: code");
        assert!(blocks(|block| matches!(block, Block::List { .. })), "seed {seed}: a list");
        let kinds: BTreeSet<&str> = form.items.iter().map(|item| kind(&item.interaction)).collect();
        assert_eq!(kinds.len(), 9, "seed {seed}: {kinds:?}");
    }
}

#[test]
fn the_practice_set_is_forty_items_of_every_domain_and_most_kinds_all_on_one_form() {
    let bank = bank("caisp-practice");
    let (pool, ineligible) = bank.pool(TODAY);
    assert_eq!((ineligible.as_slice(), pool.entries.len()), (&[][..], 40));
    let draw = Drawer::new(&pool, &bank.scheme().blueprint()).unwrap().draw(&CandidateSecret::new([1; 32]), "practice");
    let (form, _) = assemble_form(&bank, &draw.unwrap()).unwrap();
    assert_eq!((form.items.len(), form.stimuli.len()), (40, 2));
    let domains: BTreeSet<_> = bank.bank().items.values().map(|item| item.domain.clone()).collect();
    let kinds: BTreeSet<&str> = form.items.iter().map(|item| kind(&item.interaction)).collect();
    assert_eq!((domains.len(), kinds.len()), (7, 9), "{kinds:?}");
    // What is said to whoever practises: why, of every part.
    let flaws = lint(bank.bank(), TODAY);
    assert!(!flaws.iter().any(|flaw| flaw.code == lint::Rule::ThinRationale), "{flaws:#?}");
}

#[test]
fn the_document_of_the_practice_set_has_for_every_part_of_every_item_what_is_right_and_why() {
    let set = practice_set(&bank("caisp-practice"), TODAY).unwrap();
    assert_eq!((set.form.items.len(), set.form.stimuli.len(), set.domains.len()), (40, 2, 7));
    let names: BTreeSet<_> = set.answers.iter().map(|answer| &answer.name).collect();
    assert_eq!(names.len(), 40);
    for (item, answer) in set.form.items.iter().zip(&set.answers) {
        let parts: Vec<&str> = match &item.interaction {
            Interaction::Match { rows, .. } => rows.iter().map(|row| row.id.as_str()).collect(),
            Interaction::Cloze { gaps, .. } => gaps.iter().map(|gap| gap.id.as_str()).collect(),
            Interaction::GapMatch { choices, .. } => choices.iter().map(|choice| choice.id.as_str()).collect(),
            Interaction::Hotspot { regions, .. } => regions.iter().map(|region| region.id.as_str()).collect(),
            other => other.choices().iter().map(|choice| choice.id.as_str()).collect(),
        };
        let name = &answer.name;
        assert!(parts.iter().all(|part| answer.because(part).is_some_and(|text| text.len() > 20)), "{name}: a reason");
        assert_eq!(parts.len(), answer.because.len(), "{name}: reasons of nothing");
        assert!(!answer.references.is_empty(), "{name}");
        // Where people judge, a response is worth nothing by itself; anywhere else the key is right and an empty page wrong.
        let (right, nothing) = (answer.worth(&answer.key), answer.worth(&Response::default()));
        let people_judge = matches!(item.interaction, Interaction::ExtendedText { .. });
        assert_eq!((right.points == right.of, nothing.points), (!people_judge, 0), "{name}");
    }
    let written = serde_json::to_vec(&set).unwrap();
    assert_eq!(PracticeSet::read(&written), Ok(set));
}

#[test]
fn reasons_stand_with_the_part_that_they_are_about() {
    let bank = bank("caisp-practice");
    let set = practice_set(&bank, TODAY).unwrap();
    let at = set.answers.iter().position(|answer| answer.name == "practice-caisp-d2-08.1").unwrap();
    let (item, answer) = (&set.form.items[at], &set.answers[at]);
    let choice =
        |words: &str| item.interaction.choices().iter().find(|c| c.content.plain().starts_with(words)).unwrap();
    let capping = choice("Capping the pictures");
    assert_eq!(answer.key, Response::new([&capping.id]));
    assert!(answer.because(&capping.id).unwrap().starts_with("Four accounts gave 41 %"));
    assert!(answer.because(&choice("Having experts").id).unwrap().starts_with("The labels are true"));
}

#[test]
fn no_order_is_right_as_it_is_shown_first() {
    let set = practice_set(&bank("caisp-practice"), TODAY).unwrap();
    let mut orders = 0;
    for (item, answer) in set.form.items.iter().zip(&set.answers) {
        if let Interaction::Order { choices } = &item.interaction {
            orders += 1;
            let shown = Response::Order(choices.iter().map(|choice| choice.id.clone()).collect());
            assert_ne!(answer.key, shown, "{}", answer.name);
        }
    }
    assert!(orders > 0);
}

#[test]
fn no_practice_set_is_made_of_a_bank_that_does_not_say_it_is_public() {
    let bank = bank_of_any_kind("caisp");
    let refused = practice_set(&bank, TODAY).unwrap_err();
    assert_eq!(refused, PracticeSetError::NotPublic { scheme: bank.scheme().id.clone() });
    assert!(refused.to_string().contains("use = \"practice\""), "{refused}");
}

#[test]
fn an_item_that_was_to_be_looked_at_again_is_left_out() {
    let late = TODAY.checked_add_days(chrono::Days::new(10 * 366)).unwrap();
    assert_eq!(practice_set(&bank("caisp-practice"), late).unwrap().answers, []);
}

#[test]
fn nothing_of_the_practice_set_stands_in_an_exam() {
    let (exam, public) = (bank_of_any_kind("caisp"), bank_of_any_kind("caisp-practice"));
    let (exam, public) = (exam.bank(), public.bank());
    let ids = |bank: &Bank| -> BTreeSet<String> { bank.items.keys().chain(bank.scenarios.keys()).cloned().collect() };
    let shared: Vec<_> = ids(exam).intersection(&ids(public)).cloned().collect();
    assert_eq!(shared, Vec::<String>::new());
    // Stems such as «Which of these is right?» say little; a stem with its options, or a whole scenario, is an item.
    let texts = |bank: &Bank| -> BTreeSet<String> {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let items = bank.items.values().map(|item| {
            let options: BTreeSet<String> = item.options.iter().map(|option| words(&option.text.plain())).collect();
            format!("{}\n{options:?}", words(&item.stem.plain()))
        });
        items.chain(bank.scenarios.values().map(|set| words(&set.stimulus.plain()))).collect()
    };
    let shared: Vec<_> = texts(exam).intersection(&texts(public)).cloned().collect();
    assert_eq!(shared, Vec::<String>::new());
    let long_stems = |bank: &Bank| -> BTreeSet<String> {
        let stems = bank.items.values().map(|item| item.stem.plain());
        stems.filter(|stem| stem.split_whitespace().count() >= 12).collect()
    };
    let shared: Vec<_> = long_stems(exam).intersection(&long_stems(public)).cloned().collect();
    assert_eq!(shared, Vec::<String>::new());
}

/// A bank as it is, whatever the lint says.
fn bank_of_any_kind(name: &str) -> HashedBank {
    HashedBank::new(Bank::load(&content(name), TODAY).0, &BankSecret::new([7; 32])).unwrap()
}

/// What a candidate does.
fn kind(interaction: &Interaction) -> &'static str {
    match interaction {
        Interaction::SingleChoice { .. } => "chooses one",
        Interaction::MultipleResponse { .. } => "chooses several",
        Interaction::Cloze { gaps, .. } if gaps.iter().any(|gap| matches!(gap.entry, GapEntry::Text { .. })) => "types",
        Interaction::Cloze { .. } => "chooses in a line",
        Interaction::GapMatch { .. } => "fills from a word bank",
        Interaction::Match { .. } => "matches",
        Interaction::Order { .. } => "orders",
        Interaction::Hotspot { .. } => "points",
        Interaction::ExtendedText { .. } => "writes",
    }
}
