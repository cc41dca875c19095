//! `invigil-assemble`, the program with the solver: found, started, and handed a request. It is as foreign as a file from
//! anywhere: what it writes is bounded, read as a document, and counted again by whoever asked; and it is stopped when its
//! time is over.

mod running;

use std::{
    env,
    path::{Path, PathBuf},
    time::Duration,
};

use assembly::solver::{Answer, MAX_BYTES, Request};

use super::Fault;
use running::{End, Running};

/// The program's name, and the variable that says where it is.
const PROGRAM: &str = "invigil-assemble";
const VARIABLE: &str = "INVIGIL_ASSEMBLE";
/// How much of a stranger's words is passed on, in characters.
const MAX_WORDS: usize = 2_000;

/// How long a solver may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Minutes(f64);

impl Minutes {
    /// Reads a number of minutes, with a fraction or without.
    ///
    /// # Errors
    /// What is none, in words for `--minutes`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        match text.parse::<f64>() {
            // A year is as good as for ever.
            Ok(minutes) if minutes > 0.0 && minutes <= 525_600.0 => Ok(Self(minutes)),
            _ => Err("give a number of minutes above 0, such as 30 or 0.5".into()),
        }
    }

    fn duration(self) -> Duration {
        Duration::from_secs_f64(self.0 * 60.0)
    }
}

impl std::fmt::Display for Minutes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0 == 1.0 { f.write_str("1 minute") } else { write!(f, "{} minutes", self.0) }
    }
}

/// What a solver answered.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) answer: Answer,
    /// It was stopped on the way: these are the best forms that it had until then.
    pub(super) stopped: bool,
}

/// Where the program is: as it was said, else as the environment says, else beside this one, else on PATH.
///
/// # Errors
/// How to build it.
pub(super) fn find(said: Option<&Path>) -> Result<PathBuf, Fault> {
    let name = format!("{PROGRAM}{}", env::consts::EXE_SUFFIX);
    if let Some(path) = said.map(Path::to_owned).or_else(|| env::var_os(VARIABLE).map(PathBuf::from)) {
        // A name without a folder would otherwise be looked up on PATH when it is started.
        let file = std::path::absolute(&path).unwrap_or_else(|_| path.clone());
        if file.is_file() {
            return Ok(file);
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

/// Hands a request to the program and reads its answer; `show` gets what it says of its progress.
///
/// # Errors
/// A program that cannot be started, ends as it should not, has no answer in time, or does not write one.
pub(super) fn ask(
    program: &Path,
    request: &Request,
    minutes: Minutes,
    show: &mut dyn FnMut(&str),
) -> Result<Answered, Fault> {
    let fault = |what: String| Fault::new(one_line(&format!("the solver {} {what}", program.display())));
    let bytes = serde_json::to_vec(request)?;
    if bytes.len() > MAX_BYTES {
        return Err(Fault::new(format!("the request has {} bytes, and the solver reads {MAX_BYTES}", bytes.len())));
    }
    let running = Running::start(program, bytes).map_err(|error| fault(format!("cannot be started: {error}")))?;
    let told = running.finish(minutes.duration(), show).map_err(|error| fault(format!("is lost: {error}")))?;
    let complaint = if told.complaint.is_empty() { String::new() } else { format!(": {}", told.complaint) };
    if let Some(error) = told.unreadable {
        return Err(fault(format!("cannot be read: {error}")));
    }
    let status = match told.end {
        End::TooMuch => return Err(fault(format!("wrote more than {MAX_BYTES} bytes"))),
        End::Late => {
            let Some(answer) = Answer::last_whole(&told.answer) else {
                return Err(fault(format!(
                    "had no answer after {minutes} and was stopped; loosen a rule, or give it longer with \
                     --minutes{complaint}"
                )));
            };
            return Ok(Answered { answer, stopped: true });
        }
        End::Lingering => {
            return Err(fault(format!("closed its answer and did not end, and was stopped{complaint}")));
        }
        End::Ended(status) => status,
    };
    if !status.success() {
        return Err(fault(format!("failed ({status}){complaint}")));
    }
    let answer = Answer::parse(&told.answer).map_err(|error| fault(format!("wrote no answer: {error}{complaint}")))?;
    Ok(Answered { answer, stopped: false })
}

/// A stranger's words in one line of bounded length.
pub(super) fn one_line(text: &str) -> String {
    text.chars().take(MAX_WORDS).map(|c| if c.is_control() { ' ' } else { c }).collect()
}
