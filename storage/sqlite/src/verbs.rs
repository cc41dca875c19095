//! The verbs.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension as _, Params, Row, params};
use storage::{
    AnchorRecord, AnchorTaken, Append, AttemptRecord, BadgeRecord, CertificateChange, CertificateRecord,
    CertificateState, DecisionRecord, Issuance, NewAttempt, NewSitting, ResponseRecord, Revocation, Selective,
    SittingRecord, StartOutcome, StartWith, StateRecord, Store, StoreError, StoredLine, TenantId,
};

use crate::{
    SqliteStore,
    instances::{self, Because},
    log::queue,
    rows,
    writer::database,
};

/// A statement from its own file.
macro_rules! sql {
    ($name:literal) => {
        include_str!(concat!("sql/", $name, ".sql"))
    };
}
pub(crate) use sql;

impl SqliteStore {
    pub(crate) fn all<T>(
        &self,
        sql: &str,
        parameters: impl Params,
        read: fn(&Row<'_>) -> Result<T, rusqlite::Error>,
    ) -> Result<Vec<T>, StoreError> {
        self.readers.with(|connection| {
            let mut statement = connection.prepare_cached(sql).map_err(database)?;
            let rows = statement.query_map(parameters, read).map_err(database)?;
            rows.collect::<Result<_, _>>().map_err(database)
        })
    }

    pub(crate) fn one<T>(
        &self,
        sql: &str,
        parameters: impl Params,
        read: fn(&Row<'_>) -> Result<T, rusqlite::Error>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.all(sql, parameters, read)?.pop())
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn create_sitting(
        &self,
        tenant: &TenantId,
        sitting: &NewSitting,
        roster: &[NewAttempt],
    ) -> Result<(), StoreError> {
        let (tenant, sitting, roster) = (tenant.0.clone(), sitting.clone(), roster.to_vec());
        self.writer.transact(move |tx| create_sitting(tx, &tenant, &sitting, &roster)).await
    }

    async fn sittings(&self, tenant: &TenantId) -> Result<Vec<SittingRecord>, StoreError> {
        self.all(sql!("select_sittings"), params![tenant.0, None::<String>], rows::sitting)
    }

    async fn sitting(&self, tenant: &TenantId, id: &str) -> Result<Option<SittingRecord>, StoreError> {
        self.one(sql!("select_sittings"), params![tenant.0, id], rows::sitting)
    }

    async fn require_browser(
        &self,
        tenant: &TenantId,
        sitting: &str,
        safe_browser: Option<&str>,
    ) -> Result<bool, StoreError> {
        let (tenant, sitting, what) = (tenant.0.clone(), sitting.to_owned(), safe_browser.map(str::to_owned));
        let require = move |tx: &Connection| execute(tx, sql!("require_browser"), params![tenant, sitting, what]);
        Ok(self.writer.transact(require).await? > 0)
    }

    async fn roster(&self, tenant: &TenantId, sitting: &str) -> Result<Vec<AttemptRecord>, StoreError> {
        self.all(sql!("select_roster"), params![tenant.0, sitting], rows::attempt)
    }

    async fn attempts_of(&self, tenant: &TenantId, candidate_ref: &str) -> Result<Vec<AttemptRecord>, StoreError> {
        self.all(sql!("select_attempts_of"), params![tenant.0, candidate_ref], rows::attempt)
    }

    async fn attempt_by_code(
        &self,
        tenant: &TenantId,
        code_hash: &[u8; 32],
    ) -> Result<Option<AttemptRecord>, StoreError> {
        self.one(sql!("select_attempt_by_code"), params![tenant.0, code_hash], rows::attempt)
    }

    async fn attempt(&self, tenant: &TenantId, id: &str) -> Result<Option<AttemptRecord>, StoreError> {
        self.one(sql!("select_attempt_by_id"), params![tenant.0, id], rows::attempt)
    }

    async fn start(
        &self,
        tenant: &TenantId,
        attempt: &str,
        device: &str,
        with: StartWith,
        now_ms: i64,
    ) -> Result<StartOutcome, StoreError> {
        let (tenant, attempt, device) = (tenant.0.clone(), attempt.to_owned(), device.to_owned());
        self.writer.transact(move |tx| start(tx, &tenant, &attempt, &device, with, now_ms)).await
    }

    async fn release_device(&self, tenant: &TenantId, attempt: &str) -> Result<bool, StoreError> {
        let (tenant, attempt) = (tenant.0.clone(), attempt.to_owned());
        let release = move |tx: &Connection| execute(tx, sql!("release_device"), params![tenant, attempt]);
        Ok(self.writer.transact(release).await? > 0)
    }

    async fn journal(&self, tenant: &TenantId, attempt: &str) -> Result<Vec<StoredLine>, StoreError> {
        self.all(sql!("select_journal"), params![tenant.0, attempt], rows::line)
    }

    async fn append(
        &self,
        tenant: &TenantId,
        attempt: &str,
        from: u64,
        lines: &[String],
        now_ms: i64,
    ) -> Result<Append, StoreError> {
        let (tenant, attempt, lines) = (tenant.0.clone(), attempt.to_owned(), lines.to_vec());
        self.writer.transact(move |tx| append(tx, &tenant, &attempt, from, &lines, now_ms)).await
    }

    async fn package(&self, tenant: &TenantId, attempt: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.one(sql!("select_package"), params![tenant.0, attempt], |row| row.get(0))
    }

    async fn add_challenge(&self, tenant: &TenantId, attempt: &str, anchor: &AnchorRecord) -> Result<(), StoreError> {
        let (tenant, attempt, a) = (tenant.0.clone(), attempt.to_owned(), anchor.clone());
        let add = move |tx: &Connection| {
            require_attempt(tx, &tenant, &attempt)?;
            let row = params![tenant, attempt, a.challenge, a.authority, a.issued_at_ms];
            execute(tx, sql!("insert_challenge"), row).map(drop)
        };
        self.writer.transact(add).await
    }

    async fn take_anchor(
        &self,
        tenant: &TenantId,
        attempt: &str,
        challenge: &str,
        taken: &AnchorTaken,
    ) -> Result<bool, StoreError> {
        let (tenant, attempt, challenge, t) =
            (tenant.0.clone(), attempt.to_owned(), challenge.to_owned(), taken.clone());
        let take = move |tx: &Connection| {
            let row = params![tenant, attempt, challenge, t.count as i64, t.head, t.recorded_at_ms, t.recorded_by];
            execute(tx, sql!("record_anchor"), row)
        };
        Ok(self.writer.transact(take).await? > 0)
    }

    async fn anchors(&self, tenant: &TenantId, attempt: &str) -> Result<Vec<AnchorRecord>, StoreError> {
        self.all(sql!("select_anchors"), params![tenant.0, attempt], rows::anchor)
    }

    async fn add_grant(
        &self,
        tenant: &TenantId,
        attempt: &str,
        id: &str,
        document: &str,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let (tenant, attempt) = (tenant.0.clone(), attempt.to_owned());
        let (id, document) = (id.to_owned(), document.to_owned());
        let add = move |tx: &Connection| {
            require_attempt(tx, &tenant, &attempt)?;
            execute(tx, sql!("insert_grant"), params![tenant, attempt, id, document, now_ms]).map(drop)
        };
        self.writer.transact(add).await
    }

    async fn grants(&self, tenant: &TenantId, attempt: &str) -> Result<Vec<String>, StoreError> {
        self.all(sql!("select_grants"), params![tenant.0, attempt], |row| row.get(0))
    }

    async fn keep_response(
        &self,
        tenant: &TenantId,
        attempt: &str,
        response: &ResponseRecord,
    ) -> Result<(), StoreError> {
        let (tenant, attempt, r) = (tenant.0.clone(), attempt.to_owned(), response.clone());
        let keep = move |tx: &Connection| {
            require_attempt(tx, &tenant, &attempt)?;
            let row = params![tenant, attempt, r.digest, r.outcome, r.count as i64, r.received_at_ms, r.file];
            execute(tx, sql!("insert_response"), row).map(drop)
        };
        self.writer.transact(keep).await
    }

    async fn responses(&self, tenant: &TenantId, attempt: &str) -> Result<Vec<ResponseRecord>, StoreError> {
        self.all(sql!("select_responses"), params![tenant.0, attempt], rows::response)
    }

    async fn response_file(
        &self,
        tenant: &TenantId,
        attempt: &str,
        digest: &str,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let kept = self.one(sql!("select_response_file"), params![tenant.0, attempt, digest], |row| row.get(0))?;
        Ok(kept.flatten())
    }

    async fn decide(
        &self,
        tenant: &TenantId,
        decision: &DecisionRecord,
        instead_of: Option<&DecisionRecord>,
        issuance: Option<&Issuance>,
    ) -> Result<DecisionRecord, StoreError> {
        let (tenant, decision, issuance) = (tenant.0.clone(), decision.clone(), issuance.cloned());
        let earlier = instead_of.map(|earlier| earlier.record.clone());
        self.writer.transact(move |tx| decide(tx, &tenant, &decision, earlier.as_deref(), issuance.as_ref())).await
    }

    async fn decision(&self, tenant: &TenantId, attempt: &str) -> Result<Option<DecisionRecord>, StoreError> {
        self.one(sql!("select_decision"), params![tenant.0, attempt], rows::decision)
    }

    async fn certificate(&self, tenant: &TenantId, number: &str) -> Result<Option<CertificateRecord>, StoreError> {
        self.one(sql!("select_certificate_by_number"), params![tenant.0, number], rows::certificate)
    }

    async fn certificate_of(&self, tenant: &TenantId, attempt: &str) -> Result<Option<CertificateRecord>, StoreError> {
        self.one(sql!("select_certificate_by_attempt"), params![tenant.0, attempt], rows::certificate)
    }

    async fn instances(&self, tenant: &TenantId, number: &str) -> Result<Vec<CertificateRecord>, StoreError> {
        self.all(sql!("select_instances"), params![tenant.0, number], rows::certificate)
    }

    async fn states(&self, tenant: &TenantId, number: &str) -> Result<Vec<StateRecord>, StoreError> {
        self.all(sql!("select_states"), params![tenant.0, number], rows::state)
    }

    async fn certificates_after(
        &self,
        tenant: &TenantId,
        number: &str,
        most: u32,
    ) -> Result<Vec<CertificateRecord>, StoreError> {
        self.all(sql!("select_certificates_after"), params![tenant.0, number, most], rows::certificate)
    }

    async fn change_certificates(
        &self,
        tenant: &TenantId,
        changes: &[CertificateChange],
    ) -> Result<Vec<bool>, StoreError> {
        let (tenant, changes) = (tenant.0.clone(), changes.to_vec());
        let work = move |tx: &Connection| changes.iter().map(|change| instances::change(tx, &tenant, change)).collect();
        self.writer.transact(work).await
    }

    async fn reserve_status(
        &self,
        tenant: &TenantId,
        list: u64,
        entries: &[u64],
        now_ms: i64,
    ) -> Result<Vec<u64>, StoreError> {
        let (tenant, entries) = (tenant.0.clone(), entries.to_vec());
        let reserve = move |tx: &Connection| {
            let mut free = Vec::with_capacity(entries.len());
            for entry in entries {
                let row = params![tenant, list as i64, entry as i64, now_ms];
                if execute(tx, sql!("reserve_status_entry"), row)? == 1 {
                    free.push(entry);
                }
            }
            Ok(free)
        };
        self.writer.transact(reserve).await
    }

    async fn status_lists(&self, tenant: &TenantId) -> Result<Vec<(u64, u64)>, StoreError> {
        self.all(sql!("count_status_entries"), params![tenant.0], |row| {
            Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get::<_, i64>(1)?.unsigned_abs()))
        })
    }

    async fn revoke(&self, tenant: &TenantId, revocation: &Revocation) -> Result<bool, StoreError> {
        let (tenant, r) = (tenant.0.clone(), revocation.clone());
        self.writer.transact(move |tx| instances::revoke(tx, &tenant, &r)).await
    }

    async fn revocations(&self, tenant: &TenantId, list: u64) -> Result<Vec<Revocation>, StoreError> {
        self.all(sql!("select_revocations_of_list"), params![tenant.0, list as i64], rows::revocation)
    }

    async fn revocations_of(&self, tenant: &TenantId, number: &str) -> Result<Vec<Revocation>, StoreError> {
        self.all(sql!("select_revocations_of_certificate"), params![tenant.0, number], rows::revocation)
    }

    async fn keep_badge(&self, tenant: &TenantId, badge: &BadgeRecord) -> Result<(), StoreError> {
        let (tenant, b) = (tenant.0.clone(), badge.clone());
        self.writer.transact(move |tx: &Connection| instances::keep_badge(tx, &tenant, &b)).await
    }

    async fn badges_of(&self, tenant: &TenantId, number: &str) -> Result<Vec<BadgeRecord>, StoreError> {
        self.all(sql!("select_badges"), params![tenant.0, number], rows::badge)
    }

    async fn share(&self, tenant: &TenantId, number: &str, token: &str, now_ms: i64) -> Result<String, StoreError> {
        let (tenant, number, token) = (tenant.0.clone(), number.to_owned(), token.to_owned());
        let share = move |tx: &Connection| {
            execute(tx, sql!("insert_share"), params![tenant, number, token, now_ms])?;
            let mut statement = tx.prepare_cached(sql!("select_share")).map_err(database)?;
            statement.query_row(params![tenant, number], |row| row.get(0)).map_err(database)
        };
        self.writer.transact(share).await
    }

    async fn unshare(&self, tenant: &TenantId, number: &str) -> Result<bool, StoreError> {
        let (tenant, number) = (tenant.0.clone(), number.to_owned());
        let unshare =
            move |tx: &Connection| execute(tx, sql!("delete_share"), params![tenant, number]).map(|rows| rows == 1);
        self.writer.transact(unshare).await
    }

    async fn share_of(&self, tenant: &TenantId, number: &str) -> Result<Option<String>, StoreError> {
        self.one(sql!("select_share"), params![tenant.0, number], |row| row.get(0))
    }

    async fn shared(&self, tenant: &TenantId, token: &str) -> Result<Option<String>, StoreError> {
        self.one(sql!("select_shared"), params![tenant.0, token], |row| row.get(0))
    }

    async fn record_selective(&self, tenant: &TenantId, selective: &Selective) -> Result<(), StoreError> {
        let (tenant, s) = (tenant.0.clone(), selective.clone());
        let record = move |tx: &Connection| {
            let row = params![tenant, s.list as i64, s.entry as i64, s.number, s.issued_at_ms];
            insert(tx, "selective", sql!("insert_selective"), row)
        };
        self.writer.transact(record).await
    }

    async fn selectives_of(&self, tenant: &TenantId, number: &str) -> Result<u64, StoreError> {
        let counted = self
            .one(sql!("count_selectives"), params![tenant.0, number], |row| Ok(row.get::<_, i64>(0)?.unsigned_abs()));
        counted.map(Option::unwrap_or_default)
    }
}

pub(crate) fn execute(tx: &Connection, sql: &str, parameters: impl Params) -> Result<usize, StoreError> {
    tx.prepare_cached(sql).and_then(|mut statement| statement.execute(parameters)).map_err(database)
}

pub(crate) fn insert(
    tx: &Connection,
    table: &'static str,
    sql: &str,
    parameters: impl Params,
) -> Result<(), StoreError> {
    match execute(tx, sql, parameters)? {
        1 => Ok(()),
        actual => Err(StoreError::RowsAffected { table, expected: 1, actual }),
    }
}

fn create_sitting(
    tx: &Connection,
    tenant: &str,
    sitting: &NewSitting,
    roster: &[NewAttempt],
) -> Result<(), StoreError> {
    let s = sitting;
    let written = execute(
        tx,
        sql!("insert_sitting"),
        params![
            tenant,
            s.id,
            s.title,
            s.scheme,
            s.opens_at_ms,
            s.closes_at_ms,
            s.commitment,
            s.pool,
            s.release_code,
            s.room_seed,
            s.reserve_of,
            s.safe_browser,
            s.created_at_ms
        ],
    )?;
    if written == 0 {
        return Ok(());
    }
    for (place, a) in roster.iter().enumerate() {
        let row = params![
            tenant,
            a.id,
            a.sitting,
            place as i64 + 1,
            a.candidate_ref,
            a.candidate_name,
            a.family_name,
            a.attempt_number,
            a.first_attempt_at_ms,
            a.code_hash,
            a.draw_secret,
            a.extra_ms,
            a.break_ms,
            a.grant_seed,
            a.draw,
            a.manifest,
            a.package,
            a.form,
            a.plan
        ];
        insert(tx, "attempt", sql!("insert_attempt"), row)
            .map_err(|error| if taken(&error, "attempt.code_hash") { StoreError::CodeTaken } else { error })?;
    }
    queue(tx, tenant, &format!("draw/{}", s.id), s.created_at_ms)
}

/// Whether a statement broke the uniqueness of this column.
fn taken(error: &StoreError, column: &str) -> bool {
    matches!(error, StoreError::Database(inner) if inner.to_string().contains(column))
}

fn start(
    tx: &Connection,
    tenant: &str,
    attempt: &str,
    device: &str,
    with: StartWith,
    now_ms: i64,
) -> Result<StartOutcome, StoreError> {
    let (gives_code, starts_clock) = (with != StartWith::Nothing, with == StartWith::Clock);
    execute(tx, sql!("start_attempt"), params![tenant, attempt, now_ms, device, gives_code, starts_clock])?;
    let bound: Option<Option<String>> =
        tx.query_row(sql!("select_device"), params![tenant, attempt], |row| row.get(0)).optional().map_err(database)?;
    match bound {
        None => Err(StoreError::NoSuchAttempt(attempt.into())),
        Some(Some(bound)) if bound == device => Ok(StartOutcome::Running),
        Some(_) => Ok(StartOutcome::OtherDevice),
    }
}

fn append(
    tx: &Connection,
    tenant: &str,
    attempt: &str,
    from: u64,
    lines: &[String],
    now_ms: i64,
) -> Result<Append, StoreError> {
    require_attempt(tx, tenant, attempt)?;
    let held: i64 = tx.query_row(sql!("count_lines"), params![tenant, attempt], |row| row.get(0)).map_err(database)?;
    let held = held as u64;
    if from == 0 || from > held + 1 {
        return Ok(Append::Gap { expected: held + 1 });
    }
    let known = lines.iter().zip(from..).take_while(|(_, seq)| *seq <= held);
    for (line, seq) in known {
        let stored: String = tx
            .query_row(sql!("select_line"), params![tenant, attempt, seq as i64], |row| row.get(0))
            .map_err(database)?;
        if &stored != line {
            return Ok(Append::Fork { seq });
        }
    }
    let mut count = held;
    for (line, seq) in lines.iter().zip(from..).skip_while(|(_, seq)| *seq <= held) {
        insert(tx, "journal_line", sql!("insert_line"), params![tenant, attempt, seq as i64, line, now_ms])?;
        count = seq;
    }
    Ok(Append::Held { count })
}

fn decide(
    tx: &Connection,
    tenant: &str,
    d: &DecisionRecord,
    instead_of: Option<&str>,
    issuance: Option<&Issuance>,
) -> Result<DecisionRecord, StoreError> {
    require_attempt(tx, tenant, &d.attempt)?;
    let row = params![
        tenant,
        d.attempt,
        d.outcome.as_str(),
        d.decided_by,
        d.decided_at_ms,
        d.raw_score,
        d.journal_head,
        d.record,
        instead_of
    ];
    if execute(tx, sql!("insert_decision"), row)? == 0 {
        return tx.query_row(sql!("select_decision"), params![tenant, d.attempt], rows::decision).map_err(database);
    }
    if let Some(i) = issuance {
        let row = params![tenant, i.number, d.attempt, i.lookup_name, i.cpd_award];
        insert(tx, "certificate", sql!("insert_certificate"), row).map_err(|error| {
            if taken(&error, "certificate.cpd_award") { StoreError::AwardTaken(i.cpd_award.clone()) } else { error }
        })?;
        let because = Because { reason: "issued", decided_by: &d.decided_by, at_ms: i.issued_at_ms };
        instances::issue(tx, tenant, 1, i, CertificateState::Active, &because)?;
    }
    Ok(d.clone())
}

fn require_attempt(tx: &Connection, tenant: &str, attempt: &str) -> Result<(), StoreError> {
    let known =
        tx.query_row(sql!("select_device"), params![tenant, attempt], |_| Ok(())).optional().map_err(database)?;
    known.ok_or_else(|| StoreError::NoSuchAttempt(attempt.into()))
}
