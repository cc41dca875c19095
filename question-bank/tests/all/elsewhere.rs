//! The same draws elsewhere: compiled to WebAssembly, and written down again in Python.

use std::{
    ffi::OsStr,
    io::Write as _,
    path::Path,
    process::{Command, Output},
};

use crate::vectors;

/// For what cannot be tried here: a sentence to the terminal, and in CI a failure.
fn skip(why: &str) {
    assert!(std::env::var_os("CI").is_none(), "{why}");
    // Not `eprintln!`, which the harness keeps to itself unless a test fails.
    writeln!(std::io::stderr(), "skipped: {why}").unwrap();
}

fn assert_success(output: &Output) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    let files = vectors::files().len();
    assert_eq!(text(&output.stdout).lines().count(), files, "one line a file: {}", text(&output.stdout));
}

fn here(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn webassembly_draws_the_same() {
    let Some(module) = std::env::var_os("INVIGIL_DRAW_WASM").filter(|module| module != OsStr::new("")) else {
        return skip("INVIGIL_DRAW_WASM does not name the draw compiled for Node; `cargo xtask test` builds it");
    };
    let output =
        Command::new("node").arg(here("tests/all/compare_draws.mjs")).arg(module).args(vectors::files()).output();
    assert_success(&output.expect("node must be on PATH"));
}

#[test]
fn python_derives_the_same_from_the_specification() {
    if Command::new("python3").arg("--version").output().is_err() {
        return skip("python3 is not on PATH: docs/examples/draw_audit.py was not run over the vectors");
    }
    let script = here("../docs/examples/draw_audit.py");
    let output = Command::new("python3").arg(script).arg("vectors").args(vectors::files()).output();
    assert_success(&output.unwrap());
}
