INSERT INTO journal_line (tenant_id, attempt_id, seq, line, received_at_ms) VALUES (?1, ?2, ?3, ?4, ?5)
