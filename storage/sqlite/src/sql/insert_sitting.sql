INSERT INTO sitting (tenant_id, id, title, scheme, opens_at_ms, closes_at_ms, commitment, pool, created_at_ms)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (tenant_id, id) DO NOTHING
