SELECT subject FROM log_outbox WHERE tenant_id = ?1 ORDER BY queued_at_ms, subject LIMIT ?2
