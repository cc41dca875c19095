//! From what happened to the record that is logged.

use std::collections::{BTreeMap, btree_map::Entry as Slot};

use serde_json::Value;
use signing::{
    digest::sha256_hex,
    jcs,
    status::{Entry, REVOCATION},
    tlog::leaf::{Form, Record},
};
use storage::Revocation;

use crate::{clock::from_ms, engine::Engine, failure::Failure};

/// The form of a credential whose digest is logged.
pub(super) const JSON: &str = "json";

/// Lists that were read, so that many revocations cost one look.
#[derive(Default)]
pub(super) struct Lists(BTreeMap<u64, Vec<Revocation>>);

impl Engine {
    /// The record of a subject as it waits in the outbox.
    pub(super) async fn record_of(&self, subject: &str, lists: &mut Lists) -> Result<Record, Failure> {
        let unknown = || Failure::fault(format!("{subject:?} waits for the log, but nothing of it is recorded"));
        let (kind, rest) = subject.split_once('/').ok_or_else(unknown)?;
        match kind {
            "certificate" | "cpd_record" => {
                let (number, instance) = rest.split_once('/').ok_or_else(unknown)?;
                let instance: u32 = instance.parse().map_err(|_| unknown())?;
                let instances = self.store.instances(&self.tenant, number).await?;
                let issued = instances.into_iter().find(|held| held.instance == instance).ok_or_else(unknown)?.issued;
                let text = if kind == "certificate" { &issued.certificate } else { &issued.cpd_record };
                let document: Value = serde_json::from_str(text).map_err(Failure::fault)?;
                let sha256 = jcs::digest_hex(&document).map_err(Failure::fault)?;
                Ok(Record::Issuance {
                    id: id(&document)?,
                    forms: vec![Form { form: JSON.into(), sha256 }],
                    issued_at: from_ms(issued.issued_at_ms),
                })
            }
            "status" => {
                let (list, entry) = rest.split_once('/').ok_or_else(unknown)?;
                let (list, entry): (u64, u64) = list.parse().ok().zip(entry.parse().ok()).ok_or_else(unknown)?;
                let held = match lists.0.entry(list) {
                    Slot::Occupied(read) => read.into_mut(),
                    Slot::Vacant(unread) => unread.insert(self.store.revocations(&self.tenant, list).await?),
                };
                let revocation = held.iter().find(|held| held.entry == entry).ok_or_else(unknown)?;
                self.revocation_record(revocation).await
            }
            "draw" => {
                let sitting = self.store.sitting(&self.tenant, rest).await?.ok_or_else(unknown)?;
                // Recorded in canonical form.
                let commitment = sha256_hex(sitting.commitment.as_bytes());
                Ok(Record::DrawCommitment { sitting: sitting.id, commitment, at: from_ms(sitting.created_at_ms) })
            }
            _ => Err(unknown()),
        }
    }

    async fn revocation_record(&self, revocation: &Revocation) -> Result<Record, Failure> {
        let number = &revocation.number;
        let gone = || Failure::fault(format!("{number} was revoked, but is not recorded"));
        // Of all instances or badges, the one with this place on this list.
        let place = format!("/{}", revocation.list);
        let documents: Vec<String> = match revocation.document.as_str() {
            "badge" => {
                self.store.badges_of(&self.tenant, number).await?.into_iter().map(|badge| badge.document).collect()
            }
            of => {
                let instances = self.store.instances(&self.tenant, number).await?;
                let issued = instances.into_iter().map(|held| held.issued);
                issued.map(|issued| if of == "certificate" { issued.certificate } else { issued.cpd_record }).collect()
            }
        };
        for text in &documents {
            let document: Value = serde_json::from_str(text).map_err(Failure::fault)?;
            let entries = Entry::of(&document).map_err(Failure::fault)?;
            let mut here = entries.into_iter().filter(|e| e.index == revocation.entry && e.list.ends_with(&place));
            let Some(Entry { list, .. }) = here.next() else { continue };
            return Ok(Record::Status {
                id: id(&document)?,
                list,
                index: revocation.entry,
                purpose: REVOCATION.into(),
                at: from_ms(revocation.revoked_at_ms),
            });
        }
        Err(gone())
    }
}

fn id(document: &Value) -> Result<String, Failure> {
    let id = document.get("id").and_then(Value::as_str).map(str::to_owned);
    id.ok_or_else(|| Failure::fault("a credential that was issued has no id"))
}
