//! A Rust toolchain with the wasm32 target: the one in use, or Debian's.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use super::debian_rust;
use crate::{
    report::note,
    shell::{Outcome, ask, command, run},
};

/// What browsers run.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Gives the name of the toolchain to use, if it is not the one in use. `INVIGIL_WASM=debian` asks for Debian's.
pub(super) fn find_or_install() -> Outcome<Option<&'static str>> {
    let debian = env::var_os("INVIGIL_WASM").is_some_and(|which| which == "debian");
    if !debian {
        if in_use() {
            return Ok(None);
        }
        note("adding the wasm32 target to the toolchain in use");
        if run(command("rustup").args(["target", "add", TARGET])).is_ok() && in_use() {
            return Ok(None);
        }
        note("that could not be had; Debian has a compiler and the sources of its standard library");
    }
    debian_rust::find_or_install().map(Some)
}

/// Whether the toolchain in use has the target's standard library.
fn in_use() -> bool {
    ask(command("rustc").args(["--print", "target-libdir", "--target", TARGET]))
        .is_some_and(|folder| has_library(Path::new(&folder)))
}

/// Whether a folder holds a standard library.
fn has_library(folder: &Path) -> bool {
    let name = |path: PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| name(entry.path())).any(|name| name.starts_with("libstd-") && name.ends_with(".rlib"))
}
