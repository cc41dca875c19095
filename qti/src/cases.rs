//! Cases: responses to an item, and the outcomes that it gives to them.
//!
//! A file of cases is `{"seed": 1, "cases": [{"name": "…", "responses": {"RESPONSE": …}}]}`; what else it says (the
//! outcomes that are expected, mostly) is for whoever compares.

mod json;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

pub use json::{outcome, response};

use crate::{
    model::{Item, Scalar, Value},
    score::{Scoring, body_text, feedback_shown, score},
};

/// The most bytes of a file of cases.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The most cases of a file.
pub const MAX_CASES: usize = 100_000;

/// A file of cases.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Cases {
    /// Its name.
    #[serde(default)]
    pub id: Option<String>,
    /// What is drawn with, where a case has no seed of its own; 0 if none has.
    #[serde(default)]
    pub seed: Option<u32>,
    /// Responses that each case has unless it says otherwise.
    #[serde(default)]
    pub responses: Map<String, Json>,
    /// The cases.
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Case {
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// What is drawn with.
    #[serde(default)]
    pub seed: Option<u32>,
    /// The responses; any shape that [`response`] reads.
    #[serde(default)]
    pub responses: Map<String, Json>,
}

/// Why a file holds no cases.
#[derive(Debug, thiserror::Error)]
pub enum CasesError {
    /// More than [`MAX_BYTES`].
    #[error("the cases have {0} bytes, more than the {MAX_BYTES} that are read")]
    TooLarge(usize),
    /// More than [`MAX_CASES`].
    #[error("there are {0} cases, more than the {MAX_CASES} that are answered")]
    TooMany(usize),
    /// Not JSON of that form.
    #[error(
        "no cases: {0}; they look like {{\"cases\": [{{\"name\": \"…\", \"responses\": {{\"RESPONSE\": \"A\"}}}}]}}"
    )]
    Json(#[from] serde_json::Error),
}

/// The answer to a case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The case's name.
    pub name: String,
    /// The outcomes as JSON; see [`outcome`].
    pub outcomes: BTreeMap<String, Json>,
    /// SCORE as a number; 0 if there is none.
    pub score: Json,
    /// The modal feedback that is shown.
    #[serde(rename = "modalFeedbackIdentifiers")]
    pub modal_feedback: Vec<String>,
    /// What the item's body reads.
    #[serde(rename = "itemBody")]
    pub body: String,
    /// Why the outcomes are no score, if they are not.
    pub fault: Option<String>,
}

/// Reads a file of cases.
///
/// # Errors
/// [`CasesError`].
pub fn read(bytes: &[u8]) -> Result<Cases, CasesError> {
    if bytes.len() > MAX_BYTES {
        return Err(CasesError::TooLarge(bytes.len()));
    }
    let cases: Cases = serde_json::from_slice(bytes)?;
    if cases.cases.len() > MAX_CASES { Err(CasesError::TooMany(cases.cases.len())) } else { Ok(cases) }
}

/// Answers every case of a file, each as if it were the only one.
pub fn answer(item: &Item, cases: &Cases) -> Vec<Answer> {
    cases.cases.iter().map(|case| answer_one(item, cases, case)).collect()
}

fn answer_one(item: &Item, cases: &Cases, case: &Case) -> Answer {
    let given = |name: &str| case.responses.get(name).or_else(|| cases.responses.get(name));
    let mut responses: BTreeMap<String, Value> = BTreeMap::new();
    for declared in &item.responses {
        if let Some(json) = given(&declared.identifier) {
            let value = response(json, declared.cardinality, declared.base_type);
            responses.insert(declared.identifier.clone(), value);
        }
    }
    for (name, base_type) in
        [("numAttempts", crate::model::BaseType::Integer), ("duration", crate::model::BaseType::Duration)]
    {
        if let Some(json) = given(name) {
            responses.entry(name.to_owned()).or_insert(response(
                json,
                crate::model::Cardinality::Single,
                Some(base_type),
            ));
        }
    }
    let scoring = score(item, &responses, case.seed.or(cases.seed).unwrap_or(0));
    Answer {
        name: case.name.clone(),
        outcomes: scoring.outcomes.iter().map(|(name, value)| (name.clone(), outcome(value))).collect(),
        score: score_of(&scoring),
        modal_feedback: feedback_shown(item, &scoring),
        body: body_text(item, &scoring),
        fault: scoring.fault.as_ref().map(ToString::to_string),
    }
}

fn score_of(scoring: &Scoring) -> Json {
    match scoring.outcomes.get("SCORE") {
        Some(value @ Value::Single(Scalar::Integer(_) | Scalar::Float(_))) => outcome(value),
        _ => Json::from(0),
    }
}
