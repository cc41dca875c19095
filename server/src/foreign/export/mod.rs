//! Native items as QTI 3.0: a package that other systems read, and that gives the same bank back here (docs/QTI.md).

mod arrangement;
mod content;
mod interaction;
mod item;
mod notes;
mod number;
mod pictures;
mod scoring;

use qti::{
    model::{Item as QtiItem, Stimulus},
    package::{Package, Packaged},
};
use question_bank::{
    Bank, SourceFile,
    bank::{Item, Scenario},
};

pub(crate) use pictures::Pictures;

/// Where a package keeps the bank's own files.
pub(crate) const OWN_FILES: &str = "invigil/";

/// Whether a file of a bank, by its path, is one of items, of sets or the scheme.
pub(crate) fn is_own(path: &str) -> bool {
    let is_in = |folder: &str| {
        let name = path.strip_prefix(folder).and_then(|name| name.strip_suffix(".toml"));
        name.is_some_and(|name| !name.is_empty() && !name.contains('/'))
    };
    path == "scheme.toml" || is_in("items/") || is_in("scenarios/")
}

/// Whether a file of a bank, by its path, is an image.
pub(crate) fn is_image(path: &str) -> bool {
    path.strip_prefix("images/").is_some_and(|name| !name.is_empty() && !name.contains('/'))
}

/// A bank as a package: its items, its stimuli, its images, and its own files of items, sets and scheme.
///
/// # Errors
/// A sentence with the item that QTI cannot say exactly.
pub(crate) fn package(bank: &Bank, files: &[SourceFile]) -> Result<Package, String> {
    let pictures = Pictures::of(bank);
    let name = bank.scheme.as_ref().map(|scheme| scheme.id.clone()).unwrap_or_default();
    let mut package = Package { identifier: identifier(&format!("bank-{name}")), ..Package::default() };
    for item in bank.items.values() {
        let content = of_item(bank, item, &pictures)?;
        package.items.push(Packaged { resource: identifier(&item.id), file: item_path(&item.id), content });
    }
    for set in bank.scenarios.values() {
        let content = of_set(set, &pictures);
        package.stimuli.push(Packaged { resource: identifier(&set.id), file: stimulus_path(&set.id), content });
    }
    for file in files {
        if is_image(&file.path) {
            package.files.insert(file.path.clone(), file.content.clone());
        } else if is_own(&file.path) {
            package.files.insert(format!("{OWN_FILES}{}", file.path), file.content.clone());
        }
    }
    Ok(package)
}

/// An item.
///
/// # Errors
/// A sentence with what QTI cannot say exactly, and where it stands.
pub(crate) fn of_item(bank: &Bank, item: &Item, pictures: &Pictures) -> Result<QtiItem, String> {
    let set = item.scenario.as_ref().and_then(|place| bank.scenarios.get(&place.id));
    item::item(item, set, pictures)
}

/// What the items of a set share.
pub(crate) fn of_set(set: &Scenario, pictures: &Pictures) -> Stimulus {
    Stimulus {
        identifier: identifier(&set.id),
        title: set.title.clone(),
        language: Some(set.lang.clone()),
        body: content::blocks(&set.stimulus, pictures, &|_| None),
    }
}

/// Where an item lies in a package.
pub(crate) fn item_path(id: &str) -> String {
    format!("items/{id}.xml")
}

/// Where the stimulus of a set lies in a package.
pub(crate) fn stimulus_path(id: &str) -> String {
    format!("stimuli/{id}.xml")
}

/// An id as an identifier of QTI, which begins with a letter. No two ids have the same.
pub(crate) fn identifier(id: &str) -> String {
    let is_one = id.starts_with(|first: char| first.is_ascii_alphabetic()) && !id.starts_with("i-");
    if is_one { id.to_owned() } else { format!("i-{id}") }
}
