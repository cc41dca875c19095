//! The stock age tool, with which tests open what was sealed here: for the tests only.

use super::packages::{self, Package};
use crate::shell::{Outcome, on_path};

const PACKAGE: Package = Package { what: "age (for the tests only)", debian: &["age"], mac: "brew install age" };

pub(super) fn find_or_install() -> Outcome {
    if on_path(&["age"]).is_some() { Ok(()) } else { packages::install(&PACKAGE) }
}
