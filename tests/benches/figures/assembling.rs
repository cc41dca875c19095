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

/// A problem of so many forms and items, and the seconds that are aimed at.
const PROBLEMS: [(u32, usize, f64); 2] = [(10, 400, 5.0), (50, 5_000, 300.0)];
/// The gap that is aimed at, in millionths of a target, and the spread of the expected scores, in thousandths of a point.
const MAX_GAP: u64 = 10_000;
const MAX_SPREAD: u64 = 500;

pub(crate) fn measure(row: fn(&str, &str, &str)) {
    for (forms, items, aim) in PROBLEMS {
        let request = Request::new(sample::problem(items, forms, 1), [1; 32]);
        let name = format!("{forms} parallel forms of 80 from {items} items");
        let (seconds, set) = solved(request.clone(), &[]);
        let set = set.unwrap();
        let reached = if reached(seconds <= aim, &set) { "met" } else { "MISSED" };
        let aims = format!("aims of {aim} s, a gap of 1 % and a spread of half a point {reached}");
        row(&name, &format!("{seconds:.1} s"), &format!("{}; {aims}", quality(&set)));

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
    let mut command = Command::new(program);
    // How far it is, is of no interest here.
    command.args(options).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    // It reads to the end before it writes.
    child.stdin.take().unwrap().write_all(&bytes).unwrap();
    let output = child.wait_with_output().unwrap();
    let seconds = start.elapsed().as_secs_f64();
    assert!(output.status.success(), "{}", output.status);
    (seconds, Answer::parse(&output.stdout).unwrap().forms(request))
}

/// Whether all that is aimed at was met.
fn reached(in_time: bool, set: &FormSet) -> bool {
    let report = Report::of(set);
    in_time && report.targets.unwrap().gap <= MAX_GAP && report.score.unwrap().spread <= MAX_SPREAD
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
