SELECT seq, line, received_at_ms FROM journal_line
WHERE tenant_id = ?1 AND attempt_id = ?2 ORDER BY seq
