//! The figures of docs/BENCHMARKS.md.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use crate::{
    build, paths,
    report::step,
    setup,
    shell::{Failure, Outcome, ask, command, run},
};

/// Measures, prints, and writes docs/BENCHMARKS.md.
pub(crate) fn figures() -> Outcome {
    build::everything()?;
    build::solver()?;
    let browser = setup::tests()?;
    let table = step("Figures", "1 min; 6 min at first", || {
        run(command("cargo").args(["build", "--locked", "--release", "--package", "server"]))?;
        let bench = &mut command("cargo");
        bench.args(["bench", "--locked", "--package", "tests", "--bench", "figures"]);
        bench.env("INVIGIL_BIN", paths::release_server()).env("INVIGIL_WEB", paths::dist());
        bench.env("INVIGIL_ASSEMBLE", paths::solver());
        browser.tell(bench);
        let credentials = &mut command("cargo");
        credentials.args(["bench", "--locked", "--package", "signing", "--bench", "credentials"]);
        browser.tell(credentials);
        Ok(rows(bench)? + &rows(credentials)?)
    })?;
    let text = format!(
        "# Figures\n\nMeasured by `cargo xtask bench`, which writes this page; in release; native figures on one core, the\nbrowser's against a server on loopback. The solver of parallel forms is the one that `cargo xtask solver` builds: its C++\nin release, its own code at opt-level 2. {}\n\n{table}",
        machine()
    );
    println!("\n{text}");
    let file = paths::root().join("docs/BENCHMARKS.md");
    fs::write(&file, text).map_err(|error| Failure::file(&file, &error))
}

/// What a benchmark prints.
fn rows(bench: &mut Command) -> Outcome<String> {
    let output = bench.stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| Failure::new(format!("cargo bench cannot be started: {error}")))?;
    if !output.status.success() {
        return Err(Failure::new("the benchmark failed"));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What it was measured on, where the system tells.
fn machine() -> String {
    let information = fs::read_to_string(Path::new("/proc/cpuinfo")).unwrap_or_default();
    let model = information.lines().find(|line| line.starts_with("model name")).and_then(|line| line.split_once(": "));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let day = ask(command("date").args(["-u", "+%Y-%m-%d"])).unwrap_or_default();
    format!("{day}, {}, {cores} cores, {}.", model.map_or("unknown processor", |(_, name)| name), std::env::consts::OS)
}
