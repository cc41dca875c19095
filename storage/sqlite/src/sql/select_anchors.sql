SELECT challenge, authority, issued_at_ms, line_count, head, recorded_at_ms, recorded_by
FROM anchor WHERE tenant_id = ?1 AND attempt_id = ?2 ORDER BY issued_at_ms, challenge
