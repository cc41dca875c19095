INSERT INTO decision (tenant_id, attempt_id, outcome, decided_by, decided_at_ms, raw_score, journal_head, record)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (tenant_id, attempt_id) DO UPDATE
SET outcome = excluded.outcome, decided_by = excluded.decided_by, decided_at_ms = excluded.decided_at_ms,
    raw_score = excluded.raw_score, journal_head = excluded.journal_head, record = excluded.record
WHERE decision.outcome = 'referred' AND decision.record = ?9
