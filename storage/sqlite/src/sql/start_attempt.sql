UPDATE attempt SET device = ?4,
                   given_at_ms = CASE WHEN ?5 THEN COALESCE(given_at_ms, ?3) ELSE given_at_ms END,
                   started_at_ms = CASE WHEN ?6 AND device IS NULL THEN ?3 ELSE started_at_ms END
WHERE tenant_id = ?1 AND id = ?2 AND (device IS NULL OR device = '' OR device = ?4)
