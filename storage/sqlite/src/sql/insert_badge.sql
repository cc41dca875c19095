INSERT INTO badge (tenant_id, id, number, list, entry, document, issued_at_ms)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT DO NOTHING
