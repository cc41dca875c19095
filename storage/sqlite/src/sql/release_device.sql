UPDATE attempt SET device = '' WHERE tenant_id = ?1 AND id = ?2 AND started_at_ms IS NOT NULL
