//! What `cargo xtask test` says about the machine. Run by themselves, the tests look where a build leaves things.

use std::{env, path::PathBuf};

/// The project's root.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The place that a variable names, or the usual one; panics where it is missing.
pub(crate) fn place(variable: &str, usual: impl Into<PathBuf>) -> PathBuf {
    let path = env::var_os(variable).map_or_else(|| usual.into(), PathBuf::from);
    assert!(path.exists(), "{} is missing; run the tests with «cargo xtask test»", path.display());
    path
}
