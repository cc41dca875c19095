SELECT line FROM journal_line WHERE tenant_id = ?1 AND attempt_id = ?2 AND seq = ?3
