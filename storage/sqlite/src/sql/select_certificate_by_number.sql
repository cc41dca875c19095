SELECT number, attempt_id, lookup_name, certificate, cpd_record, cpd_award, issued_at_ms
FROM certificate WHERE tenant_id = ?1 AND number = ?2
