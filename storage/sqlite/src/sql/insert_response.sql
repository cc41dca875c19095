INSERT INTO response (tenant_id, attempt_id, digest, outcome, line_count, received_at_ms, file)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (tenant_id, attempt_id, digest) DO NOTHING
