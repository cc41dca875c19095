//! Targets for fuzzing: every way that foreign bytes take through the crate. None of them panics.

use std::{collections::BTreeMap, io::Cursor};

use crate::{
    cases,
    model::Item,
    package,
    read::{Document, read},
    score::{body_text, feedback_shown, score, score_test},
    write,
};

/// A document of any kind; what was read of it is scored, and written.
pub fn document(bytes: &[u8]) {
    match read("fuzz.xml", bytes).content() {
        Some(Document::Item(item)) => {
            let scoring = score(item, &BTreeMap::new(), 1);
            body_text(item, &scoring);
            feedback_shown(item, &scoring);
            write::item(item);
        }
        Some(Document::Test(test)) => {
            score_test(test, &BTreeMap::new());
            write::test(test);
        }
        Some(Document::Stimulus(stimulus)) => drop(write::stimulus(stimulus)),
        None => {}
    }
}

/// A package.
pub fn package(bytes: &[u8]) {
    if let Ok(opened) = package::read("fuzz.zip", Cursor::new(bytes)) {
        // A package may hold what cannot be written: one path for two resources, say.
        let _ = package::write(&opened.into_package());
    }
}

/// A file of cases.
pub fn cases(bytes: &[u8]) {
    if let Ok(cases) = cases::read(bytes) {
        cases::answer(&Item::default(), &cases);
    }
}
