SELECT COALESCE(MAX(seq), 0) FROM journal_line WHERE tenant_id = ?1 AND attempt_id = ?2
