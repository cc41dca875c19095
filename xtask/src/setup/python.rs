//! What comes from PyPI, in an environment of its own: a verifier of badges that ours is compared with. For the tests only; it
//! is under the LGPL, and nothing of it is delivered.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::packages::{self, Package};
use crate::{
    paths,
    report::note,
    shell::{Failure, Outcome, ask, command, on_path, run},
};

const PACKAGE: Package = Package {
    what: "Python with venv (for the tests only)",
    debian: &["python3", "python3-venv"],
    mac: "brew install python3",
};
const NAME: &str = "openbadgeslib";
const VERSION: &str = "4.6.3";

/// The interpreter of an environment that has it.
pub(super) fn find_or_install() -> Outcome<PathBuf> {
    let folder = paths::cache()?.join("python");
    let python = if cfg!(windows) { folder.join("Scripts/python.exe") } else { folder.join("bin/python") };
    if has(&python) {
        return Ok(python);
    }
    if make(&folder).is_err() {
        packages::install(&PACKAGE)?;
        make(&folder)?;
    }
    note(&format!("installing {NAME} {VERSION} from PyPI"));
    let options = ["--disable-pip-version-check", "--no-input", "--quiet"];
    let package = format!("{NAME}[ldp]=={VERSION}");
    run(command(&python).args(["-m", "pip", "install"]).args(options).arg(package))?;
    if has(&python) { Ok(python) } else { Err(Failure::new(format!("{NAME} was installed and cannot be loaded"))) }
}

/// An empty environment; one that was left half made is made anew.
fn make(folder: &Path) -> Outcome {
    let missing = || Failure::new("no Python found");
    let python = on_path(&["python3", "python"]).ok_or_else(missing)?;
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
    }
    run(command(python).args(["-m", "venv"]).arg(folder))
}

fn has(python: &Path) -> bool {
    let version = format!("import importlib.metadata, {NAME}, pyld; print(importlib.metadata.version('{NAME}'))");
    ask(command(python).args(["-c", &version])).as_deref() == Some(VERSION)
}
