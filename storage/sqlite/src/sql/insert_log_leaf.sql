INSERT INTO log_leaf (tenant_id, leaf, subject, record) VALUES (?1, ?2, ?3, ?4)
