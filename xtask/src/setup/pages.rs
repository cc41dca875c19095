//! Others' tools that read what is printed here: for the tests only, which do without them where they are missing.

use super::packages::{self, Package};
use crate::shell::{Outcome, on_path};

const PACKAGE: Package = Package {
    what: "qpdf, poppler and zbar (for the tests only)",
    debian: &["qpdf", "poppler-utils", "zbar-tools"],
    mac: "brew install qpdf poppler zbar",
};

pub(super) fn find_or_install() -> Outcome {
    let there = ["qpdf", "pdftotext", "zbarimg"].iter().all(|tool| on_path(&[tool]).is_some());
    if there { Ok(()) } else { packages::install(&PACKAGE) }
}
