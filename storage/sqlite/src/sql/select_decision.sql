SELECT attempt_id, outcome, decided_by, decided_at_ms, raw_score, journal_head, record
FROM decision WHERE tenant_id = ?1 AND attempt_id = ?2
