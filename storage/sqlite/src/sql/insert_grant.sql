INSERT INTO issued_grant (tenant_id, attempt_id, id, document, issued_at_ms) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (tenant_id, attempt_id, id) DO NOTHING
