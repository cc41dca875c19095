//! What `cargo xtask test` says about the machine. Run by themselves, the tests look where a build leaves things.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

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

/// The built pages.
pub(crate) fn pages() -> PathBuf {
    place("INVIGIL_WEB", root().join("target/dist"))
}

/// Copies a folder with what is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(from, to).unwrap();
        }
    }
}
