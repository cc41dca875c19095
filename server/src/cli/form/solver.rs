//! `invigil-assemble`, the program with the solver: found, started, and handed a request. It is as foreign as a file from
//! anywhere: what it writes is bounded, read as a document, and counted again by whoever asked.

use std::{
    env,
    io::{self, Read, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
};

use assembly::solver::{Answer, MAX_BYTES, Request};

use super::Fault;

/// The program's name, and the variable that says where it is.
const PROGRAM: &str = "invigil-assemble";
const VARIABLE: &str = "INVIGIL_ASSEMBLE";
/// How much is read of what it complains about.
const MAX_COMPLAINT: u64 = 4_096;
/// How much of a stranger's words is passed on, in characters.
const MAX_WORDS: usize = 2_000;

/// Where the program is: as it was said, else as the environment says, else beside this one, else on PATH.
///
/// # Errors
/// How to build it.
pub(super) fn find(said: Option<&Path>) -> Result<PathBuf, Fault> {
    let name = format!("{PROGRAM}{}", env::consts::EXE_SUFFIX);
    if let Some(path) = said.map(Path::to_owned).or_else(|| env::var_os(VARIABLE).map(PathBuf::from)) {
        if path.is_file() {
            return Ok(path);
        }
        return Err(Fault::new(format!("there is no solver {}; build one with «cargo xtask solver»", path.display())));
    }
    let own = env::current_exe().ok().and_then(|own| Some(own.parent()?.join(&name)));
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path = env::split_paths(&path).map(|folder| folder.join(&name));
    own.into_iter().chain(on_path).find(|file| file.is_file()).ok_or_else(|| {
        Fault::new(format!(
            "there is no {PROGRAM}, which makes the forms, beside this program or on PATH; build it with «cargo xtask \
             solver», or say where it is with --solver or {VARIABLE}"
        ))
    })
}

/// Hands a request to the program and reads its answer.
///
/// # Errors
/// A program that cannot be started, ends as it should not, or does not write an answer.
pub(super) fn ask(program: &Path, request: &Request) -> Result<Answer, Fault> {
    let fault = |what: String| Fault::new(one_line(&format!("the solver {} {what}", program.display())));
    let bytes = serde_json::to_vec(request)?;
    if bytes.len() > MAX_BYTES {
        return Err(Fault::new(format!("the request has {} bytes, and the solver reads {MAX_BYTES}", bytes.len())));
    }
    let mut command = Command::new(program);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| fault(format!("cannot be started: {error}")))?;
    let (answer, complaint) = converse(&mut child, &bytes);
    let status = child.wait().map_err(|error| fault(format!("is lost: {error}")))?;
    let answer = answer.map_err(|error| fault(format!("cannot be read: {error}")))?;
    let complaint = if complaint.is_empty() { String::new() } else { format!(": {complaint}") };
    if answer.len() > MAX_BYTES {
        return Err(fault(format!("wrote more than {MAX_BYTES} bytes")));
    }
    if !status.success() {
        return Err(fault(format!("failed ({status}){complaint}")));
    }
    Answer::parse(&answer).map_err(|error| fault(format!("wrote no answer: {error}{complaint}")))
}

/// Hands a program the request; gives what it wrote, at most a byte more than is allowed, and what it complained about.
fn converse(child: &mut Child, request: &[u8]) -> (io::Result<Vec<u8>>, String) {
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    // At the same time, since either end may wait for the other.
    thread::scope(|scope| {
        scope.spawn(move || {
            // A program that does not read to the end says why by how it ends.
            let _ = stdin.map(|mut stdin| stdin.write_all(request));
        });
        let complaint = scope.spawn(move || {
            let Some(mut stderr) = stderr else { return String::new() };
            let complaint = read(&mut stderr, MAX_COMPLAINT).unwrap_or_default();
            // Whoever writes more is not to be stopped by that.
            let _ = io::copy(&mut stderr, &mut io::sink());
            String::from_utf8_lossy(&complaint).trim().to_owned()
        });
        let answer = stdout.map_or(Ok(Vec::new()), |stdout| read(stdout, MAX_BYTES as u64 + 1));
        if !answer.as_ref().is_ok_and(|answer| answer.len() <= MAX_BYTES) {
            // It may have ended by itself.
            let _ = child.kill();
        }
        (answer, complaint.join().unwrap_or_default())
    })
}

fn read(from: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A stranger's words in one line of bounded length.
pub(super) fn one_line(text: &str) -> String {
    text.chars().take(MAX_WORDS).map(|c| if c.is_control() { ' ' } else { c }).collect()
}
