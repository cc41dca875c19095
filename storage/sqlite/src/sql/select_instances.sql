SELECT number, attempt_id, lookup_name, certificate, cpd_record, cpd_award, issued_at_ms, instance, state
FROM certificate_as_it_is WHERE tenant_id = ?1 AND number = ?2 ORDER BY instance
