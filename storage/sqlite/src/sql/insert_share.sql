INSERT INTO share (tenant_id, number, token, shared_at_ms)
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (tenant_id, number) DO NOTHING
