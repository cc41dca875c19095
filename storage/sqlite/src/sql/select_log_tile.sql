SELECT content FROM log_tile WHERE tenant_id = ?1 AND level = ?2 AND n = ?3
