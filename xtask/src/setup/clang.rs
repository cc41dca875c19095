//! A C compiler for wasm32: SQLite is C. GCC has no such target, and neither has Apple's clang.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use super::packages::{self, Package};
use crate::{
    paths,
    shell::{Failure, Outcome, ask, command, on_path},
};

const PACKAGE: Package =
    Package { what: "clang with the wasm32 target", debian: &["clang-19"], mac: "brew install llvm" };

/// Versions of LLVM, the one that is installed first.
const SUFFIXES: [&str; 8] = ["-19", "", "-23", "-22", "-21", "-20", "-18", "-17"];

/// The compiler and, where there is one, its archiver; otherwise the `cc` crate finds one.
pub(super) struct Clang {
    pub(super) compiler: PathBuf,
    pub(super) archiver: Option<PathBuf>,
}

pub(super) fn find_or_install() -> Outcome<Clang> {
    if let Some(clang) = find()? {
        return Ok(clang);
    }
    packages::install(&PACKAGE)?;
    find()?.ok_or_else(|| Failure::new("no clang on PATH compiles for wasm32; name one in CC_wasm32_unknown_unknown"))
}

fn find() -> Outcome<Option<Clang>> {
    let named = env::var_os("CC_wasm32_unknown_unknown").map(PathBuf::from);
    let homebrew = homebrew().map(|dir| dir.join("clang"));
    let on_path = SUFFIXES.iter().filter_map(|suffix| on_path(&[&format!("clang{suffix}")]));
    for compiler in named.into_iter().chain(homebrew).chain(on_path) {
        if compiles(&compiler)? {
            return Ok(Some(Clang { archiver: archiver(&compiler), compiler }));
        }
    }
    Ok(None)
}

/// Where Homebrew keeps LLVM, off PATH.
fn homebrew() -> Option<PathBuf> {
    cfg!(target_os = "macos")
        .then(|| ask(command("brew").args(["--prefix", "llvm"])))?
        .map(|dir| Path::new(&dir).join("bin"))
}

/// `llvm-ar` beside the compiler, or of its version on PATH.
fn archiver(compiler: &Path) -> Option<PathBuf> {
    if let Some(named) = env::var_os("AR_wasm32_unknown_unknown") {
        return Some(named.into());
    }
    let name = compiler.file_name()?.to_str()?.replace("clang", "llvm-ar");
    let beside = compiler.with_file_name(&name);
    beside.is_file().then_some(beside).or_else(|| on_path(&[&name, "llvm-ar"]))
}

/// Only a compilation tells which targets a clang was built with.
fn compiles(compiler: &Path) -> Outcome<bool> {
    let folder = paths::target().join("xtask");
    let (source, object) = (folder.join("wasm32.c"), folder.join("wasm32.o"));
    fs::create_dir_all(&folder).map_err(|error| Failure::file(&folder, &error))?;
    fs::write(&source, "int answer(void) { return 42; }\n").map_err(|error| Failure::file(&source, &error))?;
    let mut clang = command(compiler);
    clang.arg("--target=wasm32-unknown-unknown").arg("-c").arg(&source).arg("-o").arg(&object);
    Ok(clang.stderr(Stdio::null()).status().is_ok_and(|status| status.success()))
}
