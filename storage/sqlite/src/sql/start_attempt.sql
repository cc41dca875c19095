UPDATE attempt SET started_at_ms = COALESCE(started_at_ms, ?3), device = ?4
WHERE tenant_id = ?1 AND id = ?2 AND (started_at_ms IS NULL OR device = '')
