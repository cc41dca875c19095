SELECT started_at_ms, device FROM attempt WHERE tenant_id = ?1 AND id = ?2
