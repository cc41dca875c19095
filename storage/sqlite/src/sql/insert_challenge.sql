INSERT INTO anchor (tenant_id, attempt_id, challenge, authority, issued_at_ms) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (tenant_id, attempt_id, challenge) DO NOTHING
