//! A request's answer.

use assembly::{
    FormSet, Made,
    solver::{Answer, DocumentFault, Outcome, OverlapLimit, Request},
};

use crate::{AssemblyError, Event, Options, assemble_apart_telling, assemble_telling};

/// Takes a request up, whatever its bytes are. `tell` hears how far it is, and of every set of forms on the way that would
/// be an answer too, if there were not a better one to come.
pub fn answer(request: &[u8], options: Options, tell: &mut dyn FnMut(Event<'_>)) -> Answer {
    let made = |request: Request| -> Result<Result<FormSet, AssemblyError>, DocumentFault> {
        let seed = request.seed()?;
        Ok(match request.overlap {
            OverlapLimit::Fixed => assemble_telling(&request.problem, seed, options, tell),
            OverlapLimit::Search => assemble_apart_telling(&request.problem, seed, options, tell),
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
