//! Instances of certificates and what becomes of them.

use rusqlite::{Connection, OptionalExtension as _, params};
use storage::{BadgeRecord, CertificateChange, CertificateState, Issuance, Revocation, StoreError};

use crate::{
    log::queue,
    rows,
    verbs::{execute, insert, sql},
    writer::database,
};

/// Who did it, why and when.
pub(crate) struct Because<'a> {
    pub(crate) reason: &'a str,
    pub(crate) decided_by: &'a str,
    pub(crate) at_ms: i64,
}

/// Writes an instance with its first state.
pub(crate) fn issue(
    tx: &Connection,
    tenant: &str,
    instance: u32,
    issued: &Issuance,
    state: CertificateState,
    because: &Because<'_>,
) -> Result<(), StoreError> {
    let i = issued;
    let row = params![tenant, i.number, instance, i.certificate, i.cpd_record, i.issued_at_ms];
    insert(tx, "certificate_instance", sql!("insert_instance"), row)?;
    for kind in ["certificate", "cpd_record"] {
        queue(tx, tenant, &format!("{kind}/{}/{instance}", i.number), i.issued_at_ms)?;
    }
    enter(tx, tenant, &i.number, instance, state, because)
}

fn enter(
    tx: &Connection,
    tenant: &str,
    number: &str,
    instance: u32,
    state: CertificateState,
    because: &Because<'_>,
) -> Result<(), StoreError> {
    let Because { reason, decided_by, at_ms } = because;
    let row = params![tenant, number, instance, state.as_str(), reason, decided_by, at_ms];
    insert(tx, "certificate_state", sql!("insert_state"), row)
}

/// Sets a number on a status list; one that is set stays as it was recorded then. Whether it was set now. The badges that were
/// made of a certificate fall with it, in the same transaction: none that is made meanwhile is forgotten.
pub(crate) fn revoke(tx: &Connection, tenant: &str, r: &Revocation) -> Result<bool, StoreError> {
    let written = set(tx, tenant, r)?;
    if written && r.document == "certificate" {
        let mut statement = tx.prepare_cached(sql!("select_badges")).map_err(database)?;
        let badges = statement.query_map(params![tenant, r.number], rows::badge).map_err(database)?;
        for badge in badges {
            let badge = badge.map_err(database)?;
            let with = Revocation { list: badge.list, entry: badge.entry, document: "badge".into(), ..r.clone() };
            set(tx, tenant, &with)?;
        }
    }
    Ok(written)
}

fn set(tx: &Connection, tenant: &str, r: &Revocation) -> Result<bool, StoreError> {
    let place = (r.list as i64, r.entry as i64);
    let row = params![tenant, place.0, place.1, r.number, r.document, r.reason, r.decided_by, r.revoked_at_ms];
    let written = execute(tx, sql!("insert_revocation"), row)? == 1;
    if written {
        queue(tx, tenant, &format!("status/{}/{}", r.list, r.entry), r.revoked_at_ms)?;
    }
    Ok(written)
}

/// Keeps a badge, if the certificate that it was made of is in force. One that is kept already stays as it is.
pub(crate) fn keep_badge(tx: &Connection, tenant: &str, b: &BadgeRecord) -> Result<(), StoreError> {
    let mut statement = tx.prepare_cached(sql!("select_certificate_by_number")).map_err(database)?;
    let live = statement.query_row(params![tenant, b.number], rows::certificate).optional().map_err(database)?;
    // It may have been revoked since the badge was signed.
    if live.is_none_or(|live| live.state != CertificateState::Active) {
        return Err(StoreError::RowsAffected { table: "badge", expected: 1, actual: 0 });
    }
    let row = params![tenant, b.id, b.number, b.list as i64, b.entry as i64, b.document, b.issued_at_ms];
    execute(tx, sql!("insert_badge"), row).map(drop)
}

/// Makes a change if the live instance is still as it was judged. Whether it was made.
pub(crate) fn change(tx: &Connection, tenant: &str, change: &CertificateChange) -> Result<bool, StoreError> {
    let c = change;
    let mut statement = tx.prepare_cached(sql!("select_certificate_by_number")).map_err(database)?;
    let live = statement.query_row(params![tenant, c.number], rows::certificate).optional().map_err(database)?;
    if live.is_none_or(|live| (live.instance, live.state) != (c.instance, c.from)) {
        return Ok(false);
    }
    let because = Because { reason: &c.reason, decided_by: &c.decided_by, at_ms: c.changed_at_ms };
    for revocation in &c.revocations {
        revoke(tx, tenant, revocation)?;
    }
    enter(tx, tenant, &c.number, c.instance, c.to, &because)?;
    if let Some((issued, state)) = &c.successor {
        issue(tx, tenant, c.instance + 1, issued, *state, &because)?;
    }
    Ok(true)
}
