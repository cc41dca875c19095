//! Packages that this engine wrote: the bank's own files in them, where the items are still what these say.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use qti::{
    model::{Item as QtiItem, Stimulus},
    package::Opened,
    read::{read_item, read_stimulus},
    write,
};
use question_bank::{
    Bank, SourceFile,
    bank::{Item, Scenario, Status},
    lifecycle,
};

use super::{
    Native,
    export::{self, OWN_FILES, Pictures},
};

/// What a package says of its items in the native format.
#[derive(Default)]
pub(crate) struct Carried {
    /// By the path of the QTI item: the native one.
    natives: BTreeMap<String, CarriedItem>,
    /// Paths of QTI items that say something else than the native file.
    changed: BTreeSet<String>,
}

/// A native item that came with its QTI item.
#[derive(Clone, Debug)]
pub(crate) struct CarriedItem {
    /// Its id.
    pub(crate) id: String,
    /// Ids that stand in the same file, its own included.
    pub(crate) with: Vec<String>,
    /// What is taken.
    pub(crate) native: Native,
}

impl Carried {
    /// Finds them. A file counts only if what it says, written as QTI, is what the package's items say: who changed
    /// an item in another system is not overruled.
    pub(crate) fn of(opened: &Opened, today: NaiveDate) -> Self {
        let own = opened.files.iter().filter_map(|(path, content)| {
            let path = path.strip_prefix(OWN_FILES).or_else(|| path.starts_with("images/").then_some(path))?;
            Some(SourceFile::new(path.to_owned(), content.clone()))
        });
        let files: Vec<SourceFile> = own.collect();
        if files.iter().all(|file| file.path.starts_with("images/")) {
            return Self::default();
        }
        let (bank, _) = Bank::load(&files, today);
        let items = opened.items.iter().filter_map(|item| Some((&*item.file, item.content.content()?))).collect();
        let stimuli = opened.stimuli.iter().filter_map(|set| Some((&*set.file, set.content.content()?))).collect();
        let check = Check { opened, items, stimuli, bank: &bank, pictures: Pictures::of(&files) };
        let mut carried = Self::default();
        for item in bank.items.values().filter(|item| item.scenario.is_none()) {
            carried.add(&check, &files, &item.origin.file, &[item], check.item(item));
        }
        for set in bank.scenarios.values() {
            let items: Vec<&Item> = set.items.iter().filter_map(|id| bank.items.get(id)).collect();
            let same = check.stimulus(set) && items.iter().all(|item| check.item(item));
            carried.add(&check, &files, &set.origin.file, &items, same);
        }
        carried
    }

    fn add(&mut self, check: &Check<'_>, files: &[SourceFile], path: &str, items: &[&Item], same: bool) {
        let text = files.iter().find(|file| file.path == path);
        let text = text.and_then(|file| std::str::from_utf8(&file.content).ok());
        // Reviewed and released it is where it comes from, not where it goes to.
        let text = text.and_then(|text| lifecycle::with_status(text, Status::Draft));
        let with: Vec<String> = items.iter().map(|item| item.id.clone()).collect();
        for item in items {
            let at = export::item_path(&item.id);
            let Some(text) = text.as_ref().filter(|_| same) else {
                self.changed.insert(at);
                continue;
            };
            let native = Native {
                path: path.to_owned(),
                text: text.clone(),
                to_add: Vec::new(),
                images: check.images(text),
                losses: Vec::new(),
            };
            self.natives.insert(at, CarriedItem { id: item.id.clone(), with: with.clone(), native });
        }
    }

    /// The native item that came with a QTI item.
    pub(crate) fn native(&self, file: &str) -> Option<&CarriedItem> {
        self.natives.get(file)
    }

    /// Whether a QTI item came with a native one that says something else.
    pub(crate) fn is_changed(&self, file: &str) -> bool {
        self.changed.contains(file)
    }
}

/// Compares the package's items with the native ones.
struct Check<'a> {
    opened: &'a Opened,
    items: BTreeMap<&'a str, &'a QtiItem>,
    stimuli: BTreeMap<&'a str, &'a Stimulus>,
    bank: &'a Bank,
    pictures: Pictures,
}

impl Check<'_> {
    /// Whether the package's item is what the native one is as QTI.
    fn item(&self, item: &Item) -> bool {
        let path = export::item_path(&item.id);
        let ours = write::item(&export::of_item(self.bank, item, &self.pictures));
        let theirs = self.items.get(&*path).copied();
        theirs.is_some() && read_item(&path, ours.as_bytes()).content() == theirs
    }

    fn stimulus(&self, set: &Scenario) -> bool {
        let path = export::stimulus_path(&set.id);
        let ours = write::stimulus(&export::of_set(set, &self.pictures));
        let theirs = self.stimuli.get(&*path).copied();
        theirs.is_some() && read_stimulus(&path, ours.as_bytes()).content() == theirs
    }

    /// The images that a file shows.
    fn images(&self, text: &str) -> BTreeMap<String, Vec<u8>> {
        let images = self.opened.files.iter().filter(|(path, _)| path.starts_with("images/"));
        images
            .filter(|(path, _)| text.contains(path.as_str()))
            .map(|(path, bytes)| (path.clone(), bytes.clone()))
            .collect()
    }
}
