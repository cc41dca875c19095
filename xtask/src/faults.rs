//! The full table of faults: docs/RELIABILITY.md.

use std::fs;

use crate::{
    build, paths,
    report::step,
    setup,
    shell::{Failure, Outcome, command, run},
};

/// How often each fault is brought about for the table.
const RUNS: &str = "50";

/// Brings each fault about many times, and writes docs/RELIABILITY.md.
pub(crate) fn table() -> Outcome {
    build::everything()?;
    let browser = setup::tests()?;
    let rows = paths::target().join("faults.md");
    fs::write(&rows, "").map_err(|error| Failure::file(&rows, &error))?;
    step("Faults", "an hour", || {
        let test = &mut command("cargo");
        test.args(["test", "--locked", "--package", "tests", "--test", "faults", "--", "--test-threads", "3"]);
        test.env("INVIGIL_BIN", paths::server()).env("INVIGIL_WEB", paths::dist());
        test.env("INVIGIL_FAULT_RUNS", RUNS).env("INVIGIL_FAULT_TABLE", &rows);
        browser.tell(test);
        run(test)
    })?;
    let mut found: Vec<String> =
        fs::read_to_string(&rows).map_err(|error| Failure::file(&rows, &error))?.lines().map(str::to_owned).collect();
    found.sort();
    let text = format!(
        "# Reliability\n\nWritten by `cargo xtask faults`, which brings each fault about in a real Chromium, on real files and a \
         real server.\nAn answer is confirmed when the page shows it as saved on this device; it is lost if it cannot be found \
         afterwards, in\nthe browser, an export or at the server. `cargo xtask test` does the same a few times each.\n\n\
         | fault | runs | answers confirmed | answers lost |\n|---|---|---|---|\n{}\n",
        found.join("\n")
    );
    println!("\n{text}");
    let file = paths::root().join("docs/RELIABILITY.md");
    fs::write(&file, text).map_err(|error| Failure::file(&file, &error))
}
