INSERT INTO log_outbox (tenant_id, subject, queued_at_ms) VALUES (?1, ?2, ?3)
