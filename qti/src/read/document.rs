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
    with_root(file, bytes, |report, root| match &*root.name {
        "assessment-item" => Some(item::item(report, root)),
        _ => not(report, root, "QTI item (assessmentItem or qti-assessment-item)"),
    })
}

/// Reads a stimulus; see [`read`].
pub fn read_stimulus(file: &str, bytes: &[u8]) -> Import<Stimulus> {
    with_root(file, bytes, |report, root| match &*root.name {
        "assessment-stimulus" => Some(item::stimulus(report, root)),
        _ => not(report, root, "QTI stimulus (qti-assessment-stimulus)"),
    })
}

/// Reads a test; see [`read`].
pub fn read_test(file: &str, bytes: &[u8]) -> Import<Test> {
    with_root(file, bytes, |report, root| match &*root.name {
        "assessment-test" => Some(test::test(report, root)),
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
