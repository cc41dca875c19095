//! Everything that must hold.

use std::process::Command;

use crate::{
    build, paths,
    report::step,
    setup::{self, TARGET},
    shell::{Outcome, command, run},
    web,
};

/// What is compiled for wasm32 only.
const WASM: [&str; 3] = ["app", "worker", "question-bank-wasm"];

/// What is always compiled by itself ([`build::solver`]).
const SOLVER: &str = "assembly-solver";

/// Format, lints, builds, tests, documentation; `filter` goes to the test programs.
pub(crate) fn everything(filter: &[String]) -> Outcome {
    let tools = setup::web()?;
    let browser = setup::tests()?;
    step("Format", "3 s", || run(cargo("fmt").args(["--all", "--check"])))?;
    step("Lints, native", "10 s; 2 min at first", || {
        let clippy = &mut cargo("clippy");
        run(native(clippy.arg("--locked")).args(["--all-targets", "--", "--deny", "warnings"]))
    })?;
    step("Lints, browser", "10 s; 2 min at first", || {
        let clippy = &mut tools.command("cargo");
        clippy.args(["clippy", "--locked", "--target", TARGET, "--profile", "web"]);
        clippy.args(WASM.iter().flat_map(|package| ["--package", package]));
        run(clippy.args(["--", "--deny", "warnings"]))
    })?;
    web::pages(&tools)?;
    build::solver()?;
    step("Lints, solver", "5 s; 30 s at first", || {
        let clippy = &mut cargo("clippy");
        run(clippy.args(["--locked", "--package", SOLVER, "--all-targets", "--", "--deny", "warnings"]))
    })?;
    let draw = web::draw_for_node(&tools)?;
    // The server too, whose tests need it: built by itself, it would be built twice, with other features of its dependencies.
    step("Tests built", "2 min; 12 min at first", || run(tests().arg("--no-run")))?;
    step("Tests", "12 min", || {
        let test = &mut tests();
        test.args(["--no-fail-fast", "--"]).args(filter);
        test.env("INVIGIL_BIN", paths::server()).env("INVIGIL_WEB", paths::dist()).env("INVIGIL_DRAW_WASM", &draw);
        test.env("INVIGIL_ASSEMBLE", paths::solver());
        browser.tell(test);
        run(test)
    })?;
    step("Tests, solver", "1 min", || run(cargo("test").args(["--locked", "--package", SOLVER, "--"]).args(filter)))?;
    step("Documentation", "20 s; 1 min at first", || {
        let doc = || {
            let mut doc = cargo("doc");
            doc.args(["--locked", "--no-deps", "--quiet"]).env("RUSTDOCFLAGS", "--deny warnings");
            doc
        };
        run(native(&mut doc()))?;
        run(doc().args(["--package", SOLVER]))
    })
}

/// The native tests.
fn tests() -> Command {
    let mut test = cargo("test");
    native(test.arg("--locked"));
    // Windows cannot replace a running program, which this one is.
    if cfg!(windows) {
        test.args(["--exclude", "xtask"]);
    }
    test
}

fn cargo(subcommand: &str) -> Command {
    let mut cargo = command("cargo");
    cargo.arg(subcommand);
    cargo
}

/// Everything but what is for wasm32 only, what is compiled by itself, and the fuzzer, whose tests are `cargo xtask soak`.
fn native(cargo: &mut Command) -> &mut Command {
    let apart = WASM.into_iter().chain([SOLVER, "fuzz"]);
    cargo.arg("--workspace").args(apart.flat_map(|package| ["--exclude", package]))
}
