//! Reading proofs that strangers made.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::{MAX_PROOFS, Proof, ProofError, Suite};
use crate::model::date_time_stamp;

/// The proofs of a document, one or several. Of those that are not understood only the kind is sure to be there.
///
/// # Errors
/// [`ProofError`] for none, too many, one that is malformed, or a chain that is none.
pub fn proofs(document: &Value) -> Result<Vec<Proof>, ProofError> {
    let listed = match document.get("proof") {
        None => return Err(ProofError::None),
        Some(Value::Array(listed)) if listed.is_empty() => return Err(ProofError::None),
        Some(Value::Array(listed)) if listed.len() > MAX_PROOFS => return Err(ProofError::TooMany(listed.len())),
        Some(Value::Array(listed)) => listed.iter().collect(),
        Some(one) => vec![one],
    };
    let proofs = listed.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    chained(&proofs)?;
    Ok(proofs)
}

fn malformed(what: impl Into<String>) -> ProofError {
    ProofError::Malformed(what.into())
}

fn read(value: &Value) -> Result<Proof, ProofError> {
    let members = value.as_object().ok_or_else(|| malformed("it is no object"))?;
    let text = |name: &str| match members.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(malformed(format!("{name} is no text"))),
    };
    let texts = |name: &str| match members.get(name) {
        None => Ok(Vec::new()),
        Some(Value::String(text)) => Ok(vec![text.clone()]),
        Some(Value::Array(listed)) if listed.len() <= MAX_PROOFS && listed.iter().all(Value::is_string) => {
            Ok(listed.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        }
        Some(_) => Err(malformed(format!("{name} is no text and no short list of texts"))),
    };
    let kind = text("type")?.ok_or_else(|| malformed("it has no type"))?;
    let named = text("cryptosuite")?;
    let suite = match (kind.as_str(), &named) {
        ("DataIntegrityProof", Some(name)) => Suite::from_name(name),
        ("DataIntegrityProof", None) => return Err(malformed("it names no cryptosuite")),
        _ => None,
    };
    let required = |name: &str, what: &str| match (text(name)?, suite) {
        (Some(text), _) => Ok(text),
        (None, None) => Ok(String::new()),
        (None, Some(_)) => Err(malformed(what)),
    };
    let method = required("verificationMethod", "it names no key")?;
    let purpose = required("proofPurpose", "it has no purpose")?;
    Ok(Proof {
        suite,
        kind: named.unwrap_or(kind),
        id: text("id")?,
        method,
        purpose,
        created: time(members, "created")?,
        expires: time(members, "expires")?,
        domain: texts("domain")?,
        challenge: text("challenge")?,
        previous: texts("previousProof")?,
        members: members.clone(),
    })
}

fn time(members: &Map<String, Value>, name: &str) -> Result<Option<DateTime<Utc>>, ProofError> {
    let Some(value) = members.get(name) else { return Ok(None) };
    let read = value.as_str().and_then(date_time_stamp);
    read.map(Some).ok_or_else(|| malformed(format!("{name} is no time with a time zone")))
}

/// Every proof that another follows is there and does not follow it in turn.
fn chained(proofs: &[Proof]) -> Result<(), ProofError> {
    let by_name = |name: &str| proofs.iter().position(|proof| proof.id.as_deref() == Some(name));
    for start in 0..proofs.len() {
        // Depth first from each; there are few.
        let mut open = vec![(start, 0)];
        while let Some((at, depth)) = open.pop() {
            if depth > proofs.len() {
                return Err(malformed("proofs follow one another in a circle"));
            }
            for name in &proofs[at].previous {
                let next = by_name(name).ok_or_else(|| malformed("it follows a proof that is not there"))?;
                if open.len() > MAX_PROOFS * MAX_PROOFS {
                    return Err(malformed("proofs follow one another in a circle"));
                }
                open.push((next, depth + 1));
            }
        }
    }
    Ok(())
}

/// The signature of a proof: 64 bytes in base58, and no other length or alphabet.
pub(super) fn signature(members: &Map<String, Value>) -> Result<[u8; 64], ProofError> {
    let value = members.get("proofValue").ok_or_else(|| malformed("it has no value"))?;
    let encoded = value.as_str().and_then(|text| text.strip_prefix('z')).filter(|text| text.len() <= 100);
    let decoded = encoded.and_then(|text| bs58::decode(text).into_vec().ok());
    decoded.and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| malformed("its value is not 64 bytes in base58"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn proof(id: &str, previous: &[&str]) -> Value {
        json!({
            "id": id, "type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "verificationMethod": "k",
            "proofPurpose": "assertionMethod", "previousProof": previous,
        })
    }

    #[test]
    fn malformed_proofs_are_named() {
        let fault = |proof: Value| proofs(&json!({"proof": proof})).unwrap_err();
        assert_eq!(proofs(&json!({})), Err(ProofError::None));
        assert_eq!(fault(json!([])), ProofError::None);
        assert_eq!(fault(json!(vec![1; 9])), ProofError::TooMany(9));
        let mut without_zone = proof("urn:a", &[]);
        without_zone["created"] = "2026-01-01T00:00:00".into();
        assert!(fault(without_zone).to_string().contains("time zone"));
        for missing in ["type", "cryptosuite", "verificationMethod", "proofPurpose"] {
            let mut broken = proof("urn:a", &[]);
            broken.as_object_mut().unwrap().remove(missing);
            assert!(matches!(fault(broken), ProofError::Malformed(_)), "{missing}");
        }
        let mut broken = proof("urn:a", &[]);
        broken["proofPurpose"] = 7.into();
        assert!(matches!(fault(broken), ProofError::Malformed(_)));
    }

    #[test]
    fn a_chain_has_all_its_links_and_a_beginning() {
        let all = |listed: &[Value]| proofs(&json!({"proof": listed}));
        assert!(all(&[proof("urn:a", &[]), proof("urn:b", &["urn:a"]), proof("urn:c", &["urn:a", "urn:b"])]).is_ok());
        for circle in [
            vec![proof("urn:a", &["urn:a"])],
            vec![proof("urn:a", &["urn:b"]), proof("urn:b", &["urn:a"])],
            (0..8).map(|_| proof("urn:a", &["urn:a"; 8])).collect(),
        ] {
            assert!(all(&circle).unwrap_err().to_string().contains("circle"));
        }
        assert!(all(&[proof("urn:a", &["urn:z"])]).unwrap_err().to_string().contains("not there"));
    }

    #[test]
    fn a_proof_of_another_kind_is_read_as_far_as_it_goes() {
        let old = json!({"proof": {"type": "Ed25519Signature2020", "proofValue": "z1"}});
        let read = proofs(&old).unwrap().remove(0);
        assert_eq!((read.suite, read.kind.as_str()), (None, "Ed25519Signature2020"));
    }
}
