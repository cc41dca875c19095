DELETE FROM log_outbox WHERE tenant_id = ?1 AND subject = ?2
