//! Native items as QTI 3.0: a package that other systems read, and that gives the same bank back here (docs/QTI.md).

mod content;
mod interaction;
mod item;
mod notes;
mod scoring;

use std::collections::BTreeMap;

use ::item::Image;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use qti::{
    model::{Figure, Item as QtiItem, Stimulus},
    package::{Package, Packaged},
};
use question_bank::{
    Bank, SourceFile,
    bank::{Item, Scenario},
};

/// Where a package keeps the bank's own files.
pub(crate) const OWN_FILES: &str = "invigil/";

/// The images of a bank: their paths by their bytes in base64, which is what items have of them.
pub(crate) struct Pictures(BTreeMap<String, String>);

impl Pictures {
    /// Of a bank's files.
    pub(crate) fn of(files: &[SourceFile]) -> Self {
        let images = files.iter().filter(|file| file.path.starts_with("images/"));
        Self(images.map(|file| (BASE64_STANDARD.encode(&file.content), file.path.clone())).collect())
    }

    /// An image as an item or stimulus shows it; these lie one folder deep.
    fn figure(&self, image: &Image) -> Figure {
        let source = self.0.get(&image.data).map(|path| format!("../{path}")).unwrap_or_default();
        Figure { source, alternative: image.alt.clone(), width: None, height: None }
    }
}

/// A bank as a package: its items, its stimuli, its images, and its own files of items, sets and scheme.
pub(crate) fn package(bank: &Bank, files: &[SourceFile]) -> Package {
    let pictures = Pictures::of(files);
    let name = bank.scheme.as_ref().map(|scheme| scheme.id.clone()).unwrap_or_default();
    let mut package = Package { identifier: identifier(&format!("bank-{name}")), ..Package::default() };
    for item in bank.items.values() {
        let content = of_item(bank, item, &pictures);
        package.items.push(Packaged { resource: identifier(&item.id), file: item_path(&item.id), content });
    }
    for set in bank.scenarios.values() {
        let content = of_set(set, &pictures);
        package.stimuli.push(Packaged { resource: identifier(&set.id), file: stimulus_path(&set.id), content });
    }
    let carried = |path: &str| path == "scheme.toml" || path.starts_with("items/") || path.starts_with("scenarios/");
    for file in files {
        if file.path.starts_with("images/") {
            package.files.insert(file.path.clone(), file.content.clone());
        } else if carried(&file.path) && file.path.ends_with(".toml") {
            package.files.insert(format!("{OWN_FILES}{}", file.path), file.content.clone());
        }
    }
    package
}

/// An item.
pub(crate) fn of_item(bank: &Bank, item: &Item, pictures: &Pictures) -> QtiItem {
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

/// An id as an identifier of QTI, which begins with a letter.
fn identifier(id: &str) -> String {
    if id.starts_with(|first: char| first.is_ascii_alphabetic()) { id.to_owned() } else { format!("i-{id}") }
}
