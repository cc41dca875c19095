SELECT digest, outcome, line_count, received_at_ms FROM response
WHERE tenant_id = ?1 AND attempt_id = ?2 ORDER BY received_at_ms, digest
