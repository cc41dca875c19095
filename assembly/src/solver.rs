//! What a solver is handed, and what it answers: one JSON document each (docs/ASSEMBLY.md, «The solver»).

use serde::{Deserialize, Serialize};

use crate::{
    check::ProblemFault,
    conflict::{Conflict, NotFound},
    forms::{FormSet, FormSetFault},
    made::Made,
    problem::Problem,
};

/// The most bytes of a request or of an answer.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;
/// How a line on a solver's standard error begins that is for whoever waits. Others are complaints.
pub const PROGRESS: &str = "progress: ";
/// The longest reason of a refusal that is passed on, in characters.
const MAX_REASON: usize = 300;

/// What is to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Always `invigil-assembly-request`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// 64 hexadecimal digits; the same seed gives the same forms.
    pub seed: String,
    /// Whose the limit on what two forms share is.
    pub overlap: OverlapLimit,
    /// The problem.
    pub problem: Problem,
}

/// Whose the limit on what two forms share is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverlapLimit {
    /// The blueprint's, which may be none.
    Fixed,
    /// The least with which forms are found; the blueprint has none.
    Search,
}

/// What a solver says to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Always `invigil-assembly-answer`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Forms.
    Forms(Made),
    /// Rules that exclude one another.
    Conflict(Conflict),
    /// Neither forms nor a proof that there are none.
    NotFound(NotFound),
    /// The solver gave up.
    Stuck,
    /// The request was not taken up, for this reason.
    Refused(String),
}

/// Why a document is not a request or not an answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentFault {
    /// Longer than is read.
    #[error("it is more than {MAX_BYTES} bytes long")]
    Length,
    /// No such document.
    #[error("{0}")]
    Json(String),
    /// Another format or version.
    #[error("it is {format:?} version {version}, not {expected:?} version 1")]
    Format {
        /// Its format.
        format: String,
        /// Its version.
        version: u32,
        /// The one that is read.
        expected: &'static str,
    },
    /// A seed that is none.
    #[error("the seed is not 64 hexadecimal digits")]
    Seed,
    /// A limit where one is to be found.
    #[error("the limit on what two forms share is to be found, and the blueprint states one")]
    Limit,
    /// The problem is not sound.
    #[error("the problem has {} faults, first: {}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
    Problem(Vec<ProblemFault>),
}

/// Why a request has no forms to show.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoForms {
    /// Its rules exclude one another.
    #[error("{0}")]
    Conflict(Conflict),
    /// None were found.
    #[error("{0}")]
    NotFound(NotFound),
    /// The solver gave up.
    #[error("the solver neither made a form nor proved that there is none; loosen a rule, or try another seed")]
    Stuck,
    /// The solver did not take it up.
    #[error("the solver refuses the request: {0:?}")]
    Refused(String),
    /// What it gave is not what was asked for.
    #[error("what the solver made is refused: {0}")]
    Unsound(FormSetFault),
    /// What it said is about something else.
    #[error("the solver answers something else than it was asked: {0}")]
    Beside(&'static str),
}

impl Request {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-assembly-request";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;

    /// A request for the forms of a problem. Where its blueprint has no limit on what two forms share, the least is
    /// searched for.
    pub fn new(problem: Problem, seed: [u8; 32]) -> Self {
        let overlap = if problem.blueprint.overlap.is_some() { OverlapLimit::Fixed } else { OverlapLimit::Search };
        Self { format: Self::FORMAT.into(), version: Self::VERSION, seed: hex::encode(seed), overlap, problem }
    }

    /// Reads a request and checks it: its format, and that its problem is sound.
    ///
    /// # Errors
    /// [`DocumentFault`].
    pub fn parse(bytes: &[u8]) -> Result<Self, DocumentFault> {
        let request: Self = read(bytes)?;
        format(&request.format, request.version, Self::FORMAT)?;
        request.seed()?;
        if request.overlap == OverlapLimit::Search && request.problem.blueprint.overlap.is_some() {
            return Err(DocumentFault::Limit);
        }
        let faults = request.problem.faults();
        if faults.is_empty() { Ok(request) } else { Err(DocumentFault::Problem(faults)) }
    }

    /// The seed's bytes.
    ///
    /// # Errors
    /// [`DocumentFault::Seed`].
    pub fn seed(&self) -> Result<[u8; 32], DocumentFault> {
        let mut seed = [0; 32];
        hex::decode_to_slice(&self.seed, &mut seed).map_err(|_| DocumentFault::Seed)?;
        Ok(seed)
    }
}

impl Answer {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-assembly-answer";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;

    /// An answer.
    pub fn new(outcome: Outcome) -> Self {
        Self { format: Self::FORMAT.into(), version: Self::VERSION, outcome }
    }

    /// Reads an answer: its format, and nothing of whether it holds ([`Self::forms`]). A solver may write several, each
    /// better than the one before; the last counts.
    ///
    /// # Errors
    /// [`DocumentFault`] of the first that is none.
    pub fn parse(bytes: &[u8]) -> Result<Self, DocumentFault> {
        let (last, fault) = Self::all(bytes);
        match (last, fault) {
            (_, Some(fault)) => Err(fault),
            (Some(answer), None) => Ok(answer),
            // Nothing at all, in the parser's words.
            (None, None) => read(bytes),
        }
    }

    /// The last whole answer of a solver that was stopped while it wrote, if there is one that has forms.
    pub fn last_whole(bytes: &[u8]) -> Option<Self> {
        let (last, _) = Self::all(bytes);
        last.filter(|answer| matches!(answer.outcome, Outcome::Forms(_)))
    }

    /// The last answer before the first fault, and the fault.
    fn all(bytes: &[u8]) -> (Option<Self>, Option<DocumentFault>) {
        if bytes.len() > MAX_BYTES {
            return (None, Some(DocumentFault::Length));
        }
        let mut last = None;
        for answer in serde_json::Deserializer::from_slice(bytes).into_iter::<Self>() {
            let checked = answer.map_err(|error| DocumentFault::json(&error)).and_then(|answer| {
                format(&answer.format, answer.version, Self::FORMAT)?;
                Ok(answer)
            });
            match checked {
                Ok(answer) => last = Some(answer),
                Err(fault) => return (last, Some(fault)),
            }
        }
        (last, None)
    }

    /// The forms for a request, each counted again; nothing of the answer is taken on trust but its bound, and that there
    /// are none where it says so.
    ///
    /// # Errors
    /// [`NoForms`].
    pub fn forms(self, request: Request) -> Result<FormSet, NoForms> {
        let Request { problem, overlap, seed, .. } = request;
        let asked = problem.blueprint.overlap;
        match self.outcome {
            Outcome::Forms(made) => {
                if overlap == OverlapLimit::Fixed && made.overlap != asked {
                    return Err(NoForms::Beside("the limit on what two forms share is another"));
                }
                let mut made = made;
                if overlap == OverlapLimit::Search {
                    let Some(found) = made.overlap.filter(|limit| *limit <= problem.blueprint.items) else {
                        return Err(NoForms::Beside("it found no limit on what two forms share"));
                    };
                    // Forms that share less keep a lower limit: theirs counts, and not what the solver calls it.
                    made.overlap = Some(made.most_shared().min(found));
                }
                made.checked(problem, seed).map_err(NoForms::Unsound)
            }
            Outcome::Conflict(conflict) => {
                let mut problem = problem;
                if overlap == OverlapLimit::Search {
                    problem.blueprint.overlap = conflict.overlap();
                }
                let is_of = conflict.is_of(&problem);
                Err(if is_of {
                    NoForms::Conflict(conflict)
                } else {
                    NoForms::Beside("the rules are not the problem's")
                })
            }
            Outcome::NotFound(found) if found.forms == problem.forms => Err(NoForms::NotFound(found)),
            Outcome::NotFound(_) => Err(NoForms::Beside("another number of forms")),
            Outcome::Stuck => Err(NoForms::Stuck),
            Outcome::Refused(reason) => Err(NoForms::Refused(reason.chars().take(MAX_REASON).collect())),
        }
    }
}

fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, DocumentFault> {
    if bytes.len() > MAX_BYTES {
        return Err(DocumentFault::Length);
    }
    serde_json::from_slice(bytes).map_err(|error| DocumentFault::json(&error))
}

impl DocumentFault {
    fn json(error: &serde_json::Error) -> Self {
        // It names members and values as they were written.
        let words = error.to_string().chars().take(MAX_REASON).collect::<String>();
        Self::Json(words.replace(char::is_control, " "))
    }
}

fn format(format: &str, version: u32, expected: &'static str) -> Result<(), DocumentFault> {
    if format == expected && version == 1 {
        return Ok(());
    }
    // What a stranger wrote there is not repeated at length.
    Err(DocumentFault::Format { format: format.chars().take(60).collect(), version, expected })
}
