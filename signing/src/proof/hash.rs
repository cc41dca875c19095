//! What a proof signs (vc-di-eddsa 1.0, sections 3.2.3–3.2.5 and 3.3.3–3.3.5; vc-data-integrity 1.0, section 4.3).

use serde_json::{Map, Value};

use super::{ProofError, Suite};
use crate::{
    digest::sha256,
    jcs,
    json::one_or_several,
    ld::{self, Limits},
};

/// The hash of a proof's options, then that of the document it signs. `options` are its members without `proofValue`.
pub(super) fn data(
    suite: Suite,
    document: &Map<String, Value>,
    options: &Map<String, Value>,
    previous: &[String],
) -> Result<[u8; 64], ProofError> {
    let previous = match previous {
        [] => None,
        names => Some(Value::Array(named(document, names)?)),
    };
    let [options, document] = match suite {
        Suite::Rdfc => linked(document, options, previous)?,
        Suite::Jcs => plain(document, options, previous.as_ref())?,
    };
    let mut joined = [0; 64];
    joined[..32].copy_from_slice(&options);
    joined[32..].copy_from_slice(&document);
    Ok(joined)
}

/// The proofs of a document that have these names.
fn named(document: &Map<String, Value>, names: &[String]) -> Result<Vec<Value>, ProofError> {
    let proofs = document.get("proof").map(one_or_several).unwrap_or_default();
    let find = |name: &String| {
        let mut of_name = proofs.iter().filter(|proof| proof.get("id").and_then(Value::as_str) == Some(name));
        match (of_name.next(), of_name.next()) {
            (Some(proof), None) => Ok(proof.clone()),
            (None, _) => Err(ProofError::Malformed("it follows a proof that is not there".into())),
            _ => Err(ProofError::Malformed("two proofs have the name of the one that it follows".into())),
        }
    };
    names.iter().map(find).collect()
}

fn linked(
    document: &Map<String, Value>,
    options: &Map<String, Value>,
    previous: Option<Value>,
) -> Result<[[u8; 32]; 2], ProofError> {
    let limits = Limits::default();
    let none = Value::Array(Vec::new());
    let context = document.get("@context").unwrap_or(&none);
    // The options' context is the document's, whatever they say (section 3.2.5, step 2).
    let options = ld::canonical_hash(options, context, &[], &limits)?;
    let document = match previous {
        None => ld::canonical_hash(document, context, &["proof"], &limits)?,
        Some(previous) => {
            let mut whole = document.clone();
            whole.insert("proof".into(), previous);
            ld::canonical_hash(&whole, context, &[], &limits)?
        }
    };
    Ok([options, document])
}

fn plain(
    document: &Map<String, Value>,
    options: &Map<String, Value>,
    previous: Option<&Value>,
) -> Result<[[u8; 32]; 2], ProofError> {
    let context = options.get("@context");
    if context.is_some_and(|context| !begins_with(document.get("@context"), context)) {
        return Err(ProofError::Malformed("its contexts are not those of the document".into()));
    }
    let hash = |object: &Map<String, Value>, proof: Option<&Value>| {
        let mut bytes = Vec::with_capacity(2_048);
        let written = jcs::value::object(changed(object, proof, context), &mut bytes);
        written.map(|()| sha256(&bytes)).map_err(|_| ProofError::Canonical)
    };
    // The document's contexts must begin with those that were signed; those are what counts.
    Ok([hash(options, options.get("proof"))?, hash(document, previous)?])
}

/// The members of an object with other proofs, and with another context if there is one, without copying it.
fn changed<'a>(
    object: &'a Map<String, Value>,
    proof: Option<&'a Value>,
    context: Option<&'a Value>,
) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let others = object.iter().filter(|(name, _)| *name != "proof").map(move |(name, value)| match name.as_str() {
        "@context" => (name.as_str(), context.unwrap_or(value)),
        name => (name, value),
    });
    others.chain(proof.map(|proof| ("proof", proof)))
}

fn begins_with(whole: Option<&Value>, beginning: &Value) -> bool {
    match (whole, beginning) {
        (Some(Value::Array(whole)), Value::Array(beginning)) => whole.starts_with(beginning),
        (Some(whole), beginning) => whole == beginning,
        (None, _) => false,
    }
}
