//! `…/credentials/issue`: signs what it is given, in its own name.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, Uri},
    response::Response,
};
use serde_json::Value;
use signing::{
    ld::LdError,
    model,
    proof::{self, ASSERTION, ProofError, Suite},
};

use super::{
    VcApi,
    answer::{Problem, Refusal, issued},
    request::{Asked, Options, host},
};
use crate::random;

/// By the suite that the options name, or canonical N-Quads; what these cannot say (a base direction), by canonical JSON.
pub(super) async fn by_option(State(api): State<Arc<VcApi>>, asked: Asked) -> Result<Response, Refusal> {
    let (document, options) = api.prepared(asked)?;
    let named = options.suite()?;
    let signed = match api.sign(document.clone(), named.unwrap_or(Suite::Rdfc), &options, Link::default()) {
        Err(ProofError::Document(LdError::Direction { .. })) if named.is_none() => {
            api.sign(document, Suite::Jcs, &options, Link::default())
        }
        other => other,
    };
    finish(signed)
}

pub(super) async fn rdfc(State(api): State<Arc<VcApi>>, asked: Asked) -> Result<Response, Refusal> {
    let (document, options) = api.prepared(asked)?;
    finish(api.sign(document, Suite::Rdfc, &options, Link::default()))
}

pub(super) async fn jcs(State(api): State<Arc<VcApi>>, asked: Asked) -> Result<Response, Refusal> {
    let (document, options) = api.prepared(asked)?;
    finish(api.sign(document, Suite::Jcs, &options, Link::default()))
}

/// By both suites, side by side.
pub(super) async fn set(State(api): State<Arc<VcApi>>, asked: Asked) -> Result<Response, Refusal> {
    let (document, options) = api.prepared(asked)?;
    let signed = api.sign(document, Suite::Rdfc, &options, Link::default());
    finish(signed.and_then(|document| api.sign(document, Suite::Jcs, &options, Link::default())))
}

/// By both suites, the second over the first.
pub(super) async fn chain(State(api): State<Arc<VcApi>>, asked: Asked) -> Result<Response, Refusal> {
    let (document, options) = api.prepared(asked)?;
    let id = format!("urn:uuid:{}", uuid::Uuid::now_v7());
    let signed = api.sign(document, Suite::Rdfc, &options, Link { id: Some(id.clone()), previous: Vec::new() });
    let second = Link { id: None, previous: vec![id] };
    finish(signed.and_then(|document| api.sign(document, Suite::Jcs, &options, second)))
}

/// With an entry in a status list.
pub(super) async fn status(
    State(api): State<Arc<VcApi>>,
    uri: Uri,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response, Refusal> {
    let (mut document, options) = api.prepared(asked)?;
    if document.get("credentialStatus").is_some() {
        return Err(Problem::malformed("it has a credentialStatus already").at("/credentialStatus").into());
    }
    let host = host(&uri, &headers).ok_or_else(|| Problem::parsing("the request does not say which host it is for"))?;
    let base = format!("{}://{host}/vc-api/status", if api.https { "https" } else { "http" });
    let purpose = options.status_purpose()?;
    let id = document.get("id").and_then(Value::as_str).map(str::to_owned);
    let draw = || random::bytes().map(u64::from_be_bytes).ok();
    let entry = api.lists().reserve(&base, &purpose, id, draw);
    let entry =
        entry.ok_or_else(|| Problem::generation("there is no room in the status lists; start the server anew"))?;
    document["credentialStatus"] = entry.to_json();
    finish(api.sign(document, Suite::Rdfc, &options, Link::default()))
}

/// A proof's place in a chain.
#[derive(Default)]
struct Link {
    id: Option<String>,
    previous: Vec<String>,
}

impl VcApi {
    /// The credential with this issuer's name, if it keeps the rules.
    fn prepared(&self, asked: Asked) -> Result<(Value, Options), Refusal> {
        let (mut document, options) = asked.document("credential")?;
        if document.get("proof").is_some_and(Value::is_null) {
            return Err(Problem::parsing("the proof is null").at("/proof").into());
        }
        let given = model::credential(&with_issuer(&document, &self.did));
        if !given.is_empty() {
            return Err(Refusal(given.into_iter().map(Problem::from).collect()));
        }
        // Whoever was named: this key signs for nobody else.
        match document.get_mut("issuer") {
            Some(Value::Object(issuer)) => {
                issuer.insert("id".into(), self.did.clone().into());
            }
            _ => document["issuer"] = self.did.clone().into(),
        }
        Ok((document, options))
    }

    fn sign(&self, document: Value, suite: Suite, options: &Options, link: Link) -> Result<Value, ProofError> {
        let wrong = |problem: Problem| ProofError::Malformed(problem.detail());
        let proof = proof::Options {
            id: link.id,
            method: self.method.clone(),
            created: Some(options.time("created").map_err(wrong)?.unwrap_or_else(|| self.clock.now())),
            expires: None,
            purpose: ASSERTION.into(),
            domain: options.text("domain").map_err(wrong)?.map(str::to_owned),
            challenge: options.text("challenge").map_err(wrong)?.map(str::to_owned),
            previous: link.previous,
        };
        proof::add(document, suite, &proof, &self.key)
    }
}

/// A credential without an issuer is given one; any other is judged as it is.
fn with_issuer(document: &Value, did: &str) -> Value {
    let mut document = document.clone();
    if let Some(object) = document.as_object_mut() {
        object.entry("issuer").or_insert_with(|| did.into());
    }
    document
}

fn finish(signed: Result<Value, ProofError>) -> Result<Response, Refusal> {
    signed.map(|document| issued(&document)).map_err(|error| match error {
        ProofError::Malformed(what) => Problem::generation(what).into(),
        other => Problem::from(&other).into(),
    })
}
