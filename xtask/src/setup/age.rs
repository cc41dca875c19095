//! The stock age and openssl tools, with which tests open what was sealed and locked here: for the tests only.

use super::packages::{self, Package};
use crate::shell::{Outcome, on_path};

const PACKAGE: Package = Package { what: "age (for the tests only)", debian: &["age"], mac: "brew install age" };
const OPENSSL: Package =
    Package { what: "openssl (for the tests only)", debian: &["openssl"], mac: "brew install openssl" };

pub(super) fn find_or_install() -> Outcome {
    for (tool, package) in [("age", &PACKAGE), ("openssl", &OPENSSL)] {
        if on_path(&[tool]).is_none() {
            packages::install(package)?;
        }
    }
    Ok(())
}
