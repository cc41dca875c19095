//! A document from its bytes.

use serde::Serialize;

use super::{item, test};
use crate::{
    fault::What,
    model::{Item, Stimulus, Test},
    report::{Import, Report},
    xml::{self, Element, Space, Version},
};

/// What a QTI file can be.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Document {
    /// An item.
    Item(Box<Item>),
    /// A stimulus.
    Stimulus(Box<Stimulus>),
    /// A test.
    Test(Box<Test>),
}

/// Reads any QTI 2.x or 3.0 file: item, stimulus or test.
///
/// `file` is what faults and losses are told under. The bytes may be anything: nothing outside them is looked at, all
/// faults are told at once, and size, depth and numbers are bounded (the crate's `MAX_…`).
pub fn read(file: &str, bytes: &[u8]) -> Import<Document> {
    with_root(file, bytes, |report, root| match &*root.name {
        "assessment-item" => Some(Document::Item(Box::new(item::item(report, root)))),
        "assessment-stimulus" => Some(Document::Stimulus(Box::new(item::stimulus(report, root)))),
        "assessment-test" => Some(Document::Test(Box::new(test::test(report, root)))),
        _ => not(report, root, "QTI item, stimulus or test"),
    })
}

/// Reads an item; see [`read`].
pub fn read_item(file: &str, bytes: &[u8]) -> Import<Item> {
    read_item_in(file, bytes, &|_| true)
}

/// Reads a stimulus; see [`read`].
pub fn read_stimulus(file: &str, bytes: &[u8]) -> Import<Stimulus> {
    read_stimulus_in(file, bytes, &|_| true)
}

/// Reads a test; see [`read`].
pub fn read_test(file: &str, bytes: &[u8]) -> Import<Test> {
    read_test_in(file, bytes, &|_| true)
}

/// Reads an item of a package, in which the files that it names have to be there.
pub(crate) fn read_item_in(file: &str, bytes: &[u8], there: &dyn Fn(&str) -> bool) -> Import<Item> {
    with_root(file, bytes, |report, root| match &*root.name {
        "assessment-item" => {
            let item = item::item(report, root);
            report.files(there);
            Some(item)
        }
        _ => not(report, root, "QTI item (assessmentItem or qti-assessment-item)"),
    })
}

/// Reads a stimulus of a package.
pub(crate) fn read_stimulus_in(file: &str, bytes: &[u8], there: &dyn Fn(&str) -> bool) -> Import<Stimulus> {
    with_root(file, bytes, |report, root| match &*root.name {
        "assessment-stimulus" => {
            let stimulus = item::stimulus(report, root);
            report.files(there);
            Some(stimulus)
        }
        _ => not(report, root, "QTI stimulus (qti-assessment-stimulus)"),
    })
}

/// Reads a test of a package.
pub(crate) fn read_test_in(file: &str, bytes: &[u8], there: &dyn Fn(&str) -> bool) -> Import<Test> {
    with_root(file, bytes, |report, root| match &*root.name {
        "assessment-test" => {
            let test = test::test(report, root);
            report.files(there);
            Some(test)
        }
        _ => not(report, root, "QTI test (assessmentTest or qti-assessment-test)"),
    })
}

fn not<T>(report: &mut Report<'_>, root: &Element<'_>, expected: &'static str) -> Option<T> {
    let what = match &*root.name {
        "questestinterop" => What::FirstVersion,
        _ => What::Root { found: root.written.to_owned(), expected },
    };
    report.fault(root.at, what);
    None
}

/// Reads the tree of a file and makes something of its root.
pub(crate) fn with_root<T>(
    file: &str,
    bytes: &[u8],
    make: impl FnOnce(&mut Report<'_>, &Element<'_>) -> Option<T>,
) -> Import<T> {
    let text = match xml::decode(bytes) {
        Ok(text) => text,
        Err(what) => return Import::refused(file, what),
    };
    let mut report = Report::new(file, &text);
    let Some(root) = xml::read(&text, &mut report) else { return report.finish(None) };
    report.version = match root.space {
        Space::Qti(version) => version,
        _ if root.written.starts_with("qti-") => Version::V3_0,
        _ => Version::V2_1,
    };
    let content = make(&mut report, &root);
    report.finish(content)
}
