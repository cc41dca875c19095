INSERT INTO status_entry (tenant_id, list, entry, reserved_at_ms) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT DO NOTHING
