SELECT document FROM issued_grant WHERE tenant_id = ?1 AND attempt_id = ?2 ORDER BY issued_at_ms, id
