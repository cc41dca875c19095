//! The bank of rehearsals: without an error, and every rehearsal shows every kind of question.

use std::{collections::BTreeSet, fs, path::Path};

use item::{Block, GapEntry, Interaction, ItemId};
use question_bank::{Bank, BankSecret, CandidateSecret, Drawer, HashedBank, SourceFile, assemble_form, lint};

use crate::fixture::TODAY;

fn files() -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/practice");
    let at_root = ["scheme.toml", "lint.toml"];
    let mut files: Vec<_> =
        at_root.iter().map(|name| SourceFile::new(*name, fs::read(folder.join(name)).unwrap())).collect();
    for part in ["images", "items", "scenarios"] {
        for entry in fs::read_dir(folder.join(part)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            files.push(SourceFile::new(format!("{part}/{name}"), fs::read(&path).unwrap()));
        }
    }
    files
}

fn bank() -> HashedBank {
    let (bank, findings) = Bank::load(&files(), TODAY);
    assert_eq!(findings, []);
    let flaws = lint(&bank, TODAY);
    assert!(!flaws.iter().any(|flaw| flaw.is_open_error()), "{flaws:#?}");
    HashedBank::new(bank, &BankSecret::new([7; 32])).unwrap()
}

#[test]
fn every_item_of_the_practice_bank_may_stand_on_a_form() {
    let bank = bank();
    let (pool, ineligible) = bank.pool(TODAY);
    assert_eq!(ineligible, []);
    assert_eq!(pool.entries.len(), bank.bank().items.len());
}

#[test]
fn every_rehearsal_shows_every_kind_of_question() {
    let bank = bank();
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
