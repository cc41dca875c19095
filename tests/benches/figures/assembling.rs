//! How fast parallel forms are made by `invigil-assemble`, beside HiGHS making one form after another on its own.

use std::{
    env,
    io::Write as _,
    process::{Command, Stdio},
    time::Instant,
};

use assembly::{
    FormSet,
    report::Report,
    sample,
    solver::{Answer, NoForms, Request},
};

/// A problem of so many forms and items, and the time that is aimed at.
const PROBLEMS: [(u32, usize, &str); 2] = [(10, 400, "aim 5 s"), (50, 5_000, "aim 5 min")];

pub(crate) fn measure(row: fn(&str, &str, &str)) {
    for (forms, items, aim) in PROBLEMS {
        let request = Request::new(sample::problem(items, forms, 1), [1; 32]);
        let name = format!("{forms} parallel forms of 80 from {items} items");
        let (seconds, set) = solved(request.clone(), &[]);
        row(&name, &format!("{seconds:.1} s"), &format!("{}; {aim}", quality(&set.unwrap())));

        let (seconds, outcome) = solved(request, &["--alone"]);
        let note = match outcome {
            Ok(set) => quality(&set),
            Err(error) => error.to_string(),
        };
        row(&format!("{name}, HiGHS form by form"), &format!("{seconds:.1} s"), &note);
    }
}

/// What the program answers, counted again, and how long it ran, from its start to its end.
fn solved(request: Request, options: &[&str]) -> (f64, Result<FormSet, NoForms>) {
    let program = env::var_os("INVIGIL_ASSEMBLE").expect("set INVIGIL_ASSEMBLE, as `cargo xtask bench` does");
    let bytes = serde_json::to_vec(&request).unwrap();
    let start = Instant::now();
    let mut child = Command::new(program).args(options).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    // It reads to the end before it writes.
    child.stdin.take().unwrap().write_all(&bytes).unwrap();
    let output = child.wait_with_output().unwrap();
    let seconds = start.elapsed().as_secs_f64();
    assert!(output.status.success(), "{}", output.status);
    (seconds, Answer::parse(&output.stdout).unwrap().forms(request))
}

fn quality(set: &FormSet) -> String {
    let report = Report::of(set);
    let spread = report.score.unwrap().spread as f64 / 1_000.0;
    let percent = |millionths: u64| millionths as f64 / 10_000.0;
    let targets = report.targets.unwrap();
    let (worst, gap) = (percent(targets.worst), percent(targets.gap));
    format!(
        "a process of its own, every form verified; off target by {worst} % at most, gap {gap} %, expected scores spread over \
         {spread} points, two forms share up to {} of 16 items",
        report.overlap.most
    )
}
