//! Related resources and their digests (section 5.3).

use std::collections::BTreeSet;

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use super::{Finding, Rule, each};
use crate::ld;

const RULE: Rule = Rule::RelatedResource;
/// No digest is written longer.
const MAX_DIGEST: usize = 256;

/// Reads what may stand in a member; `None` if it is not well formed.
type Reader = fn(&str) -> Option<Vec<Digest>>;

/// A digest as it is written.
#[derive(Debug, PartialEq, Eq)]
struct Digest {
    /// Of SHA-2: 256, 384 or 512.
    bits: usize,
    value: Vec<u8>,
}

pub(super) fn check(found: &mut Finding<'_>) {
    let document = found.document;
    let Some(value) = document.get("relatedResource") else { return };
    let resources = each(value, "/relatedResource");
    if resources.is_empty() {
        found.fault(RULE, "/relatedResource", "the list is empty");
    }
    let mut seen = BTreeSet::new();
    for (pointer, resource) in resources {
        let Some(resource) = resource.as_object() else {
            found.fault(RULE, pointer, "a related resource is an object");
            continue;
        };
        found.id(resource, &pointer, RULE, true);
        let id = resource.get("id").and_then(Value::as_str);
        if let Some(id) = id
            && !seen.insert(id)
        {
            found.fault(RULE, format!("{pointer}/id"), "another related resource has the same id");
        }
        if resource.get("mediaType").is_some_and(|kind| !kind.is_string()) {
            found.fault(RULE, format!("{pointer}/mediaType"), "it is no text");
        }
        digests(found, resource, &pointer, id.and_then(ld::pinned_context));
    }
}

/// Every digest is well formed, and is that of the resource where the resource is known here.
fn digests(found: &mut Finding<'_>, resource: &Map<String, Value>, pointer: &str, known: Option<&str>) {
    let readers: [(&str, Reader); 2] = [("digestSRI", sri), ("digestMultibase", multibase)];
    let mut any = false;
    for (name, read) in readers {
        let Some(value) = resource.get(name) else { continue };
        any = true;
        for (at, value) in each(value, &format!("{pointer}/{name}")) {
            let text = value.as_str().filter(|text| text.len() <= MAX_DIGEST);
            match (text.and_then(read), known) {
                (None, _) => found.fault(RULE, at, "it is no digest of a kind that is known here"),
                (Some(digests), Some(resource)) if !digests.iter().any(|digest| digest.is_of(resource)) => {
                    found.fault(RULE, at, "it is not the digest of the resource");
                }
                _ => (),
            }
        }
    }
    if !any {
        found.fault(RULE, pointer, "it has neither digestSRI nor digestMultibase");
    }
}

impl Digest {
    fn new(bits: usize, value: &[u8]) -> Option<Self> {
        (matches!(bits, 256 | 384 | 512) && value.len() * 8 == bits).then(|| Self { bits, value: value.to_vec() })
    }

    fn is_of(&self, resource: &str) -> bool {
        match self.bits {
            256 => Sha256::digest(resource).as_slice() == self.value,
            384 => Sha384::digest(resource).as_slice() == self.value,
            _ => Sha512::digest(resource).as_slice() == self.value,
        }
    }
}

/// One or more hash expressions (Subresource Integrity, section 3.5); the resource has one of the digests.
fn sri(text: &str) -> Option<Vec<Digest>> {
    let digests = text.split_ascii_whitespace().map(|expression| {
        let (algorithm, rest) = expression.split_once('-')?;
        // Options after a question mark are reserved and say nothing yet.
        let value = rest.split_once('?').map_or(rest, |(value, _)| value);
        let bits = algorithm.strip_prefix("sha")?.parse().ok()?;
        Digest::new(bits, &STANDARD.decode(value).ok()?)
    });
    digests.collect::<Option<Vec<_>>>().filter(|digests| !digests.is_empty())
}

/// A multihash (vc-data-integrity, section 2.6), or the bare digest that the standard's own examples have in its place.
fn multibase(text: &str) -> Option<Vec<Digest>> {
    let bytes = match text.split_at_checked(1)? {
        ("u", rest) => URL_SAFE_NO_PAD.decode(rest).ok()?,
        ("z", rest) => bs58::decode(rest).into_vec().ok()?,
        _ => return None,
    };
    let (bits, value) = match bytes.as_slice() {
        [0x12, 0x20, value @ ..] if value.len() == 32 => (256, value),
        [0x20, 0x30, value @ ..] if value.len() == 48 => (384, value),
        [0x13, 0x40, value @ ..] if value.len() == 64 => (512, value),
        bare => (bare.len() * 8, bare),
    };
    Some(vec![Digest::new(bits, value)?])
}
