//! `…/presentations/verify`: whether a presentation and all the credentials in it hold.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use serde_json::Value;
use signing::{
    model,
    proof::{ASSERTION, AUTHENTICATION},
};

use super::{
    VcApi,
    answer::{Problem, Refusal, verified},
    proofs::{self, Expected},
    request::Asked,
    verify::name,
};

pub(super) async fn verify(State(api): State<Arc<VcApi>>, asked: Asked) -> Result<Response, Refusal> {
    let (document, options) = asked.document("verifiablePresentation")?;
    let faults = model::presentation(&document);
    if !faults.is_empty() {
        return Err(Refusal(faults.into_iter().map(Problem::from).collect()));
    }
    let expected = Expected::from_options(&options, AUTHENTICATION)?;
    let status = options.checks(&["status", "credentialStatus"])?;
    let mut signed = proofs::judge(&document, &expected, api.clock.now()).map_err(Refusal)?;
    let holder = name(&document, "holder");
    if let Some(holder) = holder {
        signed.must_be_by(holder, "holder").map_err(|problem| problem.at("/holder"))?;
    }
    let mut problems = Vec::new();
    for (pointer, credential) in credentials(&document) {
        match api.presented(credential, holder, status) {
            Ok(warnings) => signed.warnings.extend(warnings.into_iter().map(|warning| format!("{pointer}: {warning}"))),
            Err(found) => problems.extend(found.into_iter().map(|problem| problem.at(&pointer))),
        }
    }
    if problems.is_empty() {
        Ok(verified(&["model", "proof", "holder", "credentials"], &signed.warnings))
    } else {
        Err(Refusal(problems))
    }
}

fn credentials(document: &Value) -> Vec<(String, &Value)> {
    let name = "/verifiableCredential";
    match document.get("verifiableCredential") {
        None => Vec::new(),
        Some(Value::Array(listed)) => {
            listed.iter().enumerate().map(|(at, value)| (format!("{name}/{at}"), value)).collect()
        }
        Some(one) => vec![(name.to_owned(), one)],
    }
}

impl VcApi {
    /// One credential of a presentation. Without a proof of its own it is the holder's word (VC Data Model 2.0, section 4.13.3):
    /// the presentation's proof covers it, and the issuer must be the holder.
    fn presented(&self, credential: &Value, holder: Option<&str>, status: bool) -> Result<Vec<String>, Vec<Problem>> {
        let types = credential.get("type");
        let enveloped = |kind: &Value| kind == "EnvelopedVerifiableCredential";
        if types.is_some_and(|types| enveloped(types) || types.as_array().is_some_and(|all| all.iter().any(enveloped)))
        {
            return Err(vec![Problem::verification("a credential in an envelope is not understood here")]);
        }
        if credential.get("proof").is_some() {
            return self.judge(credential, &Expected::purpose(ASSERTION), status);
        }
        let issuer = name(credential, "issuer");
        match holder {
            None => Err(vec![Problem::verification(
                "it has no proof, and the presentation names no holder whose word it is",
            )]),
            Some(holder) if issuer != Some(holder) => {
                Err(vec![Problem::verification("it has no proof, and its issuer is not the holder").at("/issuer")])
            }
            Some(_) => Some(self.standing(credential)).filter(|found| !found.is_empty()).map_or(Ok(Vec::new()), Err),
        }
    }
}
