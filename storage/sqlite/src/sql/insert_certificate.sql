INSERT INTO certificate (tenant_id, number, attempt_id, lookup_name, cpd_award)
VALUES (?1, ?2, ?3, ?4, ?5)
