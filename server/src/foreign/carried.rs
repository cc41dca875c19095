//! Packages that this engine wrote: the bank's own files in them, where the items are still what these say.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;
use qti::{
    Import,
    model::{Item as QtiItem, Stimulus},
    package::{Opened, Packaged},
    read::{read_item, read_stimulus},
    write,
};
use question_bank::{
    Bank, SourceFile,
    bank::{Item, MAX_FILE_BYTES, MAX_IMAGE_BYTES, Scenario},
    lifecycle,
};

use super::{
    Files, Native,
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
    /// Ids that stand in the same file: its own, or those of a set and all its items.
    pub(crate) with: Arc<[String]>,
    /// What is taken.
    pub(crate) native: Native,
}

/// What the native format has for a QTI item of a package.
pub(crate) enum Match<'c> {
    /// Nothing.
    None,
    /// Something else than the item says.
    Changed,
    /// The same.
    Same(&'c CarriedItem),
}

impl Carried {
    /// Finds them. A file counts only if what it says, written as QTI, is all that the package's items say: who changed
    /// an item in another system is not overruled. `files` are those of the package that are no QTI.
    pub(crate) fn of(opened: &Opened, files: &Files, today: NaiveDate) -> Self {
        let own = own_files(files);
        if own.is_empty() {
            return Self::default();
        }
        let (bank, _) = Bank::load(&own, today);
        let pictures = Pictures::of(&bank);
        let check = Check::new(opened, &bank, &pictures);
        let mut carried = Self::default();
        for item in bank.items.values().filter(|item| item.scenario.is_none()) {
            let file = File { path: &item.origin.file, ids: vec![item.id.clone()], images: pictures.shown_by(item) };
            carried.add(&check, (files, &own), file, &[item], true);
        }
        for set in bank.scenarios.values() {
            let items: Vec<&Item> = set.items.iter().filter_map(|id| bank.items.get(id)).collect();
            let mut ids = vec![set.id.clone()];
            ids.extend(items.iter().map(|item| item.id.clone()));
            let mut images = pictures.shown_by_set(set);
            items.iter().for_each(|item| images.extend(pictures.shown_by(item)));
            let file = File { path: &set.origin.file, ids, images };
            carried.add(&check, (files, &own), file, &items, check.is_same_stimulus(set));
        }
        // A file at fault is not in the bank. By its name, it is that of an item.
        for file in &own {
            let id = file.path.strip_prefix("items/").and_then(|name| name.strip_suffix(".toml"));
            if let Some(id) = id.filter(|id| !bank.items.contains_key(*id)) {
                carried.changed.extend(check.named(id).map(|item| item.file.clone()));
            }
        }
        carried
    }

    fn add(
        &mut self,
        check: &Check<'_>,
        (files, own): (&Files, &[SourceFile]),
        file: File<'_>,
        items: &[&Item],
        stimulus_is_same: bool,
    ) {
        // Sorted by path, as the files of a package are.
        let text = own.binary_search_by(|other| other.path.as_str().cmp(file.path)).ok();
        let text = text.and_then(|at| std::str::from_utf8(&own[at].content).ok());
        // Reviewed and released it is where it comes from, not where it goes to.
        let text = text.and_then(lifecycle::as_unreviewed_draft);
        let same: Vec<Option<&str>> = items.iter().map(|item| check.same(item)).collect();
        let taken = text.filter(|_| stimulus_is_same && same.iter().all(Option::is_some));
        let images = file.images.iter().filter_map(|path| Some(((*path).to_owned(), Arc::clone(files.get(*path)?))));
        let native = taken.map(|text| Native {
            path: file.path.to_owned(),
            text: text.into(),
            to_add: Vec::new(),
            images: Arc::new(images.collect()),
            losses: Vec::new(),
        });
        let with: Arc<[String]> = file.ids.into();
        for (item, same) in items.iter().zip(same) {
            let named = check.named(&item.id).map(|item| item.file.as_str());
            let (Some(native), Some(same)) = (&native, same) else {
                self.changed.extend(named.map(str::to_owned));
                continue;
            };
            self.changed.extend(named.filter(|file| *file != same).map(str::to_owned));
            let carried = CarriedItem { id: item.id.clone(), with: Arc::clone(&with), native: native.clone() };
            self.natives.insert(same.to_owned(), carried);
        }
    }

    /// What the native format has for a QTI item, by its path.
    pub(crate) fn of_file(&self, file: &str) -> Match<'_> {
        match self.natives.get(file) {
            Some(native) => Match::Same(native),
            None if self.changed.contains(file) => Match::Changed,
            None => Match::None,
        }
    }
}

/// A native file: of an item, or of a set.
struct File<'f> {
    path: &'f str,
    ids: Vec<String>,
    images: BTreeSet<&'f str>,
}

/// The bank's own files in a package, sorted by path, with the images that their texts name; none if it has none.
fn own_files(files: &Files) -> Vec<SourceFile> {
    let mut own: Vec<SourceFile> = files
        .iter()
        .filter_map(|(path, content)| Some((path.strip_prefix(OWN_FILES)?, content)))
        .filter(|(path, content)| export::is_own(path) && content.len() <= MAX_FILE_BYTES)
        .map(|(path, content)| SourceFile::new(path, content.to_vec()))
        .collect();
    let mut named = BTreeSet::new();
    own.iter().for_each(|file| add_named(&String::from_utf8_lossy(&file.content), files, &mut named));
    own.extend(named.into_iter().filter_map(|path| {
        let content = files.get(path).filter(|content| content.len() <= MAX_IMAGE_BYTES)?;
        Some(SourceFile::new(path, content.to_vec()))
    }));
    own.sort_by(|one, other| one.path.cmp(&other.path));
    own
}

/// The images that a file names, so that no others are read. One whose name is written with escapes is not found; an item
/// that shows it is then read like any other.
fn add_named<'f>(text: &str, files: &'f Files, named: &mut BTreeSet<&'f str>) {
    /// The longest name that is looked for, and how many places are tried where it could end.
    const MOST: (usize, usize) = (1_024, 16);
    for (at, _) in text.match_indices("images/") {
        let rest = &text[at..];
        let line = rest.char_indices().take_while(|(end, sign)| *end <= MOST.0 && *sign != '\n');
        let ends = line.filter(|(_, sign)| matches!(sign, '"' | '\'' | ')' | '>' | ' ')).take(MOST.1);
        for (end, _) in ends {
            if let Some((path, _)) = files.get_key_value(&rest[..end]).filter(|(path, _)| export::is_image(path)) {
                named.insert(path);
            }
        }
    }
}

/// Compares the package's items with the native ones.
struct Check<'a> {
    items: BTreeMap<&'a str, Vec<&'a Packaged<Import<QtiItem>>>>,
    stimuli: BTreeMap<&'a str, &'a Import<Stimulus>>,
    bank: &'a Bank,
    pictures: &'a Pictures,
}

impl<'a> Check<'a> {
    fn new(opened: &'a Opened, bank: &'a Bank, pictures: &'a Pictures) -> Self {
        let mut items: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for item in &opened.items {
            if let Some(content) = item.content.content() {
                items.entry(&content.identifier).or_default().push(item);
            }
        }
        let stimuli = opened.stimuli.iter().filter_map(|set| Some((&*set.content.content()?.identifier, &set.content)));
        Self { items, stimuli: stimuli.collect(), bank, pictures }
    }

    /// The package's items that have the name of a native one. Other systems give files names of their own.
    fn named(&self, id: &str) -> impl Iterator<Item = &'a Packaged<Import<QtiItem>>> {
        self.items.get(&*export::identifier(id)).into_iter().flatten().copied()
    }

    /// The path of the package's item that is what the native one is as QTI, and nothing more.
    fn same(&self, item: &Item) -> Option<&'a str> {
        let ours = write::item(&export::of_item(self.bank, item, self.pictures).ok()?);
        let ours = read_item(&item.id, ours.as_bytes());
        let is_same = |theirs: &Import<QtiItem>| theirs.losses().is_empty() && theirs.content() == ours.content();
        self.named(&item.id).find(|theirs| is_same(&theirs.content)).map(|theirs| theirs.file.as_str())
    }

    fn is_same_stimulus(&self, set: &Scenario) -> bool {
        let ours = write::stimulus(&export::of_set(set, self.pictures));
        let ours = read_stimulus(&set.id, ours.as_bytes());
        let theirs = self.stimuli.get(&*export::identifier(&set.id));
        theirs.is_some_and(|theirs| theirs.losses().is_empty() && theirs.content() == ours.content())
    }
}
