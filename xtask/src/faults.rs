//! The table of faults: docs/RELIABILITY.md.

use std::fs;

use crate::{
    paths,
    report::step,
    setup,
    shell::{Failure, Outcome, command, run},
    web,
};

/// How often something is killed, cut or loses its power at a random moment for the table; what always comes at the same point
/// comes less often (`tests/src/faults.rs`).
const RUNS: &str = "50";

const HEAD: &str = "\
# Reliability

Written by `cargo xtask faults`, which brings each fault about in a real Chromium, on real files and a real server, built for
release. An answer is confirmed when the page shows it as saved on this device; it is lost if it cannot be found afterwards, in
the browser, an export or at the server. `cargo xtask faults -- NAME` does so with the tests of that name alone and replaces
their rows. `cargo xtask test` brings each fault about a few times.

| fault | runs | answers confirmed | answers lost |
|---|---|---|---|
";

/// Brings the faults whose tests have one of these names about many times, all if there are none, and writes
/// docs/RELIABILITY.md.
pub(crate) fn table(names: &[String]) -> Outcome {
    web::pages(&setup::web()?)?;
    let browser = setup::tests()?;
    step("Server for release", "some minutes", || {
        run(command("cargo").args(["build", "--locked", "--release", "--package", "server"]))
    })?;
    let told = paths::target().join("faults.md");
    fs::write(&told, "").map_err(|error| Failure::file(&told, &error))?;
    let ran = step("Faults", "half an hour, on a machine that does nothing else", || {
        let test = &mut command("cargo");
        test.args([
            "test",
            "--locked",
            "--release",
            "--package",
            "tests",
            "--test",
            "faults",
            "--",
            "--test-threads",
            "2",
        ])
        .args(names);
        test.env("INVIGIL_BIN", paths::release_server()).env("INVIGIL_WEB", paths::dist());
        test.env("INVIGIL_FAULT_RUNS", RUNS).env("INVIGIL_FAULT_TABLE", &told);
        browser.tell(test);
        run(test)
    });
    let file = paths::root().join("docs/RELIABILITY.md");
    let read = |path| fs::read_to_string(path).map_err(|error| Failure::file(path, &error));
    // A row stays until its fault is brought about again.
    let (before, now) = (read(&file)?, read(&told)?);
    let fault = |row: &str| row.split('|').nth(1).map(str::to_owned);
    let again: Vec<_> = now.lines().map(fault).collect();
    let kept =
        before.lines().skip_while(|line| !line.starts_with("|---")).skip(1).filter(|row| !again.contains(&fault(row)));
    let mut rows: Vec<&str> = now.lines().chain(kept.filter(|_| !names.is_empty())).collect();
    rows.sort_unstable();
    let text = format!("{HEAD}{}\n", rows.join("\n"));
    println!("\n{text}");
    fs::write(&file, text).map_err(|error| Failure::file(&file, &error))?;
    ran
}
