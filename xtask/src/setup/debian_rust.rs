//! Where no target can be downloaded: Debian's rustc, which comes with the sources of the standard library. The library is
//! compiled for wasm32 once and put where that compiler looks for it, so that every later build is an ordinary one.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    packages::{self, Package},
    wasm_target::TARGET,
};
use crate::{
    paths,
    report::note,
    shell::{Failure, Outcome, ask, command, run},
};

const PACKAGE: Package = Package {
    what: "a Rust toolchain with the wasm32 target",
    debian: &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "rust-web-clippy", "lld-22"],
    mac: "rustup target add wasm32-unknown-unknown",
};

/// Its name for rustup.
const TOOLCHAIN: &str = "web";
const RUSTC: &str = "/usr/bin/rustc";
const LIBRARY: &str = "/usr/lib/rustlib/wasm32-unknown-unknown/lib";
/// Beside the library; its text is the version of the compiler it was compiled by. Written last.
const COMPILED_BY: &str = "compiled-by";

/// Gives the toolchain's name.
pub(super) fn find_or_install() -> Outcome<&'static str> {
    if ["rustc", "cargo", "cargo-clippy"].iter().any(|program| !Path::new("/usr/bin").join(program).is_file()) {
        packages::install(&PACKAGE)?;
    }
    let version = ask(command(RUSTC).arg("-vV")).ok_or_else(|| Failure::new(format!("{RUSTC} does not run")))?;
    if fs::read_to_string(Path::new(LIBRARY).join(COMPILED_BY)).ok().as_ref() != Some(&version) {
        note("compiling the standard library for wasm32, once (usually 1 min)");
        let built = compile()?;
        put_in_place(&built, &version)?;
        // What was compiled against another library does not fit this one.
        remove(&paths::web_target().join(TARGET))?;
    }
    if ask(command("rustup").args(["run", TOOLCHAIN, "rustc", "-vV"])).as_ref() != Some(&version) {
        run(command("rustup").args(["toolchain", "link", TOOLCHAIN, "/usr"]))?;
    }
    Ok(TOOLCHAIN)
}

/// Compiles the library as a dependency of an empty crate; gives the folder with its parts.
fn compile() -> Outcome<PathBuf> {
    let folder = paths::cache()?.join("std");
    remove(&folder)?;
    let source = folder.join("src/lib.rs");
    fs::create_dir_all(folder.join("src")).map_err(|error| Failure::file(&folder, &error))?;
    let manifest = "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n";
    for (file, text) in [(folder.join("Cargo.toml"), manifest), (source, "#![no_std]\n")] {
        fs::write(&file, text).map_err(|error| Failure::file(&file, &error))?;
    }
    let mut cargo = command("/usr/bin/cargo");
    cargo.args(["build", "--quiet", "--release", "--target", TARGET, "-Z", "build-std=std,panic_abort"]);
    // Without bitcode a later build with link-time optimisation fails («can't find section .llvmbc»).
    cargo.env("RUSTC_BOOTSTRAP", "1").env("RUSTC", RUSTC).env("RUSTFLAGS", "-Cembed-bitcode=yes");
    cargo.env("CARGO_TARGET_DIR", folder.join("target")).current_dir(&folder);
    run(&mut cargo)?;
    Ok(folder.join("target").join(TARGET).join("release/deps"))
}

/// Replaces the compiler's library for wasm32. Copied whole by one command, since only root may.
fn put_in_place(built: &Path, version: &str) -> Outcome {
    let staged = paths::cache()?.join("std/library");
    fs::create_dir_all(&staged).map_err(|error| Failure::file(&staged, &error))?;
    for entry in fs::read_dir(built).map_err(|error| Failure::file(built, &error))?.flatten() {
        let (from, name) = (entry.path(), entry.file_name());
        // The empty crate's own part stays behind.
        if from.extension().is_some_and(|ending| ending == "rlib") && !name.to_string_lossy().starts_with("libempty-") {
            fs::copy(&from, staged.join(name)).map_err(|error| Failure::file(&from, &error))?;
        }
    }
    let mark = staged.join(COMPILED_BY);
    fs::write(&mark, version).map_err(|error| Failure::file(&mark, &error))?;
    let copy = format!("rm -rf {LIBRARY} && mkdir -p {LIBRARY} && cp '{}'/* {LIBRARY}", staged.display());
    if packages::is_root() {
        return run(command("sh").args(["-c", &copy]));
    }
    Err(Failure::new(format!("{LIBRARY} is root's to write; run: sudo sh -c \"{copy}\"")))
}

fn remove(folder: &Path) -> Outcome {
    if folder.exists() { fs::remove_dir_all(folder).map_err(|error| Failure::file(folder, &error)) } else { Ok(()) }
}
