//! The standard response processing templates.

use super::{ScoreFault, evaluate::matches, map, session::Session};
use crate::model::{Scalar, Template, Value};

pub(super) fn run(session: &mut Session<'_>, template: Template) -> Result<(), ScoreFault> {
    let response = session.variable("RESPONSE");
    match template {
        Template::MatchCorrect => {
            let correct = is_correct(session, &response)?;
            session.set_outcome("SCORE", number(f64::from(u8::from(correct))))
        }
        Template::MapResponse | Template::MapResponsePoint | Template::CartridgeMapResponse => {
            let score = if response.is_null() {
                number(0.0)
            } else if template == Template::MapResponsePoint {
                map::response_point(session, "RESPONSE")?
            } else {
                map::response(session, "RESPONSE")?
            };
            let full = matches(session, &score, &session.variable("MAXSCORE"))? == Some(true);
            session.set_outcome("SCORE", score)?;
            if template == Template::CartridgeMapResponse { feedback(session, full) } else { Ok(()) }
        }
        Template::MatchNothing => {
            let nothing = session.responses_are_null();
            let full = session.variable("MAXSCORE");
            let full = if full.is_null() { number(1.0) } else { full };
            session.set_outcome("SCORE", if nothing { full } else { number(0.0) })
        }
        Template::CartridgeMatch => {
            let correct = is_correct(session, &response)?;
            if correct {
                let full = session.variable("MAXSCORE");
                session.set_outcome("SCORE", full)?;
            }
            feedback(session, correct)
        }
    }
}

fn is_correct(session: &mut Session<'_>, response: &Value) -> Result<bool, ScoreFault> {
    let correct = session.correct("RESPONSE");
    Ok(matches(session, response, &correct)? == Some(true))
}

fn feedback(session: &mut Session<'_>, correct: bool) -> Result<(), ScoreFault> {
    let word = if correct { "correct" } else { "incorrect" };
    session.set_outcome("FEEDBACKBASIC", Value::Single(Scalar::Identifier(word.to_owned())))
}

fn number(number: f64) -> Value {
    Value::Single(Scalar::Float(number))
}

impl Session<'_> {
    fn responses_are_null(&self) -> bool {
        self.item.responses.iter().all(|declared| self.variable(&declared.identifier).is_null())
    }
}
