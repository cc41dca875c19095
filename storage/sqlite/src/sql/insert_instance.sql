INSERT INTO certificate_instance (tenant_id, number, instance, certificate, cpd_record, issued_at_ms)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
