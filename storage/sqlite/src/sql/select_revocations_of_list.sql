SELECT list, entry, number, document, reason, decided_by, revoked_at_ms
FROM revocation WHERE tenant_id = ?1 AND list = ?2 ORDER BY entry
