//! The verbs on the database.

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use worker_protocol::{Answer, Attempt, Fault, FaultCode, Stored, Verb};

/// Carries one verb out, in one transaction.
///
/// # Errors
/// Why not; then nothing was changed.
pub(crate) fn answer(connection: &mut Connection, verb: &Verb, now_us: impl Fn() -> u64) -> Result<Answer, Fault> {
    let began = now_us();
    let transaction = connection.transaction().map_err(|error| fault(&error))?;
    let mut answer = carry_out(&transaction, verb)?;
    transaction.commit().map_err(|error| fault(&error))?;
    if let Answer::Probed { commit_us } = &mut answer {
        *commit_us = now_us().saturating_sub(began);
    }
    Ok(answer)
}

fn carry_out(tx: &Transaction<'_>, verb: &Verb) -> Result<Answer, Fault> {
    match verb {
        Verb::Load => Ok(Answer::Loaded { stored: load(tx).map_err(|error| fault(&error))? }),
        Verb::Begin { attempt } => begin(tx, attempt),
        Verb::Append { attempt, seq, line } => append(tx, attempt, *seq, line),
        Verb::Acknowledge { attempt, count } => {
            require(tx, attempt)?;
            run(tx, "UPDATE attempt SET acknowledged = MAX(acknowledged, ?1)", params![*count as i64])?;
            Ok(Answer::Acknowledged)
        }
        Verb::Forget { attempt } => forget(tx, attempt),
        Verb::Probe => {
            let sql = "INSERT INTO probe VALUES (1, 1) ON CONFLICT (one) DO UPDATE SET n = n + 1";
            run(tx, sql, [])?;
            Ok(Answer::Probed { commit_us: 0 })
        }
    }
}

fn load(tx: &Transaction<'_>) -> Result<Option<Stored>, rusqlite::Error> {
    let attempt = tx
        .query_row("SELECT id, token, device, manifest, acknowledged FROM attempt", [], |row| {
            let attempt = Attempt { id: row.get(0)?, token: row.get(1)?, device: row.get(2)?, manifest: row.get(3)? };
            Ok((attempt, row.get::<_, i64>(4)? as u64))
        })
        .optional()?;
    let Some((attempt, acknowledged)) = attempt else { return Ok(None) };
    let mut statement = tx.prepare_cached("SELECT text FROM line ORDER BY seq")?;
    let lines = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(Some(Stored { attempt, lines, acknowledged }))
}

fn begin(tx: &Transaction<'_>, attempt: &Attempt) -> Result<Answer, Fault> {
    if let Some(stored) = load(tx).map_err(|error| fault(&error))? {
        if stored.attempt.id == attempt.id {
            // The device's name was given before the start and stays; the manifest is only known after it.
            let sql = "UPDATE attempt SET token = ?1, manifest = CASE manifest WHEN '' THEN ?2 ELSE manifest END";
            run(tx, sql, params![attempt.token, attempt.manifest])?;
            return Ok(Answer::Begun);
        }
        // Another candidate's journal is never replaced: the page has it forgotten once its exam has ended.
        if !stored.lines.is_empty() {
            let detail = format!("attempt {} is stored, and has not ended", stored.attempt.id);
            return Err(Fault { code: FaultCode::OtherAttempt, detail });
        }
        remove(tx, &stored)?;
    }
    let row = params![attempt.id, attempt.token, attempt.device, attempt.manifest];
    run(tx, "INSERT INTO attempt (one, id, token, device, manifest) VALUES (1, ?1, ?2, ?3, ?4)", row)?;
    Ok(Answer::Begun)
}

fn forget(tx: &Transaction<'_>, attempt: &str) -> Result<Answer, Fault> {
    // Asked twice, the second time there is nothing left to do.
    if let Some(stored) = load(tx).map_err(|error| fault(&error))? {
        require(tx, attempt)?;
        remove(tx, &stored)?;
    }
    Ok(Answer::Forgotten)
}

/// Removes what is stored, unless a line of it is nowhere else.
fn remove(tx: &Transaction<'_>, stored: &Stored) -> Result<(), Fault> {
    if stored.acknowledged < stored.lines.len() as u64 {
        let detail = format!("attempt {} has lines that were not sent yet", stored.attempt.id);
        return Err(Fault { code: FaultCode::OtherAttempt, detail });
    }
    run(tx, "DELETE FROM line", [])?;
    run(tx, "DELETE FROM attempt", [])
}

fn append(tx: &Transaction<'_>, attempt: &str, seq: u64, line: &str) -> Result<Answer, Fault> {
    require(tx, attempt)?;
    let held: i64 =
        tx.query_row("SELECT COALESCE(MAX(seq), 0) FROM line", [], |row| row.get(0)).map_err(|error| fault(&error))?;
    let next = held as u64 + 1;
    if seq != next {
        let detail = format!("line {seq} was sent, line {next} is next");
        return Err(Fault { code: FaultCode::OutOfOrder, detail });
    }
    run(tx, "INSERT INTO line (seq, text) VALUES (?1, ?2)", params![seq as i64, line])?;
    Ok(Answer::Appended { count: seq })
}

fn require(tx: &Transaction<'_>, attempt: &str) -> Result<(), Fault> {
    let stored: Option<String> =
        tx.query_row("SELECT id FROM attempt", [], |row| row.get(0)).optional().map_err(|error| fault(&error))?;
    if stored.as_deref() == Some(attempt) {
        return Ok(());
    }
    let detail = format!("the attempt stored is {stored:?}, not {attempt:?}");
    Err(Fault { code: FaultCode::OtherAttempt, detail })
}

fn run(tx: &Transaction<'_>, sql: &str, parameters: impl rusqlite::Params) -> Result<(), Fault> {
    let mut statement = tx.prepare_cached(sql).map_err(|error| fault(&error))?;
    statement.execute(parameters).map_err(|error| fault(&error))?;
    Ok(())
}

pub(crate) fn fault(error: &rusqlite::Error) -> Fault {
    Fault { code: FaultCode::Database, detail: error.to_string() }
}
