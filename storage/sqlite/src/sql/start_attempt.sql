UPDATE attempt SET device = ?4, bound_at_ms = COALESCE(bound_at_ms, ?3),
                   started_at_ms = CASE WHEN ?5 THEN started_at_ms ELSE COALESCE(started_at_ms, ?3) END
WHERE tenant_id = ?1 AND id = ?2 AND (device IS NULL OR device = '')
