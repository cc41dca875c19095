INSERT INTO certificate (tenant_id, number, attempt_id, lookup_name, certificate, cpd_record, cpd_award, issued_at_ms)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
