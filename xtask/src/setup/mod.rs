//! What the project needs on a machine. Each piece is taken from PATH, else from the tool cache, else installed; when
//! everything is there nothing asks the network.

mod age;
mod browser;
mod clang;
mod debian_rust;
mod npm;
mod packages;
mod pages;
mod python;
mod solver;
mod tools;
mod wasm_target;

use std::{
    env,
    ffi::{OsStr, OsString},
    path::PathBuf,
    process::Command,
};

use crate::{
    paths,
    report::step,
    shell::{self, Outcome},
};

pub(crate) use browser::Browser;
pub(crate) use wasm_target::TARGET;

/// What SQLite is built without: nothing of it is used in the browser, and it is a fifth of the worker.
const SQLITE_FLAGS: &str = "-USQLITE_ENABLE_FTS5 -USQLITE_ENABLE_RTREE -USQLITE_ENABLE_SESSION \
    -USQLITE_ENABLE_PREUPDATE_HOOK -USQLITE_ENABLE_MATH_FUNCTIONS -USQLITE_ENABLE_DBSTAT_VTAB \
    -USQLITE_ENABLE_DBPAGE_VTAB -USQLITE_ENABLE_BYTECODE_VTAB -USQLITE_ENABLE_STMTVTAB \
    -USQLITE_ENABLE_OFFSET_SQL_FUNC -USQLITE_ENABLE_UNKNOWN_SQL_FUNCTION -USQLITE_ENABLE_COLUMN_METADATA \
    -USQLITE_ENABLE_UNLOCK_NOTIFY";

/// The tools that build what runs in the browser.
pub(crate) struct Web {
    /// The toolchain that has the wasm32 target, if it is not the one in use.
    toolchain: Option<&'static str>,
    clang: clang::Clang,
    /// PATH with our tools in front.
    path: OsString,
}

impl Web {
    /// A command that builds for wasm32.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = shell::command(program);
        command.env("PATH", &self.path).env("CARGO_TARGET_DIR", paths::web_target());
        command.env("CC_wasm32_unknown_unknown", &self.clang.compiler).env("SQLITE_WASM_RS_FLAGS", SQLITE_FLAGS);
        // Views without their types: a tenth less to load.
        command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "--cfg=erase_components");
        if let Some(archiver) = &self.clang.archiver {
            command.env("AR_wasm32_unknown_unknown", archiver);
        }
        if let Some(toolchain) = self.toolchain {
            command.env("RUSTUP_TOOLCHAIN", toolchain);
        }
        command
    }
}

/// What the solver of forms is built with.
pub(crate) fn solver() -> Outcome {
    solver::find_or_install()
}

/// What every build needs.
pub(crate) fn web() -> Outcome<Web> {
    step("Tools for the browser's part", "1 s; 8 min at first", || {
        let clang = clang::find_or_install()?;
        let toolchain = wasm_target::find_or_install()?;
        let mut front: Vec<PathBuf> = Vec::new();
        front.extend(tools::trunk()?);
        front.extend(tools::wasm_bindgen()?);
        front.extend(npm::wasm_opt()?);
        front.dedup();
        let rest = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths(front.into_iter().chain(env::split_paths(&rest)))
            .map_err(|error| shell::Failure::new(format!("the tool cache cannot be put on PATH: {error}")))?;
        Ok(Web { toolchain, clang, path })
    })
}

/// What only the tests need.
pub(crate) fn tests() -> Outcome<Browser> {
    step("Tools for the tests", "1 s; 1 min at first", || {
        age::find_or_install()?;
        pages::find_or_install()?;
        browser::find_or_install()
    })
}
