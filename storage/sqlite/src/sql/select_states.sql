SELECT instance, state, reason, decided_by, changed_at_ms
FROM certificate_state WHERE tenant_id = ?1 AND number = ?2 ORDER BY instance, seq
