//! `…/credentials/verify`: whether a credential keeps the rules, its proofs hold, and it is still good.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use serde_json::Value;
use signing::{
    json::one_or_several,
    model::{self, date_time_stamp},
    proof::ASSERTION,
    status::{Bitstring, Entry},
};

use super::{
    VcApi,
    answer::{Problem, Refusal, verified},
    proofs::{self, Expected},
    request::{Asked, shown},
};

const CHECKS: [&str; 4] = ["model", "proof", "validity", "status"];

pub(super) async fn credential(State(api): State<Arc<VcApi>>, asked: Asked) -> Result<Response, Refusal> {
    let (document, options) = asked.document("verifiableCredential")?;
    let faults = model::credential(&document);
    if !faults.is_empty() {
        return Err(Refusal(faults.into_iter().map(Problem::from).collect()));
    }
    let expected = Expected::from_options(&options, ASSERTION)?;
    let status = options.checks(&["status", "credentialStatus"])?;
    let warnings = api.judge(&document, &expected, status).map_err(Refusal)?;
    Ok(verified(&CHECKS[..if status { 4 } else { 3 }], &warnings))
}

/// The name of somebody who is named by it or described by an object.
pub(super) fn name<'d>(document: &'d Value, member: &str) -> Option<&'d str> {
    let value = document.get(member)?;
    value.as_str().or_else(|| value.get("id")?.as_str())
}

impl VcApi {
    /// Judges a credential that keeps the rules; gives what was not looked at.
    pub(super) fn judge(
        &self,
        document: &Value,
        expected: &Expected,
        status: bool,
    ) -> Result<Vec<String>, Vec<Problem>> {
        let mut signed = proofs::judge(document, expected, self.clock.now())?;
        let issuer = name(document, "issuer").unwrap_or_default();
        signed.must_be_by(issuer, "issuer").map_err(|problem| vec![problem.at("/issuer")])?;
        let mut problems = self.standing(document);
        if status {
            problems.extend(self.status(document, &mut signed.warnings));
        }
        if problems.is_empty() { Ok(signed.warnings) } else { Err(problems) }
    }

    /// What is wrong with a credential beside its proofs: its time, and a status list's own list.
    pub(super) fn standing(&self, document: &Value) -> Vec<Problem> {
        let now = self.clock.now();
        let time = |name: &str| document.get(name).and_then(Value::as_str).and_then(date_time_stamp);
        let mut problems = Vec::new();
        if time("validFrom").is_some_and(|from| now < from) {
            problems.push(Problem::range("it is not valid yet").at("/validFrom"));
        }
        if time("validUntil").is_some_and(|until| until < now) {
            problems.push(Problem::range("it is no longer valid").at("/validUntil"));
        }
        let types = document.get("type").map(one_or_several).unwrap_or_default();
        if types.iter().any(|kind| kind == "BitstringStatusListCredential") {
            let list = document.pointer("/credentialSubject/encodedList").and_then(Value::as_str);
            if let Err(error) = Bitstring::decode(list.unwrap_or_default()) {
                problems.push(Problem::from(error).at("/credentialSubject/encodedList"));
            }
        }
        problems
    }

    fn status(&self, document: &Value, warnings: &mut Vec<String>) -> Vec<Problem> {
        let Some(value) = document.get("credentialStatus") else { return Vec::new() };
        let lists = self.lists();
        let problem = |value: &Value| match Entry::read(value) {
            Err(error) => Some(error.into()),
            Ok(None) => {
                let kind = value.get("type").and_then(Value::as_str).unwrap_or_default();
                warnings.push(format!("the status of the type {:?} is not known here", shown(kind)));
                None
            }
            Ok(Some(entry)) => match lists.is_set(&entry) {
                None => {
                    Some(Problem::no_status(format!("the list {:?} is not one of those kept here", shown(&entry.list))))
                }
                Some(Err(error)) => Some(error.into()),
                Some(Ok(true)) => Some(Problem::revoked(format!("its {} is set", shown(&entry.purpose)))),
                Some(Ok(false)) => None,
            },
        };
        let found: Vec<Problem> = one_or_several(value).iter().filter_map(problem).collect();
        found.into_iter().map(|problem| problem.at("/credentialStatus")).collect()
    }
}
