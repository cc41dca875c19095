//! Trunk and wasm-bindgen, in exact versions.

use std::{fs, path::PathBuf};

use crate::{
    paths,
    report::note,
    shell::{Failure, Outcome, ask, command, run},
};

/// The newest one that builds with the `rust-version` of this project.
const TRUNK: &str = "0.21.14";

/// Trunk; gives the folder to put on PATH if it is not there.
pub(super) fn trunk() -> Outcome<Option<PathBuf>> {
    let version = format!("trunk@{TRUNK}");
    let install = [version.as_str(), "--locked", "--no-default-features", "--features", "rustls"];
    tool("trunk", TRUNK, &install, "3 min")
}

/// wasm-bindgen's command-line tool, which must be of exactly the version of the library.
pub(super) fn wasm_bindgen() -> Outcome<Option<PathBuf>> {
    let lock = paths::root().join("Cargo.lock");
    let text = fs::read_to_string(&lock).map_err(|error| Failure::file(&lock, &error))?;
    let version = locked(&text, "wasm-bindgen").ok_or_else(|| Failure::new("Cargo.lock has no wasm-bindgen"))?;
    // Without --locked: its lock file may name crates that a registry no longer has or does not have yet.
    tool("wasm-bindgen", version, &[&format!("wasm-bindgen-cli@{version}")], "1 min")
}

fn tool(name: &str, version: &str, install: &[&str], usually: &str) -> Outcome<Option<PathBuf>> {
    let expected = format!("{name} {version}");
    let is_it = |program: PathBuf| ask(command(program).arg("--version")).as_deref() == Some(expected.as_str());
    if is_it(name.into()) {
        return Ok(None);
    }
    let root = paths::cache()?.join("tools");
    let folder = root.join("bin");
    if !is_it(folder.join(name)) {
        note(&format!("building {expected} from source, once (usually {usually})"));
        // Unoptimised: built in a fifth of the time, and fast enough.
        run(command("cargo").args(["install", "--quiet", "--debug", "--force", "--root"]).arg(&root).args(install))?;
        if !is_it(folder.join(name)) {
            return Err(Failure::new(format!("{} does not say it is {expected}", folder.join(name).display())));
        }
    }
    Ok(Some(folder))
}

/// The version of a crate in a lock file.
fn locked<'a>(lock: &'a str, name: &str) -> Option<&'a str> {
    let (_, entry) = lock.split_once(&format!("[[package]]\nname = \"{name}\"\nversion = \""))?;
    entry.split_once('"').map(|(version, _)| version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_the_crate_and_not_of_one_with_a_longer_name() {
        let lock =
            "[[package]]\nname = \"a-b\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"a\"\nversion = \"2.0.0\"\n";
        assert_eq!(locked(lock, "a"), Some("2.0.0"));
        assert_eq!(locked(lock, "b"), None);
    }
}
