INSERT INTO revocation (tenant_id, list, entry, number, document, reason, decided_by, revoked_at_ms)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT DO NOTHING
