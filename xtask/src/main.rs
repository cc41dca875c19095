//! `cargo xtask`: set-up, build, run and test of the whole project.
//!
//! Architecture invariant: depends on nothing, neither of ours nor from outside, so that it starts within seconds on a
//! machine that has Rust and nothing else.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool talks to its user")]

mod bench;
mod build;
mod faults;
mod fingerprint;
mod lint;
mod paths;
mod report;
mod run;
mod setup;
mod shell;
mod soak;
mod test;
mod web;

use std::process::ExitCode;

use shell::{Failure, Outcome};

const USAGE: &str = "\
Usage: cargo xtask COMMAND

  setup              install or build what is missing: wasm32 target, clang, trunk, wasm-bindgen, wasm-opt, cmake
  build              build the pages (target/dist) and the server (target/debug/invigil)
  solver             build what makes parallel forms (target/debug/invigil-assemble): HiGHS, seven minutes of C++
  run [-- OPTIONS]   build, then serve a demonstration: `invigil demo OPTIONS`
  test [-- FILTER]   format, lints, build, every test (the browser's too), documentation
  bench              measure, and write docs/BENCHMARKS.md
  faults [-- NAME…]  bring every fault, or those of such names, about many times, and write docs/RELIABILITY.md
  soak               what takes too long for every test: a million drawn forms, and every parser under foreign bytes
  lint               licences and sources of the dependencies (needs cargo-deny)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Outcome {
    let (command, rest) = arguments.split_first().map_or(("help", arguments), |(first, rest)| (first.as_str(), rest));
    // What stands after `--` is for the program that is started.
    let (own, passed) = match rest.split_first() {
        Some((dashes, passed)) if dashes == "--" => (&[][..], passed),
        _ => (rest, &[][..]),
    };
    match (command, own, passed) {
        ("setup", [], []) => setup::web().and_then(|_| setup::solver()).and_then(|()| setup::tests()).map(drop),
        ("build", [], []) => build::everything().map(drop),
        ("solver", [], []) => build::solver(),
        ("run", [], options) => run::demonstration(options),
        ("test", [], filter) => test::everything(filter),
        ("bench", [], []) => bench::figures(),
        ("faults", [], names) => faults::table(names),
        ("soak", [], []) => soak::everything(),
        ("lint", [], []) => lint::dependencies(),
        ("help" | "--help" | "-h", ..) => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(Failure::new(format!("cannot make sense of «{}»\n\n{USAGE}", arguments.join(" ")))),
    }
}
