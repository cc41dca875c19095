//! A request's answer.

use assembly::{
    FormSet, Made,
    solver::{Answer, DocumentFault, Outcome, OverlapLimit, Request},
};

use crate::{AssemblyError, Options, assemble, assemble_apart};

/// Takes a request up, whatever its bytes are.
pub fn answer(request: &[u8], options: Options) -> Answer {
    let made = |request: Request| -> Result<Result<FormSet, AssemblyError>, DocumentFault> {
        let seed = request.seed()?;
        Ok(match request.overlap {
            OverlapLimit::Fixed => assemble(&request.problem, seed, options),
            OverlapLimit::Search => assemble_apart(&request.problem, seed, options),
        })
    };
    Answer::new(match Request::parse(request).and_then(made) {
        Err(fault) => Outcome::Refused(fault.to_string()),
        Ok(Ok(set)) => Outcome::Forms(Made::of(&set)),
        Ok(Err(AssemblyError::Conflict(conflict))) => Outcome::Conflict(conflict),
        Ok(Err(AssemblyError::NotFound(found))) => Outcome::NotFound(found),
        Ok(Err(AssemblyError::Stuck)) => Outcome::Stuck,
        Ok(Err(unfit @ (AssemblyError::Problem(_) | AssemblyError::Unsound(_)))) => Outcome::Refused(unfit.to_string()),
    })
}
