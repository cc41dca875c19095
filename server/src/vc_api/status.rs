//! Status lists, in memory: entries at random places, and the lists as signed credentials.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::Duration;
use serde_json::{Value, json};
use signing::{
    proof::{self, Options, Suite},
    status::{Bitstring, Entry, LEAST_ENTRIES, StatusError, StatusList},
};

use super::{
    VcApi,
    answer::{Problem, Refusal},
    request::Asked,
};

/// Lists that are kept; one for each address and purpose, and further ones when they are half full.
const MOST_LISTS: usize = 64;
/// Credentials whose entries are found by their name.
const MOST_NAMES: usize = 10_000;

/// The lists.
#[derive(Default)]
pub(super) struct Lists {
    lists: Vec<List>,
    /// Entries by the credential's id.
    names: BTreeMap<String, Vec<Entry>>,
}

struct List {
    id: String,
    base: String,
    purpose: String,
    bits: Bitstring,
    taken: Bitstring,
    used: usize,
}

impl Lists {
    /// An entry that nobody has, at a random place; `None` if there is no room or no randomness.
    pub(super) fn reserve(
        &mut self,
        base: &str,
        purpose: &str,
        credential: Option<String>,
        mut draw: impl FnMut() -> Option<u64>,
    ) -> Option<Entry> {
        let fits = |list: &List| list.base == base && list.purpose == purpose && list.used < LEAST_ENTRIES / 2;
        let at = match self.lists.iter().position(fits) {
            Some(at) => at,
            None if self.lists.len() < MOST_LISTS => {
                self.lists.push(List {
                    id: format!("{base}/{}", self.lists.len() + 1),
                    base: base.to_owned(),
                    purpose: purpose.to_owned(),
                    bits: Bitstring::new(LEAST_ENTRIES),
                    taken: Bitstring::new(LEAST_ENTRIES),
                    used: 0,
                });
                self.lists.len() - 1
            }
            None => return None,
        };
        let list = &mut self.lists[at];
        // At least half of the places are free.
        let index = loop {
            let index = draw()? % LEAST_ENTRIES as u64;
            if list.taken.get(index) == Some(false) {
                break index;
            }
        };
        list.taken.set(index, true);
        list.used += 1;
        let entry = Entry { list: list.id.clone(), index, purpose: purpose.to_owned() };
        if let Some(credential) = credential {
            if self.names.len() >= MOST_NAMES {
                self.names.pop_first();
            }
            self.names.entry(credential).or_default().push(entry.clone());
        }
        Some(entry)
    }

    /// Whether an entry is set; `None` if its list is not kept here.
    pub(super) fn is_set(&self, entry: &Entry) -> Option<Result<bool, StatusError>> {
        let list = self.lists.iter().find(|list| list.id == entry.list)?;
        if list.purpose != entry.purpose {
            let what = format!("the list is of {:?}, the entry of {:?}", list.purpose, entry.purpose);
            return Some(Err(StatusError::Malformed(what)));
        }
        Some(list.bits.get(entry.index).ok_or(StatusError::Range(entry.index)))
    }

    /// Sets or clears the entries of a credential; how many there were.
    fn set(&mut self, credential: &str, purpose: &str, to: bool) -> usize {
        let entries = self.names.get(credential).map(Vec::as_slice).unwrap_or_default();
        let mut changed = 0;
        for entry in entries.iter().filter(|entry| entry.purpose == purpose) {
            if let Some(list) = self.lists.iter_mut().find(|list| list.id == entry.list) {
                list.bits.set(entry.index, to);
                changed += 1;
            }
        }
        changed
    }
}

impl VcApi {
    fn list(&self, number: &str) -> Option<Value> {
        let number = number.parse::<usize>().ok()?;
        let now = self.clock.now();
        let list = {
            let lists = self.lists();
            let list = lists.lists.get(number.checked_sub(1)?)?;
            StatusList {
                id: list.id.clone(),
                issuer: self.did.clone(),
                purpose: list.purpose.clone(),
                valid_from: now,
                valid_until: now + Duration::days(1),
                ttl_ms: 0,
                bits: list.bits.clone(),
            }
        };
        let mut document = list.document();
        if let Some(subject) = document["credentialSubject"].as_object_mut() {
            // Nothing of it may be kept: the next test may want to see it changed.
            subject.remove("ttl");
        }
        proof::add(document, Suite::Rdfc, &Options::assertion(&self.method, now), &self.key).ok()
    }
}

/// `GET …/status/{list}`: a list as a signed credential.
pub(super) async fn list(State(api): State<Arc<VcApi>>, Path(number): Path<String>) -> Response {
    match api.list(&number) {
        Some(document) => Json(document).into_response(),
        None => {
            (StatusCode::NOT_FOUND, Json(json!({"errors": ["there is no status list of this number"]}))).into_response()
        }
    }
}

/// `POST …/status/{list}/publish`: lists are always published.
pub(super) async fn publish(State(api): State<Arc<VcApi>>, Path(number): Path<String>) -> StatusCode {
    if api.list(&number).is_some() { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND }
}

/// `POST …/credentials/status`: sets or clears the status of a credential that was issued here.
pub(super) async fn set(State(api): State<Arc<VcApi>>, asked: Asked) -> Result<Response, Refusal> {
    let credential = asked.get("credentialId").and_then(Value::as_str);
    let credential = credential.ok_or_else(|| Problem::parsing("the request has no text credentialId"))?;
    let purpose = asked.get("credentialStatus/statusPurpose").and_then(Value::as_str);
    let purpose = purpose.unwrap_or(signing::status::REVOCATION);
    let to = asked.get("status").is_none_or(|value| value.as_bool().unwrap_or(true));
    if api.lists().set(credential, purpose, to) == 0 {
        return Err(Problem::no_status("no credential of this id has such a status here").into());
    }
    Ok(Json(json!({})).into_response())
}
