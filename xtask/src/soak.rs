//! What must hold and takes too long for every test.

use std::{env, fs, path::PathBuf};

use crate::{
    paths,
    report::step,
    shell::{Failure, Outcome, command, run},
};

/// How long each parser is given foreign bytes, in seconds.
const SECONDS: u32 = 60;

/// The most memory that a parser may take, in MiB; a package unpacks to 512 at most.
const MEMORY: u32 = 2_048;

/// The parsers by name, with what lies in the project for them to begin with.
const PARSERS: [(&str, &[&str]); 21] = [
    ("qti-document", &[]),
    ("qti-package", &[]),
    ("qti-cases", &[]),
    ("gift", &[]),
    ("moodle", &[]),
    ("item", &["question-bank/content/practice/items", "question-bank/content/caisp/items"]),
    ("scenario", &["question-bank/content/practice/scenarios", "question-bank/content/caisp/scenarios"]),
    ("image", &["question-bank/content/practice/images"]),
    ("scheme", &["question-bank/content/practice"]),
    ("practice-set", &[]),
    ("open-book", &[]),
    ("open-book-file", &["question-bank/content/caisp-open-book"]),
    ("history", &["question-bank/content/caisp/history"]),
    ("journal-line", &["docs/vectors/sitting"]),
    ("package", &["docs/vectors/sitting"]),
    ("response-file", &["docs/vectors/sitting"]),
    ("carrier", &[]),
    ("credential", &[]),
    ("log", &[]),
    ("token", &[]),
    ("seb", &[]),
];

/// Every long test, and every parser for a minute.
pub(crate) fn everything() -> Outcome {
    step("A million draws, and a random walk beside them", "6 min; 10 min at first", || {
        let test = &mut command("cargo");
        test.args(["test", "--locked", "--release", "--package", "question-bank", "--test", "all"]);
        run(test.args(["--", "--ignored", "soak"]))
    })?;
    let fuzz = fuzzer()?;
    PARSERS.iter().try_for_each(|(parser, known)| {
        step(&format!("Foreign bytes for {parser}"), &format!("{SECONDS} s"), || feed(&fuzz, parser, known))
    })
}

/// Builds the fuzzer with the counters that guide it, in a target folder of its own: everything it depends on is compiled
/// with them.
fn fuzzer() -> Outcome<PathBuf> {
    let target = paths::target().join("fuzz");
    step("Fuzzer", "seconds; 3 min at first", || {
        let counters = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
                        -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
                        -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 -Coverflow-checks=on";
        let host = "host-tuple";
        let build = &mut command("cargo");
        build
            .args(["build", "--locked", "--release", "--package", "fuzz", "--target", host, "--target-dir"])
            .arg(&target);
        // With a target named, build scripts and macros are compiled without.
        run(build.env("RUSTFLAGS", counters))
    })?;
    let name = format!("fuzz{}", env::consts::EXE_SUFFIX);
    let built = fs::read_dir(&target).map_err(|error| Failure::file(&target, &error))?;
    let mut built = built.flatten().map(|entry| entry.path().join("release").join(&name));
    built.find(|path| path.is_file()).ok_or_else(|| Failure::new("the fuzzer was built and is not there"))
}

/// Gives a parser foreign bytes for a while. What it learnt is kept in the target folder, and so is what it failed on.
fn feed(fuzz: &PathBuf, parser: &str, known: &[&str]) -> Outcome {
    let corpus = paths::target().join("fuzz-corpus").join(parser);
    fs::create_dir_all(&corpus).map_err(|error| Failure::file(&corpus, &error))?;
    let seeds = paths::root().join("tests/fuzz/seeds").join(parser);
    let failed = corpus.with_extension("failed-");
    let fuzzing = &mut command(fuzz);
    fuzzing.env("INVIGIL_FUZZ", parser).arg(&corpus).args(seeds.is_dir().then_some(seeds)).args(known);
    fuzzing.arg(format!("-max_total_time={SECONDS}")).arg(format!("-rss_limit_mb={MEMORY}"));
    fuzzing.args(["-timeout=10", "-max_len=65536", "-print_final_stats=1", "-verbosity=0"]);
    run(fuzzing.arg(format!("-artifact_prefix={}", failed.display())))
}
