//! An item as the rules look at it.

use crate::bank::{Bank, BankOption, Item, Kind, Scenario};

use super::text;

/// An item with the texts that several rules need.
pub(super) struct View<'a> {
    pub(super) item: &'a Item,
    pub(super) set: Option<&'a Scenario>,
    /// Its words can be judged by the rules for English.
    pub(super) english: bool,
    pub(super) stem: String,
    /// The last paragraph of the stem, which asks.
    pub(super) question: String,
    /// What is chosen from; empty where things are put in order, matched, filled in, found or written.
    pub(super) options: Vec<OptionView<'a>>,
}

/// One of its options.
pub(super) struct OptionView<'a> {
    pub(super) option: &'a BankOption,
    pub(super) text: String,
    pub(super) words: Vec<String>,
}

impl OptionView<'_> {
    pub(super) fn length(&self) -> usize {
        self.text.chars().count()
    }
}

impl<'a> View<'a> {
    pub(super) fn new(bank: &'a Bank, item: &'a Item) -> Self {
        let choices = if item.kind.is_choice() { item.options.as_slice() } else { &[] };
        let options = choices.iter().map(|option| {
            let text = option.text.plain().trim().to_owned();
            OptionView { option, words: text::words(&text), text }
        });
        Self {
            item,
            set: item.scenario.as_ref().and_then(|place| bank.scenarios.get(&place.id)),
            english: is_english(&item.lang),
            stem: item.stem.plain(),
            question: text::last_paragraph(&item.stem),
            options: options.collect(),
        }
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &OptionView<'a>> {
        self.options.iter().filter(|option| option.option.key)
    }

    pub(super) fn distractors(&self) -> impl Iterator<Item = &OptionView<'a>> {
        self.options.iter().filter(|option| !option.option.key)
    }

    /// The key of a single-choice item.
    pub(super) fn only_key(&self) -> Option<&OptionView<'a>> {
        if self.item.kind == Kind::SingleChoice { self.keys().next() } else { None }
    }

    /// The key is longer than each of the other options.
    pub(super) fn key_is_longest(&self) -> bool {
        self.only_key().is_some() && self.longest().is_some_and(|option| option.option.key)
    }

    /// The option that is longer than each other one.
    pub(super) fn longest(&self) -> Option<&OptionView<'a>> {
        self.extreme(|one, other| one > other)
    }

    /// The option that is shorter than each other one.
    pub(super) fn shortest(&self) -> Option<&OptionView<'a>> {
        self.extreme(|one, other| one < other)
    }

    fn extreme(&self, beats: fn(usize, usize) -> bool) -> Option<&OptionView<'a>> {
        self.options.iter().enumerate().find_map(|(at, option)| {
            let mut others = self.options.iter().enumerate().filter(|(other, _)| *other != at);
            others.all(|(_, other)| beats(option.length(), other.length())).then_some(option)
        })
    }
}

fn is_english(lang: &str) -> bool {
    lang.split('-').next().is_some_and(|primary| primary.eq_ignore_ascii_case("en"))
}
