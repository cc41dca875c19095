SELECT id, number, list, entry, document, issued_at_ms
FROM badge WHERE tenant_id = ?1 AND number = ?2 ORDER BY issued_at_ms, id
