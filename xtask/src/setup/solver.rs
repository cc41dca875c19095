//! What the solver of forms (HiGHS) is built with: CMake, a C++ compiler, and libclang for its bindings.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use super::packages::{self, Package};
use crate::shell::{Failure, Outcome, on_path};

const PACKAGE: Package = Package {
    what: "what builds the solver HiGHS (CMake, a C++ compiler, libclang with its headers)",
    // libclang itself has no headers of the compiler, such as stddef.h: they are a package of their own.
    debian: &["cmake", "g++", "libclang1-19", "libclang-common-19-dev"],
    mac: "xcode-select --install; brew install cmake llvm",
};

pub(super) fn find_or_install() -> Outcome {
    if complete() {
        return Ok(());
    }
    packages::install(&PACKAGE)?;
    if complete() {
        Ok(())
    } else {
        Err(Failure::new("no cmake, C++ compiler and libclang found; set LIBCLANG_PATH to its folder"))
    }
}

fn complete() -> bool {
    let compiler = env::var_os("CXX").is_some() || on_path(&["c++", "g++", "clang++", "cl"]).is_some();
    // Visual Studio's compiler is found by its installation, and is seldom on PATH.
    on_path(&["cmake"]).is_some() && (compiler || cfg!(windows)) && (libclang() || cfg!(windows))
}

/// Whether libclang lies where the bindings' generator looks for it.
fn libclang() -> bool {
    if env::var_os("LIBCLANG_PATH").is_some() {
        return true;
    }
    let mut folders: Vec<PathBuf> =
        ["/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/opt/llvm/lib"].map(PathBuf::from).into();
    folders.extend(["/usr/local/opt/llvm/lib", "/Library/Developer/CommandLineTools/usr/lib"].map(PathBuf::from));
    // /usr/lib/llvm-19/lib, /usr/lib/x86_64-linux-gnu
    for within in entries(Path::new("/usr/lib")) {
        folders.extend([within.join("lib"), within]);
    }
    let is_it = |file: PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        name.starts_with("libclang.") || (name.starts_with("libclang-") && !name.starts_with("libclang-cpp"))
    };
    folders.iter().flat_map(|folder| entries(folder)).any(is_it)
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).map(|entries| entries.flatten().map(|entry| entry.path()).collect()).unwrap_or_default()
}
