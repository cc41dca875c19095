//! From rows to records.

use rusqlite::{Error, Row, types::Type};
use storage::{
    AnchorRecord, AnchorTaken, AttemptRecord, BadgeRecord, CertificateRecord, CertificateState, DecisionRecord,
    Issuance, NewAttempt, Outcome, ResponseRecord, Revocation, SittingRecord, StateRecord, StoredLine,
};

pub(crate) fn sitting(row: &Row<'_>) -> Result<SittingRecord, Error> {
    Ok(SittingRecord {
        id: row.get(0)?,
        title: row.get(1)?,
        scheme: row.get(2)?,
        opens_at_ms: row.get(3)?,
        closes_at_ms: row.get(4)?,
        commitment: row.get(5)?,
        pool: row.get(6)?,
        release_code: row.get(7)?,
        room_seed: row.get(8)?,
        reserve_of: row.get(9)?,
        safe_browser: row.get(10)?,
        created_at_ms: row.get(11)?,
    })
}

pub(crate) fn attempt(row: &Row<'_>) -> Result<AttemptRecord, Error> {
    let scheduled = NewAttempt {
        id: row.get(0)?,
        sitting: row.get(1)?,
        candidate_ref: row.get(2)?,
        candidate_name: row.get(3)?,
        family_name: row.get(4)?,
        attempt_number: row.get(5)?,
        first_attempt_at_ms: row.get(6)?,
        code_hash: row.get(7)?,
        draw_secret: row.get(8)?,
        extra_ms: row.get(9)?,
        break_ms: row.get(10)?,
        grant_seed: row.get(11)?,
        draw: row.get(12)?,
        manifest: row.get(13)?,
        // Large, and asked for by itself.
        package: Vec::new(),
        form: row.get(14)?,
        plan: row.get(15)?,
    };
    Ok(AttemptRecord {
        scheduled,
        started_at_ms: row.get(16)?,
        given_at_ms: row.get(17)?,
        device: row.get(18)?,
        released: row.get::<_, String>(19)?.split_whitespace().map(str::to_owned).collect(),
        journal_count: unsigned(row, 20)?,
    })
}

pub(crate) fn line(row: &Row<'_>) -> Result<StoredLine, Error> {
    Ok(StoredLine { seq: unsigned(row, 0)?, line: row.get(1)?, received_at_ms: row.get(2)? })
}

pub(crate) fn anchor(row: &Row<'_>) -> Result<AnchorRecord, Error> {
    let count: Option<i64> = row.get(3)?;
    let recorded = match (count, row.get(5)?) {
        (Some(_), Some(recorded_at_ms)) => {
            Some(AnchorTaken { count: unsigned(row, 3)?, head: row.get(4)?, recorded_at_ms, recorded_by: row.get(6)? })
        }
        _ => None,
    };
    Ok(AnchorRecord { challenge: row.get(0)?, authority: row.get(1)?, issued_at_ms: row.get(2)?, taken: recorded })
}

pub(crate) fn response(row: &Row<'_>) -> Result<ResponseRecord, Error> {
    Ok(ResponseRecord {
        digest: row.get(0)?,
        outcome: row.get(1)?,
        count: unsigned(row, 2)?,
        received_at_ms: row.get(3)?,
        // Large, and asked for by itself.
        file: None,
    })
}

pub(crate) fn decision(row: &Row<'_>) -> Result<DecisionRecord, Error> {
    let word: String = row.get(1)?;
    let unknown = || Error::FromSqlConversionFailure(1, Type::Text, format!("unknown outcome {word:?}").into());
    Ok(DecisionRecord {
        attempt: row.get(0)?,
        outcome: Outcome::read(&word).ok_or_else(unknown)?,
        decided_by: row.get(2)?,
        decided_at_ms: row.get(3)?,
        raw_score: row.get(4)?,
        journal_head: row.get(5)?,
        record: row.get(6)?,
    })
}

pub(crate) fn certificate(row: &Row<'_>) -> Result<CertificateRecord, Error> {
    let issued = Issuance {
        number: row.get(0)?,
        lookup_name: row.get(2)?,
        certificate: row.get(3)?,
        cpd_record: row.get(4)?,
        cpd_award: row.get(5)?,
        issued_at_ms: row.get(6)?,
    };
    Ok(CertificateRecord { attempt: row.get(1)?, issued, instance: row.get(7)?, state: certificate_state(row, 8)? })
}

pub(crate) fn state(row: &Row<'_>) -> Result<StateRecord, Error> {
    Ok(StateRecord {
        instance: row.get(0)?,
        state: certificate_state(row, 1)?,
        reason: row.get(2)?,
        decided_by: row.get(3)?,
        changed_at_ms: row.get(4)?,
    })
}

fn certificate_state(row: &Row<'_>, column: usize) -> Result<CertificateState, Error> {
    let word: String = row.get(column)?;
    let unknown = || Error::FromSqlConversionFailure(column, Type::Text, format!("unknown state {word:?}").into());
    CertificateState::read(&word).ok_or_else(unknown)
}

pub(crate) fn revocation(row: &Row<'_>) -> Result<Revocation, Error> {
    Ok(Revocation {
        list: unsigned(row, 0)?,
        entry: unsigned(row, 1)?,
        number: row.get(2)?,
        document: row.get(3)?,
        reason: row.get(4)?,
        decided_by: row.get(5)?,
        revoked_at_ms: row.get(6)?,
    })
}

pub(crate) fn badge(row: &Row<'_>) -> Result<BadgeRecord, Error> {
    Ok(BadgeRecord {
        id: row.get(0)?,
        number: row.get(1)?,
        list: unsigned(row, 2)?,
        entry: unsigned(row, 3)?,
        document: row.get(4)?,
        issued_at_ms: row.get(5)?,
    })
}

pub(crate) fn unsigned(row: &Row<'_>, column: usize) -> Result<u64, Error> {
    let value: i64 = row.get(column)?;
    u64::try_from(value).map_err(|_| Error::IntegralValueOutOfRange(column, value))
}
