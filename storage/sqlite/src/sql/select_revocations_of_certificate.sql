SELECT list, entry, number, document, reason, decided_by, revoked_at_ms
FROM revocation WHERE tenant_id = ?1 AND number = ?2 ORDER BY revoked_at_ms, document
