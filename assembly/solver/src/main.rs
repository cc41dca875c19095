//! `invigil-assemble`: reads one request on standard input, writes one answer on standard output.

use std::{
    io::{self, Read as _, Write as _},
    process::ExitCode,
};

use assembly::solver::MAX_BYTES;
use assembly_solver::{Options, answer};

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
    let answer = serde_json::to_vec(&answer(&request, options))?;
    let mut out = io::stdout().lock();
    out.write_all(&answer)?;
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
