//! The public banks, without an error: that of rehearsals, of which each shows every kind of question, and the practice set.

use std::collections::BTreeSet;

use item::{Block, GapEntry, Interaction, ItemId};
use question_bank::{Bank, BankSecret, CandidateSecret, Drawer, HashedBank, assemble_form, lint};

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
