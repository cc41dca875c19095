INSERT INTO certificate_state (tenant_id, number, instance, seq, state, reason, decided_by, changed_at_ms)
SELECT ?1, ?2, ?3, coalesce(max(seq), 0) + 1, ?4, ?5, ?6, ?7
FROM certificate_state WHERE tenant_id = ?1 AND number = ?2 AND instance = ?3
