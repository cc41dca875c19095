INSERT INTO selective (tenant_id, list, entry, number, issued_at_ms) VALUES (?1, ?2, ?3, ?4, ?5)
