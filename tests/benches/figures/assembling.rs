//! How fast parallel forms are made, beside HiGHS making one form after another on its own.

use std::time::Instant;

use assembly::{FormSet, Options, assemble, report::Report, sample};

/// A problem of so many forms and items, and the time that is aimed at.
const PROBLEMS: [(u32, usize, &str); 2] = [(10, 400, "aim 5 s"), (50, 5_000, "aim 5 min")];

pub(crate) fn measure(row: fn(&str, &str, &str)) {
    for (forms, items, aim) in PROBLEMS {
        let problem = sample::problem(items, forms, 1);
        let name = format!("{forms} parallel forms of 80 from {items} items");
        let start = Instant::now();
        let set = assemble(&problem, [1; 32], Options::default()).unwrap();
        let seconds = start.elapsed().as_secs_f64();
        row(&name, &format!("{seconds:.1} s"), &format!("{}; {aim}", quality(&set)));

        let start = Instant::now();
        let outcome = assemble(&problem, [1; 32], Options::ALONE);
        let seconds = start.elapsed().as_secs_f64();
        let note = match outcome {
            Ok(set) => quality(&set),
            Err(error) => error.to_string(),
        };
        row(&format!("{name}, HiGHS form by form"), &format!("{seconds:.1} s"), &note);
    }
}

fn quality(set: &FormSet) -> String {
    set.check().unwrap();
    let report = Report::of(set);
    let spread = report.score.unwrap().spread as f64 / 1_000.0;
    let percent = |millionths: u64| millionths as f64 / 10_000.0;
    let targets = report.targets.unwrap();
    let (worst, gap) = (percent(targets.worst), percent(targets.gap));
    format!(
        "every form verified; off target by {worst} % at most, gap {gap} %, expected scores spread over {spread} points, two \
         forms share up to {} of 16 items",
        report.overlap.most
    )
}
