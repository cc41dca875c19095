//! `invigil-assemble`: reads one request on standard input, writes answers on standard output, each better than the one
//! before, and how far it is on standard error.

use std::{
    io::{self, Read as _, Write as _},
    process::ExitCode,
};

use assembly::{
    Made,
    solver::{Answer, MAX_BYTES, Outcome, PROGRESS},
};
use assembly_solver::{Event, Options, answer};

const USAGE: &str = "\
Usage: invigil-assemble [--alone] < REQUEST > ANSWER

Makes parallel forms for «invigil form assemble», which starts it (docs/ASSEMBLY.md, «The solver»).
  --alone  form after form, as the solver makes them by itself: for comparison
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let options = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => Options::default(),
        ["--alone"] => Options::ALONE,
        _ => return end(io::stderr().write_all(USAGE.as_bytes()), ExitCode::from(2)),
    };
    end(run(options), ExitCode::SUCCESS)
}

fn run(options: Options) -> io::Result<()> {
    let mut request = Vec::new();
    // One byte more than is read shows that there is more.
    io::stdin().lock().take(MAX_BYTES as u64 + 1).read_to_end(&mut request)?;
    let mut written = 0;
    let answer = answer(&request, options, &mut |event| match event {
        // Whoever does not listen gets the answer all the same.
        Event::Progress(words) => drop(writeln!(io::stderr(), "{PROGRESS}{words}")),
        Event::Better(set) => {
            // Room is left for the last answer, which is not much longer.
            let better = serde_json::to_vec(&Answer::new(Outcome::Forms(Made::of(set)))).unwrap_or_default();
            if written + 3 * better.len() < MAX_BYTES && write(&better).is_ok() {
                written += better.len() + 1;
            }
        }
    });
    write(&serde_json::to_vec(&answer)?)
}

/// Writes an answer as a line. Of several, the last counts: the others are for whoever cannot wait for it.
fn write(answer: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(answer)?;
    out.write_all(b"\n")?;
    out.flush()
}

fn end(outcome: io::Result<()>, code: ExitCode) -> ExitCode {
    match outcome {
        Ok(()) => code,
        Err(error) => {
            // Where standard error is gone too, the exit code is all there is.
            let _ = writeln!(io::stderr(), "invigil-assemble: {error}");
            ExitCode::FAILURE
        }
    }
}
