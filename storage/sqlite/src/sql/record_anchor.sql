UPDATE anchor SET line_count = ?4, head = ?5, recorded_at_ms = ?6, recorded_by = ?7
WHERE tenant_id = ?1 AND attempt_id = ?2 AND challenge = ?3 AND recorded_at_ms IS NULL
